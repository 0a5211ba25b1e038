"""A case in each state that counts for who sees it, the people who may meet it, and words to look for.

Each hidden text holds a word of its own that is nowhere else, so that it can be looked for in whatever a
person can fetch.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from businesscases import checking, discussion, disqualification, documents, hearings, submission
from businesscases.models import (
    BusinessCase,
    Comment,
    Disqualification,
    Document,
    Endorsement,
    HearingPart,
    State,
    Subject,
)
from businesscases.saving import TypedSection, save_sections
from innovation_pool.accounts.models import User
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from pool import decisions, meetings
from pool.decisions import Condition, Grant
from pool.models import AgendaItem, DecisionCondition, DecisionKind, Meeting, Pool, SpendingDraft
from pool.models.decisions import ConditionKind
from pool.spending import keep_file
from tests import factories
from tests.pool import given

# The columns of the policy table, in its order.
PEOPLE = ("staff", "owner", "collaborator", "endorser", "finance", "secretariat", "board", "auditor",
          "administrator")  # fmt: skip
# The states that differ in who sees a case or may write in it.
STATES = ("draft", "returned", "in hearing", "approved")
POSTINGS = "Dato;Beløb;PSP-element;Tekst\r\n01-06-2021;100,00;XA-1;Faktura\r\n".encode()
# By state: what is hidden in its title, a text, a line, a document and a confidential document.
WORDS = {
    "draft": ("Ravnetitel", "Rørdrumtekst", "Lærkelinje", "Mejsedokument", "Skovugle"),
    "returned": ("Allikestitel", "Bekkasintekst", "Blishønelinje", "Bogfinkedokument", "Slørugle"),
    "in hearing": ("Hejretitel", "Islomtekst", "Knopsvanelinje", "Lommedokument", "Natugle"),
    "approved": ("Ryletitel", "Sneppetekst", "Stærelinje", "Sjaggerdokument", "Hornugle"),
}
COMMENTS = {
    "draft": "Gærdesmutte", "returned": "Rødhals", "in hearing": "Spurveord", "approved": "Solsortord",
}  # fmt: skip
# What each asks of the pool in 2021; whole kroner.
ASKED = {"draft": 617_000, "returned": 523_000, "in hearing": 419_000, "approved": 300_000}


@dataclass
class World:
    """Everything an address may name, by the state of the case it belongs to."""

    people: dict[str, User]
    cases: dict[str, BusinessCase]
    pool: Pool
    documents: dict[str, Document] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    part: HearingPart | None = None
    secret: str = ""
    endorsement: Endorsement | None = None
    question: Disqualification | None = None
    condition: DecisionCondition | None = None
    spending: SpendingDraft | None = None
    mail: OutboxMail | None = None

    def client(self, person: str) -> Client:
        """A browser in which the person is signed in; "anonymous" has only opened a hearing's link."""
        client = Client(raise_request_exception=False)
        if person == "anonymous":
            assert client.get(f"/hearing/{self.secret}/").status_code == 200
        else:
            client.force_login(self.people[person])
        return client


def make_world() -> World:
    """The world, made through the application's own rules."""
    people = {name: factories.person(name=f"{name.capitalize()} Hansen") for name in PEOPLE[:4]}
    people |= {name: factories.person(Role(name), name=f"{name.capitalize()} Hansen") for name in PEOPLE[4:]}
    pool = given.a_pool(adopted={2021: 900_000, 2022: 400_000})
    world = World(people, {}, pool)
    for state in STATES:
        world.cases[state] = _draft(world, state)
    factories.advance(world.cases["returned"], State.RETURNED)
    factories.advance(world.cases["in hearing"], State.IN_HEARING)
    factories.advance(world.cases["approved"], State.READY)
    given.approve(
        world.cases["approved"],
        [Grant(pool, 2021, 200_000)],
        political=[Condition(ConditionKind.SERVICE_LEVEL)],
    )
    _mend(world, "returned", "Gøgerettelse")
    _hear(world)
    _meet(world)
    for state, case in world.cases.items():
        case.refresh_from_db()
        text = f"Se på det her: {COMMENTS[state]}"
        world.comments[state] = discussion.add_comment(case, by=case.owner, text=text, operation=uuid4())
    world.endorsement = Endorsement.objects.filter(
        version__case=world.cases["in hearing"], person=people["endorser"]
    ).first()
    world.condition = DecisionCondition.objects.get()
    world.spending = keep_file(SimpleUploadedFile("poster.csv", POSTINGS), by=people["finance"])
    world.mail = OutboxMail.objects.filter(state=OutboxMail.State.DRAFT).first()
    return world


