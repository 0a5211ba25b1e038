"""Who sees which case, and who is kept out of handling it.

`visible_to` is the one queryset behind every page, part, download, export, search and total. What
is not somebody's to see is answered exactly like what does not exist.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from businesscases import case_reads
from businesscases.case_parts import CaseParts
from businesscases.content import CaseContent, content_of, live_content
from businesscases.models import (
    BusinessCase,
    CaseVersion,
    CaseWriter,
    Confirmation,
    Disqualification,
    Document,
    Endorsement,
    State,
)
from innovation_pool.accounts.models import User
from innovation_pool.permissions import MAY, Action, Role, actions_of, may
from innovation_pool.prepared import prepared
from innovation_pool.refusals import NotAllowed, TooLate

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
# From approval on, whatever follows. A reversed approval is ready again, and so is closed to staff.
OPEN_TO_STAFF = frozenset({State.APPROVED, State.IN_PROGRESS, State.COMPLETED, State.STOPPED})


def visible_to(user) -> QuerySet[BusinessCase]:
    """Every case the person may see. The administrator as such sees none."""
    return seen_with(actions_of(user), user.pk)


def seen_with(actions: frozenset[Action], person: int | None) -> QuerySet[BusinessCase]:
    """The same for a person of these actions, by their id: for what is prepared once."""
    seen = Q(pk__in=[])
    if Action.READ_SUBMITTED in actions:
        seen |= Q(versions_frozen__gt=0)
    if Action.READ_APPROVED in actions:
        seen |= Q(state__in=OPEN_TO_STAFF)
    if Action.WRITE_CASE in actions:
        seen |= Q(pk__in=_written_by(person)) | Q(pk__in=_asked_to_endorse(person))
    return BusinessCase.objects.filter(seen)


def may_see(user, case: BusinessCase) -> bool:
    """Whether the case is among those visible to the person."""
    return visible_to(user).filter(pk=case.pk).exists()


def readers_of(case: BusinessCase) -> QuerySet[User]:
    """The active people who may see the case: those who can be mentioned on it."""
    named = Q(pk__in=case.writers.filter(until=None).values("person")) | Q(
        pk__in=Endorsement.objects.filter(version__case=case, version__number=case.versions_frozen).values(
            "person"
        )
    )
    seen = named & _holds(Action.WRITE_CASE)
    if case.versions_frozen:
        seen |= _holds(Action.READ_SUBMITTED)
    if case.state in OPEN_TO_STAFF:
        seen |= _holds(Action.READ_APPROVED)
    return User.objects.filter(seen, is_active=True)


def case_or_404(user, reference: str, *, for_change: bool = False) -> BusinessCase:
    """The case with its department, committee, owner and round; 404 when it is not theirs to see.

    With `for_change` it must be theirs to write now: raises NotAllowed or TooLate with the reason.
    """
    found = _with_reference(actions_of(user), person=user.pk, reference=reference)
    if not found:
        raise Http404
    if for_change:
        require_edit(user, found[0])
    return found[0]


@prepared
def _with_reference(actions: frozenset[Action], *, person: int, reference: str):
    related = ("department__head", "committee", "owner", "round")
    return seen_with(actions, person).filter(reference=reference).select_related(*related)


def parts_to_write(user, reference: str) -> CaseParts:
    """The case and what hangs on it, for who may write in it now; 404, NotAllowed and TooLate as above.

    Who writes it is read with its parts, which the editor shows anyway: a writer can see the case.
    """
    found = case_reads.by_reference(reference=reference)
    if not found:
        raise Http404
    parts = CaseParts(found[0])
    if not Standing(user, parts.case, rows=parts).writes_now:
        # Raises, and says why; unless this very moment it became theirs.
        case_or_404(user, reference, for_change=True)
    return parts


def may_edit(user, case: BusinessCase, parts: CaseParts | None = None) -> bool:
    """Whether the person may write in the case now: a writer, while it is a draft or returned."""
    return Standing(user, case, rows=parts).writes_now


def require_edit(user, case: BusinessCase) -> None:
    """Raises NotAllowed or TooLate, with who can and why, unless the person may write in the case now."""
    if not is_writer(user, case):
        raise NotAllowed(
            _("Only the project owner (%(owner)s) and the collaborators can change the case.")
            % {"owner": case.owner}
        )
    if case.state not in EDITABLE:
        raise TooLate(
            _("The case is “%(state)s” and can be changed only as a draft or when it has been returned.")
            % {"state": case.get_state_display()}
        )


class Standing:
    """A person's part in a case, each fact asked for once.

    Made anew for each answer, and under a lock after the lock: kept longer, it would be out of date.
    A page that has read the events knows already whether the person `confirmed` a version; one that shows
    the case as it is being written reads its `rows` anyway, the writers among them.
    """

    def __init__(
        self, user, case: BusinessCase, *, confirmed: bool | None = None, rows: CaseParts | None = None
    ):
        self.user, self.case, self.rows = user, case, rows
        if confirmed is not None:
            self._confirmed = confirmed

    @cached_property
    def _parts(self) -> list:
        """When each part the person ever had in the case ended; None for one that has not."""
        if self.rows is not None:
            return [row.until for row in self.rows.all_writers if row.person_id == self.user.pk]
        return _ends_of_parts(case=self.case.pk, person=self.user.pk)

    @cached_property
    def _confirmed(self) -> bool:
        return Confirmation.objects.filter(version__case=self.case, by=self.user).exists()

    @cached_property
    def _question(self) -> Disqualification | None:
        return next(iter(_open_or_out(case=self.case.pk, person=self.user.pk)), None)

    @property
    def is_owner(self) -> bool:
        return self.case.owner_id == self.user.pk and may(self.user, Action.WRITE_CASE)

    @property
    def is_writer(self) -> bool:
        return may(self.user, Action.WRITE_CASE) and None in self._parts

    @property
    def was_writer(self) -> bool:
        return bool(self._parts)

    @property
    def writes_now(self) -> bool:
        """Whether the person may write in the case as it stands."""
        return self.case.state in EDITABLE and self.is_writer

    def kept_out(self, *, decides: bool = True) -> str | None:
        """Why the person may not decide the case, or None; with `decides=False`, why not check it."""
        if self.was_writer:
            return _("%(person)s is or was owner or collaborator (separation of duties).") % {
                "person": self.user
            }
        if decides and self._confirmed:
            return _("%(person)s confirmed the figures (separation of duties).") % {"person": self.user}
        return self.disqualified

    @property
    def disqualified(self) -> str | None:
        """Why the person stays out of the case altogether, or None; an open question keeps them out too."""
        if self._question is None:
            return None
        if self._question.out is None:
            return _(
                "%(person)s has reported a possible disqualification that the chair has not decided."
            ) % {"person": self.user}
        return _("%(person)s is disqualified in the case: %(reason)s") % {
            "person": self.user,
            "reason": self._question.decision_reason,
        }


@prepared
def _ends_of_parts(*, case: int, person: int):
    return CaseWriter.objects.filter(case=case, person=person).values_list("until", flat=True)


@prepared
def _open_or_out(*, case: int, person: int):
    return Disqualification.objects.filter(case=case, person=person).exclude(out=False).order_by("pk")[:1]


def standings(people, case: BusinessCase) -> dict[int, Standing]:
    """The part of each of the people in the case, by their ids, in three statements."""
    found = {person.pk: Standing(person, case) for person in people}
    confirmed = set(
        Confirmation.objects.filter(version__case=case, by__in=found).values_list("by", flat=True)
    )
    for standing in found.values():
        standing._parts, standing._question, standing._confirmed = [], None, standing.user.pk in confirmed
    for person, until in CaseWriter.objects.filter(case=case, person__in=found).values_list(
        "person", "until"
    ):
        found[person]._parts.append(until)
    for question in Disqualification.objects.filter(case=case, person__in=found).exclude(out=False):
        found[question.person_id]._question = question
    return found


def is_owner(user, case: BusinessCase) -> bool:
    """Whether the person owns the case and may still write cases."""
    return Standing(user, case).is_owner


def is_writer(user, case: BusinessCase) -> bool:
    """Whether the person is owner or collaborator now, and may still write cases."""
    return Standing(user, case).is_writer


def was_writer(user, case: BusinessCase) -> bool:
    """Whether the person is or ever was owner or collaborator."""
    return Standing(user, case).was_writer


def kept_out(user, case: BusinessCase, *, decides: bool = True) -> str | None:
    """Why the person may not decide the case, or None. With `decides=False`: why they may not check it.

    Separation of duties: who ever wrote it does neither, and who confirmed a version does not decide.
    Disqualification: reported, and not found by the chair to be none.
    """
    return Standing(user, case).kept_out(decides=decides)


def ties(person: int, cases: Sequence[int]) -> QuerySet:
    """The cases of these that a person has a part in: `kept_out_of` finds no others, and not all of them.

    One statement, for where others wait.
    """
    writes = CaseWriter.objects.filter(case__in=cases, person=person).values_list("case")
    confirmed = Confirmation.objects.filter(version__case__in=cases, by=person).values_list("version__case")
    asked = Disqualification.objects.filter(case__in=cases, person=person).values_list("case")
    return writes.union(confirmed, asked, all=True)


def kept_out_of(user, cases: Iterable[BusinessCase]) -> dict[int, str]:
    """By case id, why the person may not decide it; cases they may decide are not in it.

    Three statements, however many cases there are.
    """
    cases = list(cases)
    ids = [case.pk for case in cases]
    parts: dict[int, list] = {pk: [] for pk in ids}
    for pk, until in CaseWriter.objects.filter(case__in=ids, person=user).values_list("case", "until"):
        parts[pk].append(until)
    confirmed = set(
        Confirmation.objects.filter(version__case__in=ids, by=user).values_list("version__case", flat=True)
    )
    asked = Disqualification.objects.filter(case__in=ids, person=user).exclude(out=False)
    questions = {question.case_id: question for question in asked}
    found = {}
    for case in cases:
        standing = Standing(user, case, confirmed=case.pk in confirmed)
        standing._parts, standing._question = parts[case.pk], questions.get(case.pk)
        reason = standing.kept_out()
        if reason:
            found[case.pk] = reason
    return found


def disqualified(user, case: BusinessCase) -> str | None:
    """Why the person stays out of the case altogether, or None; an open question keeps them out too."""
    return Standing(user, case).disqualified


def shown_version(user, case: BusinessCase, standing: Standing | None = None) -> CaseVersion | None:
    """The frozen version the person reads. None is the case as it is being written, for its writers.

    Others read the newest frozen version while the writers mend the next.
    """
    standing = standing or Standing(user, case)
    if not case.versions_frozen or standing.writes_now:
        return None
    return next(iter(_newest_version(case=case.pk)), None)


@prepared
def _newest_version(*, case: int):
    return CaseVersion.objects.filter(case=case).order_by("-number")[:1]


def content_for(user, case: BusinessCase, standing: Standing | None = None) -> CaseContent:
    """The case as this person reads it, without the documents they may not know of."""
    standing = standing or Standing(user, case)
    version = shown_version(user, case, standing)
    content = live_content(case, standing.rows) if version is None else content_of(version)
    return as_read_by(user, case, content, standing)


def as_read_by(
    user, case: BusinessCase, content: CaseContent, standing: Standing | None = None
) -> CaseContent:
    """The content, live or of any version, without the documents and the other cases they may not know of."""
    if not may_see_confidential(user, case, standing):
        content = content.without_confidential()
    if not content.relations:
        return content
    references = [relation.reference for relation in content.relations]
    known = set(visible_to(user).filter(reference__in=references).values_list("reference", flat=True))
    return content.with_relations_to(known)


def may_see_confidential(user, case: BusinessCase, standing: Standing | None = None) -> bool:
    """Whether confidential documents are theirs too: never for all staff, never for a hearing body."""
    if may(user, Action.READ_SUBMITTED) and case.versions_frozen:
        return True
    return (standing or Standing(user, case)).is_writer or (
        may(user, Action.WRITE_CASE) and _asked_to_endorse(user.pk).filter(version__case=case).exists()
    )


def documents_for(user, case: BusinessCase) -> QuerySet[Document]:
    """The documents of the case that the person may download; of a frozen version only those in it."""
    documents = case.documents.all()
    version = shown_version(user, case)
    if version is not None and not is_writer(user, case):
        documents = documents.filter(pk__in=[part["id"] for part in version.content["documents"]])
    return documents if may_see_confidential(user, case) else documents.filter(confidential=False)


def _written_by(person: int) -> QuerySet:
    return CaseWriter.objects.filter(person=person, until=None).values("case")


def _asked_to_endorse(person: int) -> QuerySet:
    return Endorsement.objects.filter(
        person=person, version__number=F("version__case__versions_frozen")
    ).values("version__case")


def _holds(action: Action) -> Q:
    """The people any of whose roles allows the action."""
    holds = Q(pk__in=[])
    for role in Role:
        if action in MAY[role]:
            holds |= Q(**{f"role_{role.value}": True})
    return holds
