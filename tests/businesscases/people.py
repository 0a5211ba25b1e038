"""A case and everybody who may meet it: the columns of the grids."""

from uuid import uuid4

from businesscases import submission
from businesscases.models import BusinessCase, CaseWriter, State
from innovation_pool.accounts.models import User
from innovation_pool.permissions import Role
from tests import factories

PEOPLE = (
    "owner",
    "collaborator",
    "former collaborator",
    "other staff",
    "endorser",
    "finance",
    "finance who wrote",
    "finance and board who confirmed",
    "secretariat",
    "board",
    "board who wrote",
    "auditor",
    "administrator",
)


def case_with_everybody() -> tuple[BusinessCase, dict[str, User]]:
    """A case that has been through submission and control, and its people by the names of `PEOPLE`."""
    people = {
        "owner": factories.person(),
        "collaborator": factories.person(),
        "former collaborator": factories.person(),
        "other staff": factories.person(),
        "endorser": factories.person(),
        "finance": factories.person(Role.FINANCE),
        "finance who wrote": factories.person(Role.FINANCE, Role.STAFF),
        "finance and board who confirmed": factories.person(Role.FINANCE, Role.BOARD),
        "secretariat": factories.person(Role.SECRETARIAT),
        "board": factories.person(Role.BOARD),
        "board who wrote": factories.person(Role.BOARD, Role.STAFF),
        "auditor": factories.person(Role.AUDITOR),
        "administrator": factories.person(Role.ADMINISTRATOR),
    }
    case = factories.case(owner=people["owner"], benefit_owner=people["endorser"])
    for name in ("collaborator", "former collaborator", "finance who wrote", "board who wrote"):
        submission.add_collaborator(case, people[name], by=case.owner, operation=uuid4())
    for name in ("former collaborator", "finance who wrote", "board who wrote"):
        submission.remove_collaborator(case, people[name], by=case.owner, operation=uuid4())
    factories.submit(case)
    factories.confirm_figures(case, by=people["finance and board who confirmed"])
    assert case.writers.filter(part=CaseWriter.Part.COLLABORATOR, until=None).count() == 1
    return case, people


def put(case: BusinessCase, state: State) -> BusinessCase:
    """The case in the state, without the way there: a grid asks what may be done, not how it came."""
    BusinessCase.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case
