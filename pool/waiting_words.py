"""What waits, in words: a heading, one sentence that says why, and the button that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr
from pool.inbox import Inbox, Waiting
from pool.models.decisions import ConditionKind

DAYS_OF_A_YEAR = 365


@dataclass(frozen=True)
class InboxRow:
    """A row of the inbox as it is shown."""

    heading: str
    why: str
    age: str
    late: bool
    button: str
    url: str


def inbox_rows(waiting: Inbox) -> list[InboxRow]:
    """The rows in words, in the order they wait."""
    return [_row(row) for row in waiting.rows]


def _row(row: Waiting) -> InboxRow:
    heading, why, button, url = WORDS[row.desk](row)
    return InboxRow(heading, why, age_in_words(row.days), row.late, button, url)


def age_in_words(days: int) -> str:
    """How long a thing has waited, as the inbox says it: whole years from the first year on."""
    if days == 0:
        return _("Today")
    if days >= DAYS_OF_A_YEAR:
        years = days // DAYS_OF_A_YEAR
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


Words = tuple[str, str, str, str]


def _case(row: Waiting) -> str:
    return reverse("businesscases:case-detail", args=[row.reference])


def _act(row: Waiting, action: str) -> str:
    return reverse("businesscases:case-act", args=[row.reference, action])


def _named(row: Waiting) -> dict:
    # A reference is not broken at the end of a line.
    reference = row.reference.replace("-", "\N{NON-BREAKING HYPHEN}")
    return {"title": row.shown_title, "reference": reference, "amount": kr(row.kroner), "n": row.how_many}


def _draft(row: Waiting) -> Words:
    why = _("%(title)s, %(reference)s.") % _named(row)
    if row.due:
        why += " " + _("The round closes %(date)s.") % {"date": long_date(row.due)}
    url = reverse("businesscases:case-edit", args=[row.reference])
    return _("Your draft is not submitted"), why, _("Continue the draft"), url


def _returned(row: Waiting) -> Words:
    heading = _("%(title)s has come back to you") % _named(row)
    why = _("Read what is missing, mend it and submit again. %(reference)s.") % _named(row)
    return heading, why, _("Mend the case"), _case(row)


def _start(row: Waiting) -> Words:
    heading = _("%(title)s is approved and can start") % _named(row)
    url = reverse("pool:case-act", args=[row.reference, "start"])
    return (
        heading,
        _("Say so when the work begins. %(reference)s.") % _named(row),
        _("Start the project"),
        url,
    )


def _endorse(row: Waiting) -> Words:
    heading = _("Do you stand by the amounts in %(title)s?") % _named(row)
    why = _("It asks for %(amount)s from the pool. %(reference)s.") % _named(row)
    url = reverse("businesscases:case-endorse", args=[row.reference, row.key])
    return heading, why, pgettext("button", "Answer"), url


def _mention(row: Waiting) -> Words:
    heading = _("You are asked about %(title)s") % _named(row)
    why = _("A remark on %(reference)s names you and has no answer from you.") % _named(row)
    return heading, why, pgettext("button", "Answer"), f"{_case(row)}#comment-{row.key}"


def _check(row: Waiting) -> Words:
    heading = _("The figures of %(title)s are to be checked") % _named(row)
    why = _("It asks for %(amount)s from the pool. %(reference)s.") % _named(row)
    return heading, why, _("Check the figures"), _act(row, "confirm-figures")


def _complete(row: Waiting) -> Words:
    heading = _("%(title)s reports that it is finished") % _named(row)
    why = _(
        "Read the final report; what is reserved and unspent goes back to the pool. %(reference)s."
    ) % _named(row)
    url = reverse("pool:case-act", args=[row.reference, "confirm-completion"])
    return heading, why, _("Confirm completion"), url


def _outcome(row: Waiting) -> Words:
    heading = _("%(title)s waits for the politicians") % _named(row)
    about = {"condition": dict(ConditionKind.choices).get(row.detail, row.detail)}
    why = _(
        "The approval is on condition: %(condition)s. Record the outcome when it is there. %(reference)s."
    )
    why = why % (_named(row) | about)
    return heading, why, _("Record the outcome"), reverse("pool:record-outcome", args=[row.key])


def _effect(row: Waiting) -> Words:
    heading = ngettext(
        "%(n)d budget transfer is not registered", "%(n)d budget transfers are not registered", row.how_many
    ) % _named(row)
    why = _("%(title)s: %(amount)s in all is to be moved in the finance system.") % _named(row)
    return heading, why, _("Register"), reverse("pool:effect-list", args=[row.key])


def _hearing(row: Waiting) -> Words:
    heading = _("Shall %(title)s be heard?") % _named(row)
    why = _("The figures are checked. Open a hearing, or say why there is none. %(reference)s.") % _named(row)
    return heading, why, _("Open a hearing"), _act(row, "open-hearing")


def _close_hearing(row: Waiting) -> Words:
    heading = _("The hearing of %(title)s can be closed") % _named(row)
    answers = ngettext("%(n)d body has answered.", "%(n)d bodies have answered.", row.how_many) % _named(row)
    if not row.how_many:
        answers = _("Nobody has answered.")
    why = _("The deadline was %(date)s. %(answers)s %(reference)s.") % {
        "date": long_date(row.due), "answers": answers, "reference": row.reference
    }  # fmt: skip
    return heading, why, _("Close the hearing"), _act(row, "close-hearing")


def _agenda(row: Waiting) -> Words:
    heading = _("%(title)s is to be on an agenda") % _named(row)
    why = _("It is ready for the board and on no agenda. %(reference)s.") % _named(row)
    return heading, why, _("Choose a meeting"), reverse("pool:meeting-list") + f"?case={row.reference}"


def _allocate(row: Waiting) -> Words:
    heading = _("The allocation of %(year)d is not decided") % {"year": row.of_year}
    why = ngettext(
        "%(n)d approved case has %(amount)s reserved in %(year)d that is not allocated yet.",
        "%(n)d approved cases have %(amount)s reserved in %(year)d that is not allocated yet.",
        row.how_many,
    ) % (_named(row) | {"year": row.of_year})
    button = _("Allocate %(year)d") % {"year": row.of_year}
    return heading, why, button, reverse("pool:allocate", args=[row.key, row.of_year])


def _shortfall(row: Waiting) -> Words:
    named = _named(row) | {"year": row.of_year}
    heading = _("%(amount)s is missing in %(year)d") % named
    why = _("The council has taken more than was free. Until a grant is changed, nothing can be allocated.")
    return (
        heading,
        why,
        _("See the year"),
        reverse("pool:pool-detail", args=[row.key]) + f"?year={row.of_year}",
    )


def _meeting(row: Waiting) -> Words:
    heading = ngettext(
        "%(n)d case is ready for decision %(date)s",
        "%(n)d cases are ready for decision %(date)s",
        row.how_many,
    ) % (_named(row) | {"date": long_date(row.due)})
    why = _("Together they ask for %(amount)s from the pool.") % _named(row)
    return heading, why, _("Read the agenda"), reverse("pool:meeting-detail", args=[row.key])


def _carry_out(row: Waiting) -> Words:
    heading = ngettext(
        "%(n)d provisional decision is not carried out",
        "%(n)d provisional decisions are not carried out",
        row.of_year,
    ) % {"n": row.of_year}
    why = _("From the meeting %(date)s. No money has moved yet.") % {"date": long_date(row.due)}
    return heading, why, _("Carry out"), reverse("pool:carry-out", args=[row.key])


def _record(row: Waiting) -> Words:
    heading = _("The record of %(date)s is to be approved") % {"date": long_date(row.due)}
    return heading, _("You were in the chair."), _("Read the record"), reverse("pool:record", args=[row.key])


def _out(row: Waiting) -> Words:
    heading = _("Is %(person)s disqualified in %(title)s?") % (_named(row) | {"person": row.detail})
    why = _("Until you have decided it, %(person)s stays out of %(reference)s.")
    return heading, why % (_named(row) | {"person": row.detail}), _("Decide the question"), _question(row)


def _chair_out(row: Waiting) -> Words:
    heading = _("Is the chair disqualified in %(title)s?") % _named(row)
    why = _("The mayor decides it for %(person)s. Write down the answer. %(reference)s.")
    return heading, why % (_named(row) | {"person": row.detail}), _("Write down the answer"), _question(row)


def _question(row: Waiting) -> str:
    return reverse("pool:disqualification-decide", args=[row.reference, row.key])


def _open_meeting(row: Waiting) -> Words:
    heading = _("The meeting %(date)s is not opened") % {"date": long_date(row.due)}
    why = _("Decisions can be put down once it is open.")
    return heading, why, _("Go to the meeting"), reverse("pool:meeting-detail", args=[row.key])


def _close_meeting(row: Waiting) -> Words:
    heading = _("The meeting %(date)s is still open") % {"date": long_date(row.due)}
    why = _("Carry out or take back what is provisional, and close it.")
    return heading, why, _("Go to the meeting"), reverse("pool:meeting-detail", args=[row.key])


def _asked(row: Waiting) -> str:
    return reverse("pool:change-request", args=[row.reference])


def _change_draft(row: Waiting) -> Words:
    why = _("%(title)s, %(reference)s. Finance sees it once you send it.") % _named(row)
    return _("Your change request is not sent"), why, _("Continue the draft"), _asked(row)


def _opinion(row: Waiting) -> Words:
    heading = _("%(title)s asks for a change of its grant") % _named(row)
    why = _("Give finance's opinion; then it goes to the board. %(reference)s.") % _named(row)
    return heading, why, _("Give the opinion"), _asked(row)


def _change_agenda(row: Waiting) -> Words:
    heading = _("The change request of %(title)s is to be on an agenda") % _named(row)
    why = _("Finance has given its opinion. %(reference)s.") % _named(row)
    return heading, why, _("Choose a meeting"), reverse("pool:meeting-list") + f"?case={row.reference}"


def _mails(row: Waiting) -> Words:
    heading = ngettext("%(n)d mail waits to be sent", "%(n)d mails wait to be sent", row.how_many)
    why = _("The owners do not know yet what the board has decided. Read the mails, and let them go.")
    return heading % _named(row), why, _("Read the mails"), reverse("mail:mail-list")


def _cover(row: Waiting) -> Words:
    heading = _("There is money for what stands without cover in %(year)d") % {"year": row.of_year}
    why = _("%(amount)s stands without cover in %(year)d, and the year has money available now.") % (
        _named(row) | {"year": row.of_year}
    )
    year = reverse("pool:year-detail", args=[row.key, row.of_year])
    return heading, why, _("See the year"), f"{year}#uncovered"


WORDS: dict[str, Callable[[Waiting], Words]] = {
    "draft": _draft,
    "returned": _returned,
    "start": _start,
    "endorse": _endorse,
    "mention": _mention,
    "check": _check,
    "complete": _complete,
    "outcome": _outcome,
    "effect": _effect,
    "hearing": _hearing,
    "close-hearing": _close_hearing,
    "agenda": _agenda,
    "change-draft": _change_draft,
    "opinion": _opinion,
    "change-agenda": _change_agenda,
    "allocate": _allocate,
    "shortfall": _shortfall,
    "cover": _cover,
    "meeting": _meeting,
    "carry-out": _carry_out,
    "mails": _mails,
    "record": _record,
    "out": _out,
    "chair-out": _chair_out,
    "open-meeting": _open_meeting,
    "close-meeting": _close_meeting,
}
