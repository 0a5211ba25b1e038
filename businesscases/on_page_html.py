"""The menu of the sections of a case, with how much stands in each."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from businesscases.case_page import CasePage
from innovation_pool.web.addresses import address


def on_page_html(page: CasePage) -> SafeString:
    """Drawn once: it stands beside the page and, on a telephone, before it. All its words are our own."""
    content, versions = page.content, page.case.versions_frozen
    entries = [
        ("#description", pgettext("section", "Description"), None),
        ("#goals", _("Goals the case serves"), None),
        ("#economy", _("Economy over six years"), None),
        ("#consequences", _("Consequences"), None),
        ("#risks", _("Risks"), len(content.risks)),
        ("#milestones", _("Milestones"), len(content.milestones)),
    ]
    if page.hearing_parts:
        given = page.answers_given
        answers = ngettext("%(n)s answer", "%(n)s answers", given) % {"n": given}
        entries.append(("#hearing", _("Hearing"), answers))
    if page.discussion is not None:
        entries.append(("#discussion", _("Discussion"), page.discussion.count))
    entries.append(("#documents", _("Documents"), len(content.documents)))
    frozen = ngettext("%(n)s version", "%(n)s versions", versions) % {"n": versions}
    entries.append((address("businesscases:case-history", page.case.reference), _("History"), frozen))
    links = "".join(
        f'<a href="{where}">{name}{"" if count is None else f" <span>{count}</span>"}</a>'
        for where, name, count in entries
    )
    return mark_safe(f'<nav class="on-page" aria-label="{_("On this page")}">\n{links}\n</nav>')
