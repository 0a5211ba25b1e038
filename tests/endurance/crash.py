"""kill -9 of workers and of PostgreSQL under load: `python -m tests.endurance.crash --seconds 30`."""

import argparse
import sys

from tests.endurance import alone  # isort: skip  (sets Django up)
from tests.endurance.crashing import crash
from tests.endurance.report import ended
from tests.endurance.served import Served

if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--writers", type=int, default=12)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--workers", type=int, default=3, help="of gunicorn")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--like", default="", help="an empty PostgreSQL database to begin as a copy of")
    chosen = options.parse_args()
    with Served(alone.prepared(chosen.like), chosen.workers) as served:
        run = crash(served, alone.POSTGRES, chosen.writers, chosen.seconds, chosen.seed)
    sys.exit(ended(run.wrong))
