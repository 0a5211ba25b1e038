"""The acts of `paper_finance` done by the application's own rules: the same names and the same arguments.

Cases, meetings, items and conditions are known by their place, as on the paper; people by their names.
"""

import datetime
from copy import copy
from uuid import uuid4

from businesscases import (
    access,
    checking,
    endorsements,
    hearings,
    listing,
    projects,
    submission,
)
from businesscases.models import (
    BusinessCase,
    CaseRelation,
    Disqualification,
    Endorsement,
    HearingBody,
    Kind,
    Milestone,
    Risk,
)
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.refusals import Refusal
from pool import conditions, decisions, ledger, meetings, requests
from pool.decisions import Condition, Grant
from pool.models import Meeting, Operation, ProvisionalDecision, RoundPool
from pool.models.decisions import ConditionKind
from tests import factories
from tests.pool import books, given
from tests.pool.paper import FIRST_YEAR
from tests.pool.paper_cases import BY_CHOICE, BY_LAW, HORIZON, PEOPLE

CONDITIONS = {
    "uncovered": ConditionKind.UNCOVERED,
    "conversion": ConditionKind.CONVERSION,
    "other": ConditionKind.OTHER,
}
BODIES = {BY_LAW: HearingBody.Kind.BY_LAW, BY_CHOICE: HearingBody.Kind.MED}


