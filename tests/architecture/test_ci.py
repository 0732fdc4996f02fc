"""``.ci/run`` on a machine with few programs: what it calls, and how it ends."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


class Machine:
    """A machine with few programs, on which ``.ci/run`` runs: it tells what was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "programs"
        self.calls = folder / "calls"
        self.programs.mkdir()
        (folder / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
        for name in ("bash", "dirname"):
            found = shutil.which(name)
            assert found is not None
            (self.programs / name).symlink_to(found)

    def has(self, name: str, does: str = "") -> None:
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.calls}\n{does}\n', "utf-8")
        program.chmod(0o755)

    def run(self) -> tuple[int, list[str], str]:
        ended = subprocess.run(
            [str(self.folder / ".ci" / "run")],
            env={"PATH": str(self.programs)}, capture_output=True, text=True, check=False, timeout=30,
        )  # fmt: skip
        calls = self.calls.read_text("utf-8").splitlines() if self.calls.exists() else []
        return ended.returncode, calls, ended.stdout + ended.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if not os.access(ROOT / ".ci" / "run", os.X_OK):
        pytest.fail(".ci/run cannot be executed")
    return Machine(tmp_path)


def test_ci_checks_and_tests(machine: Machine) -> None:
    machine.has("chromium")
    machine.has("make", 'test "$CI" = true')

    assert machine.run()[:2] == (0, ["make check", "make test"])


def test_ci_fails_where_one_fails_and_still_runs_the_other(machine: Machine) -> None:
    machine.has("chromium")
    machine.has("make", 'test "$1" = test')
    status, calls, told = machine.run()

    assert status == 1
    assert calls == ["make check", "make test"]
    assert "Failed: check" in told


def test_ci_brings_a_browser_where_it_can(machine: Machine) -> None:
    machine.has("make")
    machine.has("apt-get")
    machine.has("id", "echo 0")
    status, calls, _ = machine.run()

    assert status == 0
    assert calls[0] == "id -u"
    assert calls[1] == "apt-get update"
    assert calls[2].startswith("apt-get install --yes --no-install-recommends chromium")


def test_ci_says_what_is_missing_where_it_is_not_root(machine: Machine) -> None:
    machine.has("make")
    machine.has("apt-get")
    machine.has("id", "echo 1000")
    status, calls, told = machine.run()

    assert status == 0
    assert calls == ["id -u", "make check", "make test"]
    assert "needs root" in told
