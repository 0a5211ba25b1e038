"""People, rounds and cases for the tests, made through the application's own rules.

Plain functions that return saved rows. A case is the one of `pages/case.png`: it asks 1.900.000 kr. of
the pool over three years, nets 4.120.000 kr. over six and is paid back after 3,5 years. What takes a
board's decision with money (approved, in progress, …) is made by the pool's own tests.
"""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from businesscases import checking, endorsements, hearings, submission
from businesscases.models import (
    BusinessCase,
    Criterion,
    EconomyLine,
    Goal,
    Hearing,
    HearingBody,
    Kind,
    Milestone,
    Payer,
    Risk,
    Round,
    State,
)
from businesscases.workflow import CaseAction, perform
from innovation_pool.accounts.models import Committee, Department, User
from innovation_pool.permissions import Role

_numbers = count(1)

# kind, text, who pays, permanent, six amounts in 1.000 kr. (None is a blank cell)
LINES = [
    ("investment", "Koordineringssystem og bilsensorer", "pool", False, [900, 700, 300, None, None, None]),
    ("investment", "Projektledelse", "own", False, [150, 100, None, None, None, None]),
    ("implementation", "Oplæring og omlægning af ruter", "own", False, [160, 80, None, None, None, None]),
    ("derived_operation", "Licenser og kørselskoordinator", "own", True, [120, 180, 240, 240, 240, 240]),
    ("cashable_gain", "Færre kørte kilometer", "", True, [None, 260, 520, 640, 640, 640]),
    ("cashable_gain", "14 færre leasede biler", "", True, [None, 360, 720, 960, 960, 960]),
    ("cashable_gain", "Færre taxaregninger", "", True, [None, None, 210, 300, 300, 300]),
    ("freed_time", "Frigjort tid", "", True, [None, 150, 300, 300, 300, 300]),
]
TEXTS = {
    "description": "Fem områder planlægger hver deres kørsel. Sagen samler planlægningen ét sted.",
    "focus_areas": "Vores liv: mere tid til borgerne.",
    "service": "Uændret service.",
    "staff_consequences": "To planlæggere får nye opgaver.",
    "hearing_parties": "HovedMED og Ældrerådet.",
    "trial": "12 uger i to distrikter.",
    "measurement": "Kørte kilometer, hvert kvartal.",
}
CRITERIA = [
    (Criterion.Rule.PAYBACK, "Tilbagebetalt inden for 6 år", 6),
    (Criterion.Rule.CASHABLE_GAIN, "Budgetvirkende gevinst", None),
    (Criterion.Rule.BATTLE, "Mindst én Must-Win-Battle", None),
    (Criterion.Rule.TRIAL, "Afprøvning er beskrevet", None),
]


def person(*roles: Role | str, name: str = "", username: str = "", **fields) -> User:
    """Somebody new with exactly these roles; with none named, a member of staff."""
    number = next(_numbers)
    held = {Role(role) for role in roles or (Role.STAFF,)}
    columns = {f"role_{role.value}": role in held for role in Role}
    username = username or f"person{number}"
    name = name or f"Person {number}"
    return User.objects.create_user(
        username, f"{username}@example.dk", "innovationspulje", name=name, **columns, **fields
    )


def someone(role: Role | str) -> User:
    """The first person with this role and no other; made when there is none."""
    columns = {f"role_{other.value}": other == Role(role) for other in Role}
    return User.objects.filter(**columns, is_active=True).order_by("pk").first() or person(role)


def committee(name: str = "") -> Committee:
    return Committee.objects.create(name=name or f"Udvalg {next(_numbers)}")


def department(name: str = "", *, head: User | None = None) -> Department:
    """An area with a committee and an area head of its own."""
    return Department.objects.create(
        name=name or f"Område {next(_numbers)}", committee=committee(), head=head or person()
    )


def goal(kind: str = Goal.Kind.MUST_WIN_BATTLE, name: str = "") -> Goal:
    return Goal.objects.create(kind=kind, name=name or f"Mål {next(_numbers)}")


def round_with_criteria(*, deadline: date | None = None, opens_on: date | None = None, **fields) -> Round:
    """A round, open now unless told otherwise, with the four criteria that the system can compute."""
    today = timezone.localdate()
    made = Round.objects.create(
        name=fields.pop("name", "") or f"Runde {next(_numbers)}",
        opens_on=opens_on or today - timedelta(days=30),
        deadline=deadline or today + timedelta(days=30),
        **fields,
    )
    for order, (rule, text, years) in enumerate(CRITERIA):
        Criterion.objects.create(round=made, rule=rule, text=text, years=years, order=order)
    return made


def hearing_body(kind: str = HearingBody.Kind.MED, name: str = "") -> HearingBody:
    return HearingBody.objects.create(name=name or f"Høringspart {next(_numbers)}", kind=kind)


def line(
    of: BusinessCase, kind: str, text: str, payer: str, permanent: bool, thousands, **fields
) -> EconomyLine:
    """A line of a case; amounts in 1.000 kr."""
    amounts = {
        f"year_{year}": None if amount is None else amount * 1000
        for year, amount in enumerate(thousands, start=1)
    }
    return EconomyLine.objects.create(
        case=of,
        order=of.lines.count(),
        kind=Kind(kind),
        text=text,
        payer=Payer(payer) if payer else "",
        permanent=permanent,
        **amounts,
        **fields,
    )


