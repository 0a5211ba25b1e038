"""The board's meetings: a new one, its agenda and people, from planned to closed."""

from uuid import uuid4

from django.db.models import Case, When
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import User
from innovation_pool.audit.acts import Answer
from innovation_pool.dates import long_date
from innovation_pool.permissions import Action, Role, require
from innovation_pool.web.operation_form import answer_once
from pool import meetings
from pool.agenda import shown_meeting
from pool.forms.meetings import ItemForm, ItemTextsForm, MeetingForm, OutForm, PeopleForm
from pool.meetings.locking import require_any
from pool.models import AgendaItem, Meeting
from pool.views.acting import press
from pool.views.reading import whole_number

TAKEN_UP = (State.READY, State.POSTPONED, State.APPROVED, State.IN_PROGRESS, State.REJECTED, State.STOPPED)


def meeting_new(request):
    """A meeting in a minute: its day and its chair."""
    require(request.user, Action.PREPARE_MEETING)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        answered = answer_once(request, form, "plan-meeting", lambda: _plan(request, form))
        if answered:
            return answered
    return render(
        request, "pool/meeting_new.html", {"form": form}, status=422 if form.errors else 200
    )  # fmt: skip


def _plan(request, form: MeetingForm) -> Answer:
    typed = form.cleaned_data
    meeting = meetings.plan_meeting(
        typed["held_on"],
        typed["chair"],
        by=request.user,
        operation=typed["operation"],
        starts_at=typed["starts_at"],
        place=typed["place"],
    )
    message = _("The meeting %(date)s is planned. Put cases on its agenda.") % {
        "date": long_date(meeting.held_on)
    }
    return Answer(address(meeting), message)


def address(meeting: Meeting, item: AgendaItem | None = None) -> str:
    """The meeting's page, open at the item."""
    page = reverse("pool:meeting-detail", args=[meeting.pk])
    return f"{page}?item={item.pk}" if item else page


def found(request, meeting_id: int, item_id: int | None = None):
    """The meeting, or the item of it that still stands, for those who read meetings."""
    require(request.user, Action.READ_MEETINGS)
    if item_id is None:
        return get_object_or_404(Meeting.objects.select_related("chair"), pk=meeting_id)
    items = AgendaItem.objects.select_related("meeting__chair", "case")
    # By the key's own column, which takes any number: a key that is asked for as such has no upper limit.
    return get_object_or_404(items, pk=item_id, meeting__pk=meeting_id, removed_at=None)


@require_POST
def meeting_open(request, meeting_id):
    """Opens the meeting: decisions can be put down from now on."""
    meeting = found(request, meeting_id)

    def run(form):
        meetings.open_meeting(meeting, by=request.user, operation=form.cleaned_data["operation"])
        return Answer(address(meeting), _("The meeting is open. Decisions can be put down."))

    return press(request, "open-meeting", run, back=address(meeting))


@require_POST
def meeting_close(request, meeting_id):
    """Closes the meeting; the chair then approves its record."""
    meeting = found(request, meeting_id)

    def run(form):
        meetings.close_meeting(meeting, by=request.user, operation=form.cleaned_data["operation"])
        message = _("The meeting is closed. The record waits for the chair's approval.")
        left = shown_meeting(meeting).untreated
        if left:
            titles = ", ".join(f"{item.order}. {item.title}" for item in left)
            message = f"{message} {_('Not treated: %(items)s.') % {'items': titles}}"
        return Answer(reverse("pool:record", args=[meeting.pk]), message, "warn" if left else "good")

    return press(request, "close-meeting", run, back=address(meeting))


def cases_to_take_up(meeting: Meeting):
    """Cases the board can take up that are on no agenda that is still to be held."""
    standing = AgendaItem.objects.filter(
        removed_at=None, decision=None, case__isnull=False,
        meeting__state__in=[Meeting.State.PLANNED, Meeting.State.OPEN],
    )  # fmt: skip
    cases = BusinessCase.objects.filter(state__in=TAKEN_UP).exclude(pk__in=standing.values("case"))
    by_status = Case(*(When(state=state, then=place) for place, state in enumerate(TAKEN_UP)))
    return cases.only("reference", "title", "state").order_by(by_status, "reference")


def agenda_edit(request, meeting_id):
    """The agenda: add, order, describe and take off items; all of it works without JavaScript."""
    meeting = found(request, meeting_id)
    require(request.user, Action.PREPARE_MEETING)
    form = ItemForm(cases_to_take_up(meeting), request.POST or None)
    if form.is_valid():
        answered = answer_once(request, form, "add-item", lambda: _add(request, meeting, form))
        if answered:
            return answered
    items = meeting.items.filter(removed_at=None).select_related("case", "decision").order_by("order", "pk")
    context = {"meeting": meeting, "items": items, "form": form, "operation": uuid4}
    return render(request, "pool/agenda_edit.html", context, status=422 if form.errors else 200)


