"""From nothing to the first page, with two workers, and what they weigh: `python -m tests.benchmarks.start`.

Starts gunicorn as the Dockerfile does, on a free port, and asks for the sign-in page.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROUNDS = 5
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def shown(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return page.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def shared_kb(pid: int) -> int:
    """Proportional set size: what is shared between the processes is counted once in all."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def weight_mb(master: int) -> float:
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="utf-8").split()
    return sum(shared_kb(pid) for pid in (master, *map(int, children))) / 1024


def once() -> tuple[float, float]:
    """Seconds to the first page, and megabytes then."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "innovation_pool.wsgi", "--workers", "2"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    began = time.perf_counter()
    server = subprocess.Popen(command, env={**os.environ, "DEMO": "1"})
    try:
        while not shown(f"http://127.0.0.1:{port}/accounts/login/"):
            if time.perf_counter() - began > PATIENCE:
                raise SystemExit("No page within half a minute.")
            time.sleep(0.01)
        return time.perf_counter() - began, weight_mb(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE)


if __name__ == "__main__":
    times, weights = zip(*(once() for _round in range(ROUNDS)), strict=True)
    print(f"{statistics.median(times):.2f} s to the first page (limit 1), "
          f"{statistics.median(weights):.0f} MB with two workers (limit 160)")  # fmt: skip
