"""What the board decides: provisional decisions, carrying them out, and the acts that need no meeting.

Each act moves case and money together, or neither.
"""

from pool.decisions.allocating import allocate
from pool.decisions.carrying_out import CannotCarryOut, carry_out, decide_at_once
from pool.decisions.funding import (
    CaseFunding,
    Funding,
    asked_by_year,
    funding_of,
    possible_pools,
    suggested_grants,
    unspent_of,
)
from pool.decisions.in_force import decisions_in_force, open_conditions
from pool.decisions.outcomes import record_outcome
from pool.decisions.projects import confirm_completion, start
from pool.decisions.provisional import put_down, take_back
from pool.decisions.provisional_effects import (
    AfterProvisional,
    Misfit,
    after_provisional,
    standing_provisional,
)
from pool.decisions.requirements import operation_years, required_conditions
from pool.decisions.terms import Condition, Grant, kinds_open_to, needs_reason
from pool.decisions.wording import grants_in_words, own_text_of, standard_text

__all__ = [
    "AfterProvisional",
    "CannotCarryOut",
    "CaseFunding",
    "Condition",
    "Funding",
    "Grant",
    "Misfit",
    "after_provisional",
    "allocate",
    "asked_by_year",
    "carry_out",
    "confirm_completion",
    "decide_at_once",
    "decisions_in_force",
    "funding_of",
    "grants_in_words",
    "kinds_open_to",
    "needs_reason",
    "open_conditions",
    "operation_years",
    "own_text_of",
    "possible_pools",
    "put_down",
    "record_outcome",
    "required_conditions",
    "standard_text",
    "standing_provisional",
    "start",
    "suggested_grants",
    "take_back",
    "unspent_of",
]