def _add(request, meeting: Meeting, form: ItemForm) -> Answer:
    typed = form.cleaned_data
    item = meetings.add_item(
        meeting,
        by=request.user,
        operation=typed["operation"],
        case=typed["case"],
        title=typed["title"],
        recommendation=typed["recommendation"],
    )
    message = _("“%(title)s” is item %(order)d.") % {"title": item.title, "order": item.order}
    return Answer(reverse("pool:agenda-edit", args=[meeting.pk]), message)


@require_POST
def item_move(request, meeting_id, item_id):
    """Moves an item up or down the agenda."""
    item = found(request, meeting_id, item_id)
    back = reverse("pool:agenda-edit", args=[meeting_id])

    def run(form):
        to = whole_number(request.POST.get("to")) or item.order
        meetings.move_item(item, to=to, by=request.user, operation=form.cleaned_data["operation"])
        return Answer(back)

    return press(request, f"move-item {request.POST.get('to', '')[:4]}", run, back=back)


@require_POST
def item_remove(request, meeting_id, item_id):
    """Takes an item off the agenda."""
    item = found(request, meeting_id, item_id)
    back = reverse("pool:agenda-edit", args=[meeting_id])

    def run(form):
        meetings.remove_item(item, by=request.user, operation=form.cleaned_data["operation"])
        return Answer(back, _("“%(title)s” is off the agenda.") % {"title": item.title})

    return press(request, "remove-item", run, back=back)


def item_edit(request, meeting_id, item_id):
    """The texts of an item: recommendation before, note for the record during and after."""
    item = found(request, meeting_id, item_id)
    require(request.user, Action.PREPARE_MEETING)
    initial = {
        "title": item.title,
        "recommendation": item.recommendation,
        "discussion": item.discussion,
    }
    form = ItemTextsForm(request.POST or None, initial=initial)
    if form.is_valid():

        def run():
            texts = {name: form.cleaned_data[name] for name in initial}
            operation = form.cleaned_data["operation"]
            meetings.write_item(item, by=request.user, operation=operation, **texts)
            return Answer(address(item.meeting, item), _("The item is saved."))

        answered = answer_once(request, form, "write-item", run)
        if answered:
            return answered
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "pool/item_edit.html", context, status=422 if form.errors else 200)


def people_edit(request, meeting_id):
    """Who is present, and who is in the chair."""
    meeting = found(request, meeting_id)
    require_any(request.user, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    board = User.objects.with_role(Role.BOARD) | User.objects.filter(
        pk__in=meeting.people.values("person")
    ).order_by("name")
    present = meeting.people.filter(present=True).values_list("person", flat=True)
    initial = {"present": list(present), "chair": meeting.chair_id}
    form = PeopleForm(board.distinct(), request.POST or None, initial=initial)
    if form.is_valid():
        answered = answer_once(
            request, form, "set-people", lambda: _set_people(request, meeting, form, board)
        )
        if answered:
            return answered
    context = {"meeting": meeting, "form": form}
    return render(request, "pool/people_edit.html", context, status=422 if form.errors else 200)


def _set_people(request, meeting: Meeting, form: PeopleForm, board) -> Answer:
    present = set(form.cleaned_data["present"])
    meetings.set_people(
        meeting,
        present=[person for person in board if person in present],
        absent=[person for person in board if person not in present],
        chair=form.cleaned_data["chair"],
        by=request.user,
        operation=form.cleaned_data["operation"],
    )
    return Answer(address(meeting), _("Who is present is saved."))


@require_POST
def item_out(request, meeting_id, item_id):
    """Writes down that somebody stays out of the item."""
    item = found(request, meeting_id, item_id)
    require_any(request.user, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    people = User.objects.filter(pk__in=item.meeting.people.values("person"))

    def run(form):
        typed = form.cleaned_data
        meetings.set_out(
            item,
            person=typed["person"],
            reason=typed["reason"],
            by=request.user,
            operation=typed["operation"],
        )
        message = _("%(person)s stays out of the item.") % {"person": typed["person"]}
        return Answer(address(item.meeting, item), message)

    form = OutForm(people, request.POST)
    return press(request, "set-out", run, back=address(item.meeting, item), form=form)


@require_POST
def item_in(request, meeting_id, item_id, person_id):
    """Writes down that somebody does take part after all."""
    item = found(request, meeting_id, item_id)
    person = get_object_or_404(User, pk=person_id, pk__in=item.meeting.people.values("person"))

    def run(form):
        operation = form.cleaned_data["operation"]
        meetings.take_in(item, person=person, by=request.user, operation=operation)
        return Answer(address(item.meeting, item), _("%(person)s takes part.") % {"person": person})

    return press(request, "take-in", run, back=address(item.meeting, item))
