"""Many writers through real forms: `python -m tests.endurance.writers --writers 32 --seconds 20`."""

import argparse
import sys

from tests.endurance import alone  # isort: skip  (sets Django up)
from tests.endurance.report import ended
from tests.endurance.served import Served
from tests.endurance.writing import race_and_load

if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--writers", type=int, default=32)
    options.add_argument("--seconds", type=float, default=20, help="of the mixed load after the races")
    options.add_argument("--workers", type=int, default=4, help="of gunicorn")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with Served(alone.prepared(), chosen.workers) as served:
        run = race_and_load(served, chosen.writers, chosen.seconds, chosen.seed)
    sys.exit(ended(run.wrong))
