"""The small answers the editor asks for while one types: autosave, figures, rows, people."""

from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST, require_safe

from businesscases.access import parts_to_write
from businesscases.forms.editor import Editor
from businesscases.models import Subject
from businesscases.views.edit import PREFIXES, act_on, years_moved
from innovation_pool.accounts.models import User
from innovation_pool.clock import now
from innovation_pool.dates import clock
from innovation_pool.refusals import Refusal

PEOPLE_SHOWN = 20


@require_POST
def case_autosave(request, reference):
    """Saves what could be read, and answers in JSON what was saved, what was left out, and what clashes."""
    parts = parts_to_write(request.user, reference)
    editor = Editor(parts.case, request.user, request.POST, parts=parts)
    try:
        saved = editor.save()
    except Refusal as refusal:
        return JsonResponse({"refused": f"{refusal.sentence}"}, status=422)
    conflicts = [
        (f"section-{view.subject.value}", shown.label) for view in editor.sections for shown in view.conflicts
    ]
    return JsonResponse(
        {
            "saved": clock(now()),
            # Not of a section that clashes: this page shows only one of the two texts, and must ask again.
            "sync": {
                view.subject.value: [view.revision, view.base]
                for view in editor.sections
                if view.subject in editor.typed and not view.conflicts
            },
            "left_out": editor.refusals,
            "conflicts": conflicts,
            "told": format_html_join("", '<li><a href="#{}">{}</a></li>', conflicts + editor.refusals),
            "summary": editor.summary,
            "years": years_moved(saved) if saved.start_year_before is not None else "",
            "parts": {view.subject.value: [view.part_class, view.part_words] for view in editor.sections},
            "checklist": render_to_string("businesscases/edit/_checklist.html", {"editor": editor}),
        }
    )


@require_POST
def case_figures(request, reference):
    """The grid as it is typed, in JSON: every sum, what is wrong, the key figures. Saves nothing."""
    parts = parts_to_write(request.user, reference)
    grid = Editor(parts.case, request.user, request.POST, parts=parts).grid
    context = {"case": parts.case, "grid": grid}
    return JsonResponse(
        {
            "out": grid.outputs(),
            "errors": grid.errors(),
            "wrong": {line.anchor: line.error_row_html for line in grid.bad_lines if line.bad_cells},
            "side": render_to_string("businesscases/edit/_figures.html", context),
            "pinned": render_to_string("businesscases/edit/_pinned.html", context),
        }
    )


@require_POST
def case_rows(request, reference):
    """A section of rows after an act on them (add, copy, paste …), as a part of the page. Saves nothing."""
    parts = parts_to_write(request.user, reference)
    editor = Editor(parts.case, request.user, request.POST, parts=parts)
    act, _colon, rest = request.POST.get("do", "").partition(":")
    prefix, _dash, name = act.partition("-")
    act_on(editor, prefix, name, rest, request.POST.get("block", ""))
    section = PREFIXES.get(prefix, Subject.ECONOMY)
    context = {"case": parts.case, "editor": editor, "grid": editor.grid}
    return render(request, f"businesscases/edit/_{section.value}.html", context)


@require_safe
def case_people(request, reference):
    """The people whose name or user name begins with what was typed, as options of a list."""
    parts_to_write(request.user, reference)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = (
        User.objects.filter(is_active=True, name__icontains=typed) if len(typed) > 1 else User.objects.none()
    )
    people = found.only("name", "username").order_by("name")[:PEOPLE_SHOWN]
    return render(request, "businesscases/edit/_people.html", {"people": people})