def draft(*, owner: User | None = None, **fields) -> BusinessCase:
    """A draft with title and department only."""
    fields.setdefault("title", "Fælles kørselskoordinering")
    if "department" not in fields:
        fields["department"] = department()
    return submission.create_case(owner or person(), operation=uuid4(), **fields)


def case(
    state: State | str = State.DRAFT,
    *,
    owner: User | None = None,
    lines=LINES,
    benefit_owner: User | None = None,
    **fields,
) -> BusinessCase:
    """A complete case, taken to the state through the rules.

    For states up to ready, and withdrawn, rejected and postponed; raises ValueError for those that
    take money. Each case has a round of its own unless `round` is given.
    """
    if "round" not in fields:
        fields["round"] = round_with_criteria()
    made = draft(owner=owner, **{**TEXTS, **fields})
    made.goals.add(goal())
    owner_of_gains = benefit_owner or person()
    for kind, text, payer, permanent, thousands in lines:
        gain = {"benefit_owner": owner_of_gains, "profit_centre": f"Kørsel {made.reference}"}
        line(made, kind, text, payer, permanent, thousands, **(gain if kind == Kind.CASHABLE_GAIN else {}))
    Risk.objects.create(
        case=made, text="Færre bruger systemet end ventet", likelihood=2, consequence=3, answer="Kurser"
    )
    Milestone.objects.create(case=made, text="Systemet er købt", due_on=date(made.start_year, 3, 1))
    return advance(made, State(state))


def advance(made: BusinessCase, state: State) -> BusinessCase:
    """Takes a complete draft to the state, step by step, through the rules."""
    if state not in STEPS:
        raise ValueError(f"a case gets to {state} with money: make it with the pool's factories")
    for step in STEPS[state]:
        step(made)
    made.refresh_from_db()
    return made


def submit(made: BusinessCase) -> None:
    submission.submit(made, by=made.owner, operation=uuid4())


def endorse_all(made: BusinessCase) -> None:
    """Everybody asked about the newest version says yes."""
    for row in endorsements.not_given(made.versions.latest("number")):
        endorsements.endorse(row, by=row.person, yes=True, operation=uuid4())


def confirm_figures(made: BusinessCase, by: User | None = None) -> None:
    """Everybody endorses, and finance ticks what is computed and answers what is found."""
    endorse_all(made)
    version = made.versions.latest("number")
    checking.confirm_figures(
        made,
        by=by or someone(Role.FINANCE),
        ticks={row.criterion.pk: (bool(row.met), row.note) for row in checking.suggestions(version)},
        answers={finding.code: "Set og forklaret." for finding in checking.findings(version)},
        operation=uuid4(),
    )


def no_hearing(made: BusinessCase) -> None:
    hearings.no_hearing(
        made, by=someone(Role.SECRETARIAT), reason="Der er endnu intet konkret projekt.", operation=uuid4()
    )


def open_hearing(made: BusinessCase, *bodies: HearingBody, deadline: date | None = None) -> Hearing:
    """A hearing of the bodies, or of one MED body, with three weeks to answer; by law ones are asked too."""
    asked = [*(bodies or [hearing_body()]), *hearings.by_law()]
    return hearings.open_hearing(
        made,
        by=someone(Role.SECRETARIAT),
        bodies=asked,
        deadline=deadline or timezone.localdate() + timedelta(days=21),
        material="Sagen og dens økonomi.",
        operation=uuid4(),
    ).hearing


def send_back(made: BusinessCase) -> None:
    submission.return_case(
        made, by=someone(Role.FINANCE), reason="Grundlaget for gevinsten mangler.", operation=uuid4()
    )


def withdraw(made: BusinessCase) -> None:
    submission.withdraw(made, by=made.owner, reason="Vi gør det på en anden måde.", operation=uuid4())


def _decide(action: CaseAction, **fields):
    def decided(made: BusinessCase) -> None:
        # Stands for a decision of the board; its row and number are the pool's.
        label = f"{timezone.localdate().year}-{next(_numbers):02d}"
        with transaction.atomic():
            perform(
                made,
                action,
                by=someone(Role.BOARD),
                reason="Direktionen vil se den til efteråret.",
                decision_label=label,
                operation=uuid4(),
                **fields,
            )

    return decided


_READY = (submit, confirm_figures, no_hearing)
STEPS = {
    State.DRAFT: (),
    State.SUBMITTED: (submit,),
    State.RETURNED: (submit, send_back),
    State.CHECKED: (submit, confirm_figures),
    State.IN_HEARING: (submit, confirm_figures, open_hearing),
    State.READY: _READY,
    State.POSTPONED: (*_READY, _decide(CaseAction.POSTPONE, until=date(2099, 9, 1))),
    State.REJECTED: (*_READY, _decide(CaseAction.REJECT)),
    State.WITHDRAWN: (submit, withdraw),
}
