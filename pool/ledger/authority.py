"""On whose word money enters or leaves a pool."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from innovation_pool.refusals import Refusal


@dataclass(frozen=True)
class Authority:
    """A decision of the council, or of the committee it authorised: who, when, which item, which case."""

    body: str
    date: datetime.date
    item: str = ""
    case_number: str = ""

    def __post_init__(self):
        if not self.body.strip() or self.date is None:
            raise Refusal(
                _("Say which political body decided it, and on which date."), field="authority_body"
            )
