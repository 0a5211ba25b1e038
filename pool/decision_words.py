"""What a decision will do, in one sentence with figures: shown before the button is pressed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr, signed
from pool.conditions import ENDS_GRANTS
from pool.decisions import CaseFunding, Grant
from pool.decisions.wording import grants_in_words
from pool.forms.decision import DecisionForm
from pool.models import DecisionKind


@dataclass(frozen=True)
class Foreseen:
    """The sentence and the words of the button. `missing` are the years that do not reach."""

    sentence: str
    button: str
    missing: tuple[str, ...] = ()


def foresee(
    form: DecisionForm,
    funding: CaseFunding | None = None,
    asked: dict[int, int] | None = None,
    unspent: dict[int, int] | None = None,
) -> Foreseen:
    """What happens if the form is sent as it stands.

    `funding` is what a stop or a reversal ends, `asked` what the case asks for by year, and `unspent` what
    a stop gives back of what is allocated.
    """
    kind = form.value_of("kind")
    if form.refuses_change:
        return Foreseen(
            _("The change request is not granted. No money moves."), _("Refuse the request provisionally")
        )
    if kind in (DecisionKind.APPROVE, DecisionKind.COVER, DecisionKind.CHANGE_OF_GRANT):
        return _with_money(form, kind, asked or {})
    sentences = {
        DecisionKind.REJECT: _("The case is rejected. No money moves."),
        DecisionKind.RETURN: _("The case goes back to its owner, who can mend it and submit it again."),
        DecisionKind.POSTPONE: _("The case waits. No money moves."),
        DecisionKind.STOP: _("The project stops."),
        DecisionKind.REVERSE: _(
            "The earlier decision is reversed, and the case is ready for decision again."
        ),
        DecisionKind.RESOLUTION: _("The decision is put down in the record. No money moves."),
    }
    buttons = {
        DecisionKind.REJECT: _("Reject provisionally"),
        DecisionKind.RETURN: _("Return provisionally"),
        DecisionKind.POSTPONE: _("Postpone provisionally"),
        DecisionKind.STOP: _("Stop provisionally"),
        DecisionKind.REVERSE: _("Reverse provisionally"),
        DecisionKind.RESOLUTION: _("Put the decision down"),
    }
    sentence = sentences.get(kind, _("Choose what is decided."))
    until = form.value_of("until")
    if kind == DecisionKind.POSTPONE and until:
        sentence = _("The case waits until %(date)s. No money moves.") % {"date": long_date(until)}
    if kind in ENDS_GRANTS and funding is not None:
        sentence = f"{sentence} {what_ends(funding, unspent or {})}".strip()
    return Foreseen(sentence, buttons.get(kind, _("Put the decision down")))


def what_ends(funding: CaseFunding, unspent: dict[int, int]) -> str:
    """What a stop, a reversal or a completion gives back, in figures; "" when there is nothing to give."""
    released: dict[int, int] = {}
    for row in funding.rows:
        released[row.year] = released.get(row.year, 0) + row.reserved
    parts = [
        _("%(amount)s is released in %(year)s.") % {"amount": kr(amount), "year": year}
        for year, amount in sorted(released.items())
        if amount
    ]
    parts += [
        _("%(amount)s that is allocated and unspent goes back in %(year)s.")
        % {"amount": kr(amount), "year": year}
        for year, amount in sorted(unspent.items())
    ]
    if funding.allocated and not unspent:
        parts.append(_("Nothing allocated is unspent."))
    if funding.unfunded:
        parts.append(_("%(amount)s without cover falls away.") % {"amount": kr(funding.unfunded)})
    return " ".join(parts)


def _with_money(form: DecisionForm, kind: str, asked: dict[int, int]) -> Foreseen:
    grants = form.grants()
    reserved = sum(grant.amount for grant in grants)
    unfunded = sum(grant.unfunded for grant in grants)
    years = [grant.year for grant in grants if grant.amount]
    moves_between = kind == DecisionKind.CHANGE_OF_GRANT and len(grants) > 1
    parts = [_between_years(grants) if moves_between else _opening(kind, reserved, years)]
    if unfunded and not moves_between:
        uncovered = [grant.year for grant in grants if grant.unfunded]
        parts.append(
            _("%(amount)s in %(years)s is without cover.")
            % {"amount": kr(unfunded), "years": _span(uncovered)}
        )
    if kind == DecisionKind.APPROVE:
        parts += _beside_what_is_asked(grants, asked)
    left = {(row.pool.pk, row.year): row.available for row in form.rows}
    several = len({row.pool.pk for row in form.rows}) > 1
    after, missing = [], []
    for grant in grants:
        if not grant.amount:
            continue
        rest = left.get((grant.pool.pk, grant.year), 0) - grant.amount
        where = f"{grant.year} ({grant.pool.name})" if several else str(grant.year)
        if rest < 0 and grant.amount < 0:
            # Money that is freed covers a part of what lacked before.
            parts.append(
                _("%(amount)s of %(years)s still has no cover.") % {"amount": kr(-rest), "years": where}
            )
        elif rest < 0:
            missing.append(_("%(amount)s is missing in %(year)s.") % {"amount": kr(-rest), "year": where})
        after.append(_("%(amount)s in %(year)s") % {"amount": kr(max(0, rest)), "year": where})
    if after:
        parts.append(_("Afterwards available: %(amounts)s.") % {"amounts": ", ".join(after)})
    return Foreseen(" ".join(parts), _button(kind, reserved, unfunded), tuple(missing))


def _beside_what_is_asked(grants: list[Grant], asked: dict[int, int]) -> list[str]:
    """What is given less or more than was asked, in all and in which years."""
    given: dict[int, int] = {}
    for grant in grants:
        given[grant.year] = given.get(grant.year, 0) + grant.total
    total = sum(asked.values()) - sum(given.values())
    less = [year for year, amount in asked.items() if amount > given.get(year, 0)]
    more = [year for year, amount in given.items() if amount > asked.get(year, 0)]
    if total > 0:
        return [
            _("Of %(asked)s asked, %(amount)s is to be found in own budget (%(years)s).")
            % {"asked": kr(sum(asked.values())), "amount": kr(total), "years": _span(less)}
        ]
    if total < 0:
        said = _("That is %(amount)s more than was asked (%(years)s).")
        return [said % {"amount": kr(-total), "years": _span(more)}]
    return []


def _opening(kind: str, reserved: int, years: list[int]) -> str:
    values = {"amount": kr(abs(reserved)), "years": _span(years)}
    if kind == DecisionKind.APPROVE:
        if not reserved:
            return _("The case is approved, and nothing is reserved.")
        return _(
            "The case is approved. %(amount)s is reserved in %(years)s when the decisions are carried out."
        ) % (values)
    if kind == DecisionKind.COVER:
        return _("%(amount)s that stood without cover is reserved in %(years)s.") % values
    if not years:
        return _("The grant is changed.")
    return _("The grant is changed by %(amount)s in %(years)s.") % (values | {"amount": signed(kr(reserved))})


def _between_years(grants: list[Grant]) -> str:
    """Each year by itself: what only changes its year comes to nothing in all."""
    said = grants_in_words(DecisionKind.CHANGE_OF_GRANT, grants)
    return _("The grant is changed: %(grants)s.") % {"grants": said}


def _button(kind: str, reserved: int, unfunded: int) -> str:
    amount = kr(reserved or unfunded)
    if kind == DecisionKind.APPROVE:
        return _("Approve %(amount)s provisionally") % {"amount": amount}
    if kind == DecisionKind.COVER:
        return _("Cover %(amount)s provisionally") % {"amount": amount}
    return _("Change the grant provisionally")


def _span(years: list[int]) -> str:
    years = sorted(set(years))
    if not years:
        return pgettext("years", "none")
    if len(years) > 1 and years == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(str(year) for year in years)