class Office:
    """One pool with its round, the people of the paper, and the cases and meetings as they are made."""

    def __init__(self):
        self.people = {name: factories.person(*sorted(roles), name=name) for name, roles in PEOPLE.items()}
        self.area = factories.department(head=self.people["head"])
        self.pool = books.make_pool(FIRST_YEAR)
        self.round = factories.round_with_criteria()
        RoundPool.objects.create(round=self.round, pool=self.pool)
        self.bodies = {name: factories.hearing_body(kind, name) for name, kind in BODIES.items()}
        self.battle = factories.goal()
        self.case_ids, self.meeting_ids, self.kinds = [], [], {}

    def again(self) -> "Office":
        """The office as it is now, to go on from once more."""
        other = copy(self)
        other.case_ids, other.meeting_ids = [*self.case_ids], [*self.meeting_ids]
        other.kinds = {**self.kinds}
        return other

    def do(self, act: str, by: str | None, **how) -> None:
        """Does the act; raises what the application raises. A new operation every time."""
        self.operation = uuid4()
        getattr(self, act)(self.people.get(by), **how)

    def by(self, person: User) -> dict:
        return {"by": person, "operation": self.operation}

    def case(self, number: int) -> BusinessCase:
        return BusinessCase.objects.get(pk=self.case_ids[number])

    def item(self, meeting: int, item: int):
        return self.items_of(meeting)[item]

    def items_of(self, meeting: int) -> list:
        return list(self.meeting(meeting).items.select_related("meeting", "case").order_by("id"))

    def meeting(self, number: int) -> Meeting:
        return Meeting.objects.get(pk=self.meeting_ids[number])

    # --- Writing --------------------------------------------------------------------------------------

    def create(self, by, operation_costs, excludes=None, needs=None):
        made = submission.create_case(
            by, operation=self.operation, title=f"Sag {len(self.case_ids)}", department=self.area,
            round=self.round, start_year=FIRST_YEAR,
        )  # fmt: skip
        self.case_ids.append(made.pk)
        self.kinds[made.pk] = Kind.IMPLEMENTATION if operation_costs else Kind.INVESTMENT
        for kind, other in ((CaseRelation.Kind.EXCLUDES, excludes), (CaseRelation.Kind.NEEDS, needs)):
            if other is not None:
                CaseRelation.objects.create(case=made, kind=kind, other=self.case(other))

    def write(self, by, case, asked):
        """As the editor does it: asked for first whether the person may, then the rows."""
        row = self.case(case)
        access.require_edit(by, row)
        if not row.lines.exists():
            BusinessCase.objects.filter(pk=row.pk).update(**factories.TEXTS)
            row = self.case(case)
            row.goals.add(self.battle)
            factories.line(row, self.kinds[row.pk], "Udstyr", "pool", False, [None] * HORIZON)
            gain = {"benefit_owner": self.people["gainer"], "profit_centre": f"Kørsel {row.reference}"}
            factories.line(row, Kind.CASHABLE_GAIN, "Færre timer", "", True, [None, 9, 9, 9, 9, 9], **gain)
            Risk.objects.create(
                case=row, text="Færre bruger det", likelihood=2, consequence=3, answer="Kurser"
            )
            Milestone.objects.create(case=row, text="Det er købt", due_on=datetime.date(FIRST_YEAR, 3, 1))
        years = {f"year_{n}": asked.get(FIRST_YEAR + n - 1) for n in range(1, HORIZON + 1)}
        row.lines.filter(text="Udstyr").update(**years)
        listing.refresh_listing(row)

    def add_collaborator(self, by, case, person):
        submission.add_collaborator(self.case(case), self.people[person], **self.by(by))

    def remove_collaborator(self, by, case, person):
        submission.remove_collaborator(self.case(case), self.people[person], **self.by(by))

    def hand_over(self, by, case, person, reason):
        submission.hand_over(self.case(case), self.people[person], reason=reason, **self.by(by))

    def submit(self, by, case):
        submission.submit(self.case(case), **self.by(by))

    def withdraw(self, by, case, reason):
        submission.withdraw(self.case(case), reason=reason, **self.by(by))

    # --- Control and hearing --------------------------------------------------------------------------

    def endorse(self, by, case, yes, reason):
        rows = Endorsement.objects.filter(version__case=self.case_ids[case]).order_by("-version__number")
        # Somebody who was not asked can only try to answer for another.
        row = rows.filter(person=by).first() or rows.first()
        if row is None:
            raise access.NotAllowed("nobody is asked")
        endorsements.endorse(row, yes=yes, reason=reason, **self.by(by))

    def return_case(self, by, case, reason):
        submission.return_case(self.case(case), reason=reason, **self.by(by))

    def confirm(self, by, case, ticked, answered, excuse):
        row = self.case(case)
        version = row.versions.order_by("-number").first()
        criteria = checking.criteria_of(version) if version else []
        found = checking.findings(version) if version else []
        checking.confirm_figures(
            row,
            ticks={criterion.pk: (True, "") for criterion in criteria[0 if ticked else 1 :]},
            answers={f.code: "Set." for f in found if answered and not f.about_endorsement},
            missing_endorsements=excuse,
            **self.by(by),
        )

    def open_hearing(self, by, case, bodies, why_not_by_law):
        passed_over = {} if BY_LAW in bodies else {self.bodies[BY_LAW]: why_not_by_law}
        hearings.open_hearing(
            self.case(case),
            bodies=[self.bodies[name] for name in bodies],
            deadline=clock.today() + datetime.timedelta(days=21),
            material="Sagen.",
            passed_over=passed_over,
            **self.by(by),
        )

    def no_hearing(self, by, case, reason):
        hearings.no_hearing(self.case(case), reason=reason, **self.by(by))

    def answer_hearing(self, by, case, body):
        part = self.hearing(case).parts.get(body=self.bodies[body])
        hearings.record_answer(part, text="Ingen bemærkninger.", answered_by="Formanden", **self.by(by))

    def pass_deadline(self, by, case):
        """Time goes by."""
        hearing = self.hearing(case)
        hearing.deadline = clock.today() - datetime.timedelta(days=1)
        hearing.save(update_fields=["deadline"])

    def close_hearing(self, by, case):
        hearings.close_hearing(self.case(case), **self.by(by))

    def hearing(self, case):
        return self.case(case).hearings.order_by("-id").first()

    # --- The project ----------------------------------------------------------------------------------

    def start(self, by, case):
        decisions.start(self.case(case), **self.by(by))

    def report_finished(self, by, case, text):
        projects.report_finished(self.case(case), text=text, **self.by(by))

    def confirm_completion(self, by, case):
        decisions.confirm_completion(self.case(case), **self.by(by))

    # --- Meetings and who stays out -------------------------------------------------------------------

    def plan_meeting(self, by, days, chair):
        day = clock.today() + datetime.timedelta(days=days)
        self.meeting_ids.append(meetings.plan_meeting(day, self.people[chair], **self.by(by)).pk)

    def open_meeting(self, by, meeting):
        meetings.open_meeting(self.meeting(meeting), **self.by(by))

    def close_meeting(self, by, meeting):
        meetings.close_meeting(self.meeting(meeting), **self.by(by))

    def add_item(self, by, meeting, case):
        meetings.add_item(self.meeting(meeting), case=self.case(case), **self.by(by))

    def remove_item(self, by, meeting, item):
        meetings.remove_item(self.item(meeting, item), **self.by(by))

    def set_out(self, by, meeting, item, person, reason):
        meetings.set_out(self.item(meeting, item), person=self.people[person], reason=reason, **self.by(by))

    def report_disqualification(self, by, case, reason):
        meetings.report_disqualification(self.case(case), reason=reason, **self.by(by))

    def decide_disqualification(self, by, case, person, out, mayor):
        question = Disqualification.objects.get(case=self.case_ids[case], person=self.people[person])
        meetings.decide_disqualification(question, out=out, reason="Vurderet.", mayor=mayor, **self.by(by))

    # --- The board ------------------------------------------------------------------------------------

    def put_down(self, by, meeting, item, what):
        decisions.put_down(self.item(meeting, item), **self.decision(what), **self.by(by))

    def take_back(self, by, meeting, item):
        rows = ProvisionalDecision.objects.select_related("item__meeting", "item__case")
        row = rows.filter(item=self.item(meeting, item)).first()
        if row is None:
            raise Refusal("nothing was ever put down on it")
        decisions.take_back(row, **self.by(by))

    def carry_out(self, by, meeting, items):
        chosen = [self.item(meeting, item) for item in items]
        decisions.carry_out(self.meeting(meeting), chosen, **self.by(by))

    def decide_now(self, by, case, what):
        row = self.case(case)
        item = self.standing_item(row)
        made = item is None
        if made:
            item = meetings.open_meeting_now(by, row, self.operation)
        decisions.decide_at_once(item, **self.decision(what), **self.by(by))
        if made:
            meetings.close_meeting(item.meeting, **self.by(by))
            self.meeting_ids.append(item.meeting_id)

    def standing_item(self, case):
        """The undecided item of the case in an open meeting, the first made first."""
        rows = case.agenda_items.filter(removed_at=None, decision=None, meeting__state=Meeting.State.OPEN)
        return rows.select_related("meeting", "case").order_by("meeting_id", "id").first()

    def decision(self, what) -> dict:
        """What `put_down` takes."""
        return {
            "kind": what["kind"],
            "reason": what["reason"],
            "grants": [Grant(self.pool, year, *amounts) for year, amounts in what["grants"].items()],
            "political": [Condition(CONDITIONS[kind], "Takst") for kind in what["conditions"]],
            "until": clock.today() + datetime.timedelta(days=90) if what["kind"] == "postpone" else None,
            "passed_over_reason": "Den haster." if what.get("passes_over") else "",
        }

    def record_outcome(self, by, case, condition, met, converted):
        number, kind = condition
        standing = conditions.standing([self.case_ids[case]])[self.case_ids[case]]
        row = next(r for r in standing if (r.decision.number, r.kind) == (number, CONDITIONS[kind]))
        decisions.record_outcome(
            row, met=met, committee="Byrådet", on=clock.today(), item="12",
            converted={FIRST_YEAR: 1} if converted else None, **self.by(by),
        )  # fmt: skip

    def write_request(self, by, case, year, difference):
        wanted = [requests.Difference(self.pool, year, difference)]
        requests.write_request(self.case(case), why="Dyrere.", differences=wanted, **self.by(by))

    def send_request(self, by, case):
        requests.send_request(requests.open_request(self.case(case)), **self.by(by))

    def give_opinion(self, by, case, opinion):
        requests.give_opinion(requests.open_request(self.case(case)), opinion=opinion, **self.by(by))

    def withdraw_request(self, by, case):
        requests.withdraw_request(requests.open_request(self.case(case)), **self.by(by))

    # --- Money ----------------------------------------------------------------------------------------

    def allocate_year(self, by, year, amounts):
        wanted = {self.case(case): amount for case, amount in amounts.items()}
        decisions.allocate(self.pool, year, wanted, **self.by(by))

    def spend(self, by, case, year, oere):
        given.spend(self.pool, self.case(case), year, oere)

    def book(self, by, kind, year, amount):
        acts = {
            "budget": ledger.book_budget, "supplement": ledger.supplement,
            "cut": ledger.cut, "adopt": ledger.adopt_year,
        }  # fmt: skip
        acts[kind](self.pool, year, amount, books.COUNCIL, **self.by(by))

    def return_unspent(self, by, case, year, amount):
        ledger.return_unspent(self.pool, year, self.case(case), amount, reason="Rest", **self.by(by))

    def carry_over(self, by, case, year, available, reserved, allocated):
        of_case = {"reserved": reserved, "allocated": allocated}
        what = {kind: {self.case(case): amount} for kind, amount in of_case.items() if amount}
        ledger.carry_over(self.pool, year, books.COUNCIL, available=available, **what, **self.by(by))

    def close_year(self, by, year, carried):
        ledger.close_year(self.pool, year, books.COUNCIL, carried=carried, **self.by(by))

    def correct_act(self, by, number):
        moved = list(Operation.objects.filter(movements__pool=self.pool).distinct().order_by("at"))
        ledger.correct(moved[number], reason="Fejl", **self.by(by))
