"""Pages of the pool, its money and the board's meetings: fetch and check, form, one act, redirect."""
