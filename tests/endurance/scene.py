"""The people, pools and cases that are written on, made by the rules before anybody begins."""

from dataclasses import dataclass, field
from itertools import count

from businesscases.models import BusinessCase
from innovation_pool.accounts.models import User
from innovation_pool.permissions import Role
from pool.decisions import Grant
from pool.models import Pool
from tests import factories
from tests.pool import given

YEAR = 2021
MILLION = 1_000_000
_names = count(1)


@dataclass
class Scene:
    """A pool of everybody's, with cases to allocate to, cases to decide on and drafts to write."""

    pool: Pool
    approved: list[BusinessCase] = field(default_factory=list)
    ready: list[BusinessCase] = field(default_factory=list)
    drafts: list[BusinessCase] = field(default_factory=list)


class Setting:
    """Makes cases of one department and owner of the gains, so that many are made quickly."""

    def __init__(self):
        self.department = factories.department()
        self.shared = {"department": self.department, "benefit_owner": factories.person()}

    def pool(self, amount: int, *later: int) -> Pool:
        """A pool with a year adopted, and perhaps later ones."""
        years = {YEAR + place: kroner for place, kroner in enumerate((amount, *later))}
        return given.a_pool(adopted=years, number=f"UD-{next(_names):03d}")

    def ready(self, pool: Pool, amount: int, owner: User | None = None) -> BusinessCase:
        """A case that asks the pool for the amount in the year and is ready for decision."""
        found = pool.round_links.first()
        of_round = found.round if found else given.a_round(pool)
        return given.ready_case(
            asked={YEAR: amount}, owner=owner or factories.person(), round=of_round, **self.shared
        )

    def approved(self, pool: Pool, amount: int) -> BusinessCase:
        """A case with the amount reserved in the year."""
        case = self.ready(pool, amount)
        given.approve(case, [Grant(pool, YEAR, amount)])
        return case

    def draft(self, owner: User) -> BusinessCase:
        return factories.draft(owner=owner, department=self.department)


def people(role: Role, number: int) -> list[User]:
    """So many new people of a role."""
    return [factories.person(role) for _ in range(number)]


def mixed(setting: Setting, writers: list[User], *, approved: int = 4, ready: int = 12) -> Scene:
    """What a mixed load works on: much reserved money, some cases to decide, a draft for each writer."""
    scene = Scene(setting.pool(100 * MILLION, MILLION))
    scene.approved = [setting.approved(scene.pool, MILLION) for _ in range(approved)]
    scene.ready = [setting.ready(scene.pool, 100_000) for _ in range(ready)]
    scene.drafts = [setting.draft(owner) for owner in writers]
    return scene
