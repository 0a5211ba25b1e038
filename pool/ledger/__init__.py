"""The only code that moves money.

`council` books what the council decides, `closing` goes from year to year, `grants` is the board's,
`returns` and `corrections` are finance's; each makes up a `Posting` under the one `lock`. `chain` and
`reads` only read.
"""

from pool.ledger.authority import Authority
from pool.ledger.balances import Place
from pool.ledger.chain import Head, head
from pool.ledger.closing import carry_over, close_pool, close_year
from pool.ledger.corrections import correct, correctable
from pool.ledger.council import (
    adopt_year,
    book_budget,
    booked_budget,
    cut,
    give_appropriation,
    regulate_prices,
    supplement,
)
from pool.ledger.grants import allocate, cover, end_grants, fall_away, release, reserve, write_down_unfunded
from pool.ledger.locking import Locked, lock
from pool.ledger.posting import Posting, deciding, posting
from pool.ledger.reads import (
    Standing,
    ahead_of,
    balance,
    free_for,
    pool_state,
    pools_of,
    require_unmoved,
    standing_unfunded,
    unfunded,
    unspent,
    unspent_of,
)
from pool.ledger.refusals import Moved, NotEnough, NotLocked
from pool.ledger.returns import (
    needing_effect,
    register_effect,
    return_unspent,
    settle_completion,
    waiting_for_effect,
)

__all__ = [
    "Authority",
    "Head",
    "Locked",
    "Moved",
    "NotEnough",
    "NotLocked",
    "Place",
    "Posting",
    "Standing",
    "adopt_year",
    "ahead_of",
    "allocate",
    "balance",
    "book_budget",
    "booked_budget",
    "carry_over",
    "close_pool",
    "close_year",
    "correct",
    "correctable",
    "cover",
    "cut",
    "deciding",
    "end_grants",
    "fall_away",
    "free_for",
    "give_appropriation",
    "head",
    "lock",
    "needing_effect",
    "pool_state",
    "pools_of",
    "posting",
    "register_effect",
    "regulate_prices",
    "release",
    "require_unmoved",
    "reserve",
    "return_unspent",
    "settle_completion",
    "standing_unfunded",
    "supplement",
    "unfunded",
    "unspent",
    "unspent_of",
    "waiting_for_effect",
    "write_down_unfunded",
]
