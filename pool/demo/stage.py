"""The steps of a case as the people of the demo take them, each by the ordinary rules.

A step is told with its moment and kept until the story is played: then all steps, of both pools, are taken
in the order of time. So whatever is numbered or chained comes out as it would have.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from businesscases import checking, discussion, endorsements, hearings, mails, projects, submission
from businesscases.models import BusinessCase, Round, Subject
from innovation_pool import clock
from innovation_pool.accounts.models import User
from pool import decisions, ledger, meetings
from pool.demo.foundations import Foundations, make_round
from pool.demo.told import ToldCase, save, write
from pool.models import Movement, Pool, SpendingRule
from pool.pools import create_pool
from pool.spending import import_spending, keep_file

Moment = datetime.datetime
ANSWER = "Set efter. Grundlaget er vedlagt sagen, og ejeren har forklaret det."
PASSED_OVER = "Sagen ændrer intet for dem, rådet repræsenterer."
MATERIAL = (
    "Sagen, dens økonomi og de ændringer i hverdagen, den fører med sig. Vi beder især om jeres syn på "
    "konsekvenserne for borgere og medarbejdere."
)


def step(take: Callable) -> Callable:
    """Keeps the step, with its moment, until the story is played."""

    @wraps(take)
    def later(self: "Stage", at: Moment, *args, **fields) -> None:
        self.script.append((at, len(self.script), partial(take, self, *args, **fields)))

    return later


@dataclass
class Stage:
    """A pool, the people who work with it, its cases and rounds by name, and what is to happen."""

    ground: Foundations
    script: list[tuple[Moment, int, Callable]]
    cases: dict[str, BusinessCase]
    rounds: dict[str, Round] = field(default_factory=dict)
    pool: Pool | None = None

    def who(self, username: str) -> User:
        return self.ground.people[username]

    def case(self, name: str) -> BusinessCase:
        """The case as it is now."""
        case = self.cases[name]
        case.refresh_from_db()
        return case

    def play(self) -> int:
        """Takes every step in the order of time; how many there were."""
        for at, _order, take in sorted(self.script, key=lambda row: row[:2]):
            with clock.at(at):
                take()
        return len(self.script)

    # --- The pool -------------------------------------------------------------------------------

    @step
    def pool_made(self, form: dict[int, dict], **fields) -> None:
        department = self.ground.departments["Direktionen"]
        self.pool = create_pool(
            by=self.who("oekonomi"),
            operation=uuid4(),
            form=form,
            committee=department.committee,
            department=department,
            **fields,
        )

    @step
    def booked(self, act: Callable, year: int, *args, **fields) -> None:
        """One of the council's acts of the ledger, booked by finance: `act(pool, year, …)`."""
        act(self.pool, year, *args, by=self.who("oekonomi"), operation=uuid4(), **fields)

    @step
    def round_made(self, name: str, title: str, opens, deadline, meeting) -> None:
        self.rounds[name] = make_round(title, self.pool, opens, deadline, meeting)

    # --- The case -------------------------------------------------------------------------------

    @step
    def written(self, name: str, told: ToldCase, round: str) -> None:
        first = self.pool.first_year
        self.cases[name] = write(told, self.ground, first_year=first, round=self.rounds[round])

    @step
    def mended(self, name: str, line: str, **cells) -> None:
        """The owner changes cells of a line."""
        case = self.case(name)
        key = case.lines.get(text=line).key.hex
        save(case, {Subject.ECONOMY: {f"{key}.{column}": value for column, value in cells.items()}})

    @step
    def submitted(self, name: str) -> None:
        case = self.case(name)
        submission.submit(case, by=case.owner, operation=uuid4())

    @step
    def endorsed(self, name: str, *, but: Iterable[str] = ()) -> None:
        """Everybody who was asked says yes, but those named."""
        for row in endorsements.not_given(self.case(name).versions.latest("number")):
            if row.person.username not in but:
                endorsements.endorse(row, by=row.person, yes=True, operation=uuid4())

    @step
    def checked(self, name: str, *, note: str = "", fields: dict | None = None) -> None:
        """Finance fills its record, ticks what the system finds, and answers each finding."""
        by, case = self.who("oekonomi"), self.case(name)
        if fields:
            checking.keep_accounting(case, by=by, fields=fields, operation=uuid4())
        version = case.versions.latest("number")
        checking.confirm_figures(
            case,
            by=by,
            ticks={row.criterion.pk: (bool(row.met), row.note) for row in checking.suggestions(version)},
            answers={finding.code: ANSWER for finding in checking.findings(version)},
            note=note,
            operation=uuid4(),
        )

    @step
    def returned(self, name: str, reason: str, by: str = "oekonomi") -> None:
        submission.return_case(self.case(name), by=self.who(by), reason=reason, operation=uuid4())

    @step
    def withdrawn(self, name: str, reason: str) -> None:
        case = self.case(name)
        submission.withdraw(case, by=case.owner, reason=reason, operation=uuid4())

    # --- The hearing ----------------------------------------------------------------------------

    @step
    def not_heard(self, name: str, reason: str) -> None:
        hearings.no_hearing(self.case(name), by=self.who("sekretariat"), reason=reason, operation=uuid4())

    @step
    def heard(self, name: str, deadline: datetime.date, *bodies: str) -> None:
        """Opens the hearing; who is heard by law and not named is passed over with the reason."""
        asked = [self.ground.bodies[body] for body in bodies]
        opened = hearings.open_hearing(
            self.case(name),
            by=self.who("sekretariat"),
            bodies=asked,
            passed_over={body: PASSED_OVER for body in hearings.by_law() if body not in asked},
            deadline=deadline,
            material=MATERIAL,
            operation=uuid4(),
        )
        mails.tell_bodies(opened.hearing, opened.secrets)

    @step
    def answered(self, name: str, body: str, text: str) -> None:
        """An answer that came through the body's own link."""
        part = hearings.open_hearing_of(self.case(name)).parts.get(body=self.ground.bodies[body])
        hearings.record_answer(part, text=text, answered_by=f"Formanden, {body}", operation=uuid4())

    @step
    def hearing_closed(self, name: str) -> None:
        hearings.close_hearing(self.case(name), by=self.who("sekretariat"), operation=uuid4())

    # --- The talk -------------------------------------------------------------------------------

    @step
    def said(self, name: str, by: str, text: str, *, section: str = "", answers: bool = False) -> None:
        """A remark, or an answer to the latest one."""
        case = self.case(name)
        earlier = case.comments.order_by("-id").first() if answers else None
        discussion.add_comment(
            case, by=self.who(by), text=text, section=section, answers=earlier, operation=uuid4()
        )

    @step
    def out(self, name: str, by: str, reason: str) -> None:
        """Somebody asks whether they are disqualified; the chair has not answered."""
        meetings.report_disqualification(self.case(name), by=self.who(by), reason=reason, operation=uuid4())

    # --- The project ----------------------------------------------------------------------------

    @step
    def started(self, name: str) -> None:
        case = self.case(name)
        decisions.start(case, by=case.owner, operation=uuid4())

    @step
    def reported(self, name: str, standing: str, text: str, ahead: str) -> None:
        case = self.case(name)
        told = {"standing": standing, "text": text, "ahead": ahead}
        projects.report_status(case, by=case.owner, **told, operation=uuid4())

    @step
    def finished(self, name: str, text: str) -> None:
        case = self.case(name)
        projects.report_finished(case, by=case.owner, text=text, operation=uuid4())

    @step
    def completed(self, name: str, note: str) -> None:
        decisions.confirm_completion(self.case(name), by=self.who("oekonomi"), operation=uuid4(), note=note)

    @step
    def politicians_said(self, name: str, met: bool, committee: str, on: datetime.date, item: str) -> None:
        for condition in decisions.open_conditions(self.case(name)):
            decisions.record_outcome(
                condition,
                met=met,
                committee=committee,
                on=on,
                item=item,
                by=self.who("oekonomi"),
                operation=uuid4(),
            )

    # --- The money ------------------------------------------------------------------------------

    @step
    def allocated(self, year: int, amounts: Mapping[str, int], *, by: str = "direktion") -> None:
        wanted = {self.case(name): amount for name, amount in amounts.items()}
        decisions.allocate(self.pool, year, wanted, by=self.who(by), operation=uuid4())

    @step
    def effected(self, voucher: str) -> None:
        """Finance registers the transfer behind everything that waits for one in this pool."""
        waiting: list[Movement] = list(ledger.waiting_for_effect().filter(pool=self.pool))
        ledger.register_effect(
            waiting,
            transferred_from=self.pool.profit_centre,
            transferred_to="Sagernes profitcentre",
            voucher=voucher,
            on=clock.today(),
            by=self.who("oekonomi"),
            operation=uuid4(),
        )

    @step
    def spent(self, file_name: str, *postings: tuple[str, datetime.date, int, str, str]) -> None:
        """A file of the finance system, imported: (case, day, kroner, voucher, text) of each posting."""
        rows, answers = ["Dato;Bilag;PSP-element;Beløb;Tekst"], {}
        for name, day, kroner, voucher, text in postings:
            case = self.case(name)
            account = case.reference.replace("BC", "XA")
            rows.append(f"{day:%d-%m-%Y};{voucher};{account};{kroner},00;{text}")
            if not SpendingRule.objects.filter(account=account).exists():
                answers[account] = f"{self.pool.pk}-{case.pk}"
        by = self.who("oekonomi")
        import_spending(
            keep_file(SimpleUploadedFile(file_name, "\n".join(rows).encode("utf-8")), by=by),
            control_total_oere=sum(posting[2] for posting in postings) * 100,
            answers=answers,
            by=by,
            operation=uuid4(),
        )