def _draft(world: World, state: str) -> BusinessCase:
    """A complete draft with a collaborator and two documents, one of them confidential."""
    owner = world.people["owner"]
    title, text, line, public, confidential = WORDS[state]
    case = factories.case(
        State.DRAFT,
        owner=owner,
        benefit_owner=world.people["endorser"],
        title=f"Sagen om {title}",
        description=f"Vi vil {text}.",
        lines=[
            (
                "investment",
                f"Udstyr {line}",
                "pool",
                False,
                [ASKED[state] // 1000, 200, None, None, None, None],
            ),
            ("cashable_gain", "Færre timer", "", True, [None, 300, 300, 300, 300, 300]),
        ],
        start_year=2021,
        price_level=2021,
        round=given.a_round(world.pool),
    )
    submission.add_collaborator(case, world.people["collaborator"], by=owner, operation=uuid4())
    if state == "in hearing":
        fields = {"profit_centre": "Finkecenter"}
        checking.keep_accounting(case, by=owner, fields=fields, operation=uuid4())
    for name, hidden in ((public, False), (confidential, True)):
        upload = SimpleUploadedFile(f"{name}.txt", f"Indhold af {name}".encode())
        document, _new = documents.add_document(case, upload, by=owner, confidential=hidden)
        world.documents[f"{state}, confidential" if hidden else state] = document
    return case


def _mend(world: World, state: str, word: str) -> None:
    """The owner changes a text of a returned case, and does not submit it."""
    case = world.cases[state]
    revision = case.section_revisions.get(Subject.DESCRIPTION.value, 0)
    typed = TypedSection(Subject.DESCRIPTION, {"description": f"Rettet: {word}."}, revision)
    assert save_sections(case, [typed], by=case.owner, operation=uuid4()).changed


def _hear(world: World) -> None:
    """One body has answered; its link is the one a stranger holds."""
    case, by = world.cases["in hearing"], world.people["secretariat"]
    hearing = hearings.open_hearing_of(case)
    world.part = hearing.parts.filter(passed_over_reason="").first()
    world.secret = hearings.new_link(world.part, by=by, operation=uuid4())
    text = "Vi siger Svalesvar."
    hearings.record_answer(world.part, text=text, answered_by="Formanden", by=by, operation=uuid4())
    member = factories.person(Role.BOARD, name="Birte Sidemand")
    world.question = disqualification.report(
        case, by=member, reason="Min søster hedder Vibeinhabil", operation=uuid4()
    )


def _meet(world: World) -> None:
    """An open meeting with a provisional decision on the approved case, and an item of its own."""
    by = world.people["secretariat"]
    meeting = given.plan_meeting()
    world.item = meetings.add_item(meeting, by=by, operation=uuid4(), case=world.cases["approved"])
    meetings.add_item(
        meeting, by=by, operation=uuid4(), title="Punktet Ørnepunkt", recommendation="At Musvitindstilling."
    )
    world.meeting = meetings.open_meeting(meeting, by=by, operation=uuid4())
    world.item.refresh_from_db()
    decisions.put_down(
        world.item,
        kind=DecisionKind.CHANGE_OF_GRANT,
        by=by,
        operation=uuid4(),
        text="Bevillingen ændres: Falkeforeløbig.",
        reason="Fordi Duehøgsgrund.",
        grants=[Grant(world.pool, 2021, -1_000)],
    )
