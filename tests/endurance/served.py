"""The application behind gunicorn, as the Dockerfile serves it, on a free port of this machine."""

import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.benchmarks.start import free_port

PATIENCE = 60
# gunicorn imports this file as its configuration, too: each worker leaves its number in this folder.
FOLDER = "ENDURANCE_WORKERS"


def post_fork(server, worker) -> None:
    """Called by gunicorn in a new worker."""
    Path(os.environ[FOLDER], str(worker.pid)).touch()


def child_exit(server, worker) -> None:
    """Called by gunicorn when a worker is gone, killed or not."""
    Path(os.environ[FOLDER], str(worker.pid)).unlink(missing_ok=True)


class Served:
    """A running gunicorn; ends with the `with` block."""

    def __init__(self, database_url: str, workers: int):
        self.folder = Path(tempfile.mkdtemp(prefix="innovation-endurance-"))
        (self.folder / "workers").mkdir()
        self.wanted = workers
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "gunicorn", "innovation_pool.wsgi", "--no-control-socket"]
        command += ["--workers", f"{workers}", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        command += ["--config", "python:tests.endurance.served", "--worker-tmp-dir", f"{self.folder}"]
        environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.endurance.settings",
            "DEMO": "1",
            # Of its own: a worker that takes another's place must know the sessions of the one before.
            "SECRET_KEY": secrets.token_urlsafe(50),
            "BASE_URL": self.base,
            "MEDIA_ROOT": f"{self.folder / 'media'}",
            FOLDER: f"{self.folder / 'workers'}",
        }
        self.log, self._log = self.folder / "log", None
        with self.log.open("wb") as log:
            self.master = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def __enter__(self) -> "Served":
        began = time.monotonic()
        while self.health() != 200 or len(self.workers()) < self.wanted:
            if self.master.poll() is not None or time.monotonic() - began > PATIENCE:
                self.stop()
                raise RuntimeError(f"gunicorn does not answer:\n{self.written()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def stop(self) -> None:
        self.master.send_signal(signal.SIGTERM)
        self.master.wait(timeout=PATIENCE)
        # What it wrote is asked for afterwards as well; its folder does not stay on the machine.
        self._log = self.written()
        shutil.rmtree(self.folder)

    def written(self) -> str:
        """What the server has written to its log."""
        if self._log is not None:
            return self._log
        return self.log.read_text(encoding="utf-8", errors="replace")

    def errors(self) -> list[str]:
        """Lines of the log that tell of an error nobody foresaw, a deadlock among them."""
        lines = self.written().splitlines()
        return [line for line in lines if "Internal Server Error" in line or "deadlock detected" in line]

    def health(self) -> int:
        """The status of /healthz; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.base}/healthz", timeout=PATIENCE) as page:
                return page.status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return 0

    def workers(self) -> set[int]:
        """The numbers of the processes that answer."""
        return {int(file.name) for file in (self.folder / "workers").iterdir()}

    def kill_a_worker(self, dice: random.Random) -> int:
        """kill -9 of one of them; its number."""
        [chosen] = dice.sample(sorted(self.workers()), 1)
        os.kill(chosen, signal.SIGKILL)
        return chosen
