"""The frozen versions of a case: the list, one as it was, and what changed between any two."""

from django.http import Http404
from django.shortcuts import redirect, render

from businesscases import discussion
from businesscases.access import Standing, as_read_by, case_or_404
from businesscases.case_table import economy_table
from businesscases.comparison import compare
from businesscases.content import CaseContent, content_of
from businesscases.documents import with_redactions
from businesscases.models import CaseVersion


def case_versions(request, reference):
    """Every version with its key figures; any two can be chosen to be compared (?a=1&b=2)."""
    case = _case_of_insider(request, reference)
    rows = case.versions.select_related("by").defer("content").order_by("-number")
    known = {row.number for row in rows}
    chosen = [
        int(value)
        for name in ("a", "b")
        if (value := request.GET.get(name, "")).isascii() and value.isdigit()
    ]
    if len(chosen) == 2 and set(chosen) <= known and chosen[0] != chosen[1]:
        return redirect("businesscases:case-compare", reference, min(chosen), max(chosen))
    return render(request, "businesscases/case_versions.html", {"case": case, "versions": rows})


def case_version(request, reference, number):
    """One version as it was frozen."""
    case = _case_of_insider(request, reference)
    version, content = _version(request.user, case, number)
    context = {
        "case": case,
        "version": version,
        "content": content,
        "figures": content.key_figures,
        "table": economy_table(content),
        "documents": with_redactions(case, content.documents),
    }
    return render(request, "businesscases/case_version.html", context)


def case_compare(request, reference, before, after):
    """What changed from one version to another, field by field and cell by cell."""
    case = _case_of_insider(request, reference)
    old, old_content = _version(request.user, case, before)
    new, new_content = _version(request.user, case, after)
    context = {
        "case": case,
        "before": old,
        "after": new,
        "compared": compare(old_content, new_content),
        "numbers": range(1, case.versions_frozen + 1),
    }
    return render(request, "businesscases/case_compare.html", context)


def _case_of_insider(request, reference):
    """The case, for those who write or handle it; the others read only its newest version."""
    case = case_or_404(request.user, reference)
    if not discussion.may_read(Standing(request.user, case)):
        raise Http404
    return case


def _version(user, case, number) -> tuple[CaseVersion, CaseContent]:
    """A version and its content as the person may know it."""
    version = CaseVersion.objects.select_related("by").filter(case=case, number=int(number)).first()
    if version is None:
        raise Http404
    content = content_of(version)
    return version, as_read_by(user, case, content)
