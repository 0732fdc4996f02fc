"""What the product needs is in the repository: nothing below its rooms is left out by an ignore rule."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "adapters", "commands", "storage", "tests", "benchmarks", "docs")


def test_nothing_that_the_product_needs_is_ignored() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so there is nothing to compare with")
    listed = subprocess.run(
        [git, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *ROOMS],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        timeout=30,
    )
    ignored = [name for name in listed.stdout.split("\0") if name and not name.endswith(".pyc")]
    assert ignored == []
