"""The discussion of a case: comments on its sections, answers, and who is mentioned.

It is for those who write the case and those who handle it. Staff at large read an approved case, not what
was said while it was being decided.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.access import Standing, may_see, readers_of
from businesscases.mails import tell_mentioned
from businesscases.models import BusinessCase, Comment, Endorsement, Mention, Subject
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, may
from innovation_pool.prepared import prepared
from innovation_pool.refusals import NotAllowed, Refusal

# Who handles cases; the auditor reads everything and changes nothing.
HANDLERS = (Action.CHECK_FIGURES, Action.RUN_HEARING, Action.CARRY_OUT_DECISION)
NEWEST = 40
_open_remarks = prepared(
    lambda *, case: (
        Comment.objects.filter(case=case, resolved_at=None, answers__resolved_at=None)
        .exclude(section="", answers=None)
        .select_related("by")
        .order_by("-id")[: NEWEST + 1]
    )
)
# A mention begins a word: an @ inside an e-mail address is none.
_AT = re.compile(r"(?<![\w.+-])@(?=\w)")


@dataclass(frozen=True)
class Thread:
    """A comment and its answers, oldest first."""

    comment: Comment
    replies: tuple[Comment, ...]


@dataclass(frozen=True)
class Discussion:
    """What is shown, newest thread last; `more` says that older comments were not fetched."""

    threads: tuple[Thread, ...]
    count: int
    more: bool

    @property
    def open_count(self) -> int:
        return sum(1 for thread in self.threads if thread.comment.resolved_at is None)


def may_read(standing: Standing) -> bool:
    """Whether it is theirs to read: writers, handlers, the auditor, those asked to endorse."""
    return (
        standing.is_writer
        or may(standing.user, Action.READ_SUBMITTED)
        or bool(_asked_to_endorse(case=standing.case.pk, person=standing.user.pk))
    )


@prepared
def _asked_to_endorse(*, case: int, person: int):
    return Endorsement.objects.filter(person=person, version__case=case).values_list("pk")[:1]


def may_comment(standing: Standing) -> bool:
    """Whether the person may take part: everyone who may read it but the auditor."""
    if any(may(standing.user, action) for action in HANDLERS) or standing.is_writer:
        return True
    return not may(standing.user, Action.READ_SUBMITTED) and may_read(standing)


def discussion_of(case: BusinessCase, *, all_of_it: bool = False, open_only: bool = False) -> Discussion:
    """The comments with their answers; only the newest unless all are asked for. One statement.

    `open_only` leaves out what is resolved, with its answers, and what is about no section.
    """
    found = _open_remarks(case=case.pk) if open_only else _newest_comments(all_of_it, case=case.pk)
    more = not all_of_it and len(found) > NEWEST
    found = found[:NEWEST] if more else found
    found.reverse()
    known = {comment.pk for comment in found}
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        if comment.answers_id in known:
            replies.setdefault(comment.answers_id, []).append(comment)
    threads = tuple(
        Thread(comment, tuple(replies.get(comment.pk, ())))
        for comment in found
        if comment.answers_id not in known
    )
    return Discussion(threads, len(found), more)


@prepared
def _newest_comments(all_of_it: bool, *, case: int):
    rows = Comment.objects.filter(case=case).select_related("by", "resolved_by").order_by("-id")
    return rows if all_of_it else rows[: NEWEST + 1]


@transaction.atomic
def add_comment(
    case: BusinessCase,
    *,
    by: User,
    text: str,
    section: str = "",
    line_key: UUID | None = None,
    answers: Comment | None = None,
    operation: UUID | None = None,
) -> Comment:
    """A remark or an answer. Everyone mentioned must be able to read the case."""
    if not (may_see(by, case) and may_comment(Standing(by, case))):
        raise NotAllowed(_("Those who write or handle the case discuss it."))
    if not text.strip():
        raise Refusal(_("Write something first."), field="text")
    if section and section not in Subject.values:
        raise Refusal(_("Choose a section of the case."), field="section")
    if answers is not None:
        if answers.case_id != case.pk:
            raise Refusal(_("The comment you answer is not on this case."))
        # One level: an answer to an answer is an answer to the same comment.
        answers = answers.answers or answers
    people = mentioned_in(text, case)
    comment = Comment.objects.create(
        case=case, section=section, line_key=line_key, answers=answers, by=by, text=text
    )
    Mention.objects.bulk_create(Mention(comment=comment, person=person) for person in people)
    tell_mentioned(comment, people)
    record(
        "comment",
        case,
        by=by,
        after={"comment": comment.pk, "section": section, "mentions": [str(person) for person in people]},
        operation=operation,
        case_reference=case.reference,
    )
    return comment


@transaction.atomic
def resolve(comment: Comment, *, by: User, resolved: bool, operation: UUID | None = None) -> None:
    """Marks a comment as dealt with, or opens it again."""
    if not may_comment(Standing(by, comment.case)):
        raise NotAllowed(_("Those who write or handle the case discuss it."))
    if (comment.resolved_at is not None) == resolved:
        return
    comment.resolved_at = clock.now() if resolved else None
    comment.resolved_by = by if resolved else None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    record(
        "resolve-comment",
        comment.case,
        by=by,
        after={"comment": comment.pk, "resolved": resolved},
        operation=operation,
        case_reference=comment.case.reference,
    )


def mentioned_in(text: str, case: BusinessCase) -> list[User]:
    """The people named after an @, by name or user name. Refused for one who may not read the case."""
    places = [found.end() for found in _AT.finditer(text)]
    if not places:
        return []
    readers = list(readers_of(case))
    others: list[User] | None = None
    found: dict[int, User] = {}
    for place in places:
        person = _named_at(text, place, readers)
        if person is not None:
            found[person.pk] = person
            continue
        if others is None:
            others = list(User.objects.filter(is_active=True).exclude(pk__in=[row.pk for row in readers]))
        outsider = _named_at(text, place, others)
        if outsider is not None:
            raise Refusal(
                _("%(person)s may not read the case, and so cannot be mentioned on it.")
                % {"person": outsider},
                field="text",
            )
    return list(found.values())


def _named_at(text: str, place: int, people: list[User]) -> User | None:
    """Who is named at this place of the text: the longest name that fits and ends with the word."""
    rest = text[place:].casefold()
    best: tuple[int, User] | None = None
    for person in people:
        for name in (person.name.casefold(), person.username.casefold()):
            ends = rest[len(name) : len(name) + 1]
            if (
                name
                and rest.startswith(name)
                and not ends.isalnum()
                and (best is None or len(name) > best[0])
            ):
                best = (len(name), person)
    return best[1] if best else None
