"""The template of a case: what stands in its cells now, and what its live figures come to."""

from decimal import Decimal
from itertools import pairwise

from django.utils.translation import override

from businesscases import economy
from businesscases.content import CaseContent, live_content
from businesscases.economy import COSTS, Kind
from businesscases.forms.lines import label_of
from businesscases.models import BusinessCase, Payer, Round
from businesscases.models import Kind as KindChoice
from businesscases.sections import MAY_LAST
from businesscases.template import layout
from businesscases.template.drawing import Template, TemplateLine
from businesscases.template.labels import template_words
from innovation_pool.accounts.models import Committee, Department, User

GUIDE = tuple(f"guide_{number}" for number in range(1, 8))
COST_KINDS = (Kind.INVESTMENT, Kind.IMPLEMENTATION, Kind.DERIVED_OPERATION)


def template_of(case: BusinessCase, *, unit: int = 1000) -> Template:
    """The template filled with the case as its rows stand; in kroner where the unit would need fractions."""
    with override("da"):
        content = live_content(case)
        if any(amount and amount % unit for line in content.lines for amount in line.amounts):
            unit = 1
        words = template_words()
        kinds, payers = kind_names(), payer_names()
        drawn = content.lines[: layout.LINES]
        owners = User.objects.in_bulk({line.benefit_owner.id for line in drawn if line.benefit_owner})
        lines = tuple(_line(line, unit, kinds, payers, owners) for line in drawn)
        words["foot"] %= {"version": layout.VERSION, "reference": case.reference}
        return Template(
            reference=case.reference,
            title=content.title,
            start_year=content.start_year,
            unit=unit,
            rate=content.discount_rate,
            facts=_facts(case, content, words, unit),
            texts={name: content.texts[name] for name in layout.TEXTS},
            lines=lines,
            choices=choices(words),
            guide=[words[name] for name in GUIDE],
            values=_values(content, drawn, unit, words, lines),
            kinds=kinds,
            payers=payers,
            words=words,
        )


def kind_names() -> dict[str, str]:
    return {kind.value: str(kind.label) for kind in KindChoice}


def payer_names() -> dict[str, str]:
    return {payer.value: str(payer.label) for payer in Payer}


def unit_names(words) -> dict[str, str]:
    return {"1": words["unit_1"], "1000": words["unit_1000"]}


def choices(words) -> dict[str, list[str]]:
    """The lists that cells choose from, by name."""
    return {
        "kinds": list(kind_names().values()),
        "payers": list(payer_names().values()),
        "yes_no": [layout.YES, layout.NO],
        "departments": [str(row) for row in Department.objects.filter(active=True)],
        "committees": [str(row) for row in Committee.objects.filter(active=True)],
        "rounds": [str(row) for row in Round.objects.filter(active=True)],
        "units": list(unit_names(words).values()),
    }


def _facts(case: BusinessCase, content: CaseContent, words, unit: int) -> dict[str, str | int]:
    return {
        "reference": case.reference,
        "title": content.title,
        "department": str(content.department),
        "committee": str(content.committee or ""),
        "round": str(content.round or ""),
        "start_year": content.start_year,
        "unit": unit_names(words)[str(unit)],
        "price_level": content.price_level,
        "goals": "\n".join(goal.name for goal in content.goals),
    }


def _line(line, unit: int, kinds, payers, owners) -> TemplateLine:
    owner = line.benefit_owner
    return TemplateLine(
        key=line.key,
        text=line.text,
        kind=kinds[line.kind],
        payer=payers.get(line.payer, ""),
        profit_centre=line.profit_centre,
        benefit_owner=label_of(owners[owner.id]) if owner else "",
        basis=line.basis,
        permanent=_yes(line.permanent) if line.kind in MAY_LAST else "",
        user_financed=_yes(line.user_financed),
        amounts=tuple(None if amount is None else Decimal(amount) / unit for amount in line.amounts),
    )


def _yes(value: bool) -> str:
    return layout.YES if value else layout.NO


def _values(content: CaseContent, drawn, unit: int, words, lines) -> dict[str, object]:
    """Each live figure by its name: the key figures of the lines that are drawn, in the unit."""
    pure = [line.economy for line in drawn]
    figures = economy.key_figures(pure, content.discount_rate, content.start_year)
    by_kind = {
        kind.value: _shown(
            economy.per_year(line for line in pure if line.kind == kind and _in_sum(line)), unit
        )
        for kind in Kind
    }
    for kind in COSTS:
        by_kind[str(kind)] = tuple(-amount for amount in by_kind[str(kind)])
    net, cumulative = _shown(figures.net, unit), _shown(figures.cumulative, unit)
    payback: object = figures.payback
    if not any(by_kind[kind.value][place] for kind in COST_KINDS for place in range(economy.YEARS)):
        payback = "–"
    elif payback is None:
        payback = words["never"]
    lacks = [_lacks(line, words) for line in lines]
    return by_kind | {
        "net": net,
        "cumulative": cumulative,
        "asked": Decimal(figures.asked_in_all) / unit,
        "invested": Decimal(figures.invested) / unit,
        "net_gain": Decimal(figures.net_gain) / unit,
        "careful": figures.careful.net_gain / unit,
        "npv": figures.npv / unit,
        "rate": content.discount_rate,
        "payback": payback,
        "payback_year": figures.payback_year if isinstance(payback, Decimal) else "",
        "irr": "–" if figures.irr is None else figures.irr,
        "permanent_effect": Decimal(figures.permanent_effect) / unit,
        "lacks": lacks + [""] * (layout.LINES - len(lacks)),
        **_steps(net, cumulative),
    }


def _in_sum(line: economy.Line) -> bool:
    """A gain on a user-financed area is the takst's: in no sum of the sheet."""
    return not line.is_takst_gain


def _shown(amounts, unit: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(amount) / unit for amount in amounts)


def _steps(net, cumulative) -> dict[str, tuple]:
    """The rows of Kontrol: where the cumulative net comes back to zero, and where the net changes sign."""
    crossing: list = [""]
    for place, (before, after) in enumerate(pairwise(cumulative), start=1):
        crossed = before < 0 <= after
        crossing.append(place - before / net[place] if crossed else "")
    signs: list[int] = []
    for amount in net:
        signs.append((amount > 0) - (amount < 0) or (signs[-1] if signs else 0))
    changes = [0] + [int(before != 0 and after != before) for before, after in pairwise(signs)]
    return {"crossing": tuple(crossing), "sign": tuple(signs), "change": tuple(changes)}


def _lacks(line: TemplateLine, words) -> str:
    """The first thing a line lacks, as the formula of its row says it."""
    names = {name: kind for kind, name in kind_names().items()}
    kind = names.get(line.kind, "")
    steps = (
        (not line.text, "lacks_text"),
        (not line.kind, "lacks_kind"),
        (kind in COSTS and not line.payer, "lacks_payer"),
        (all(amount is None for amount in line.amounts), "lacks_amounts"),
        (kind == Kind.CASHABLE_GAIN and not line.benefit_owner, "lacks_benefit_owner"),
        (not line.basis, "lacks_basis"),
    )
    return next((words[word] for lacks, word in steps if lacks), "")
