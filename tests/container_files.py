"""Reads the container's files as data: a Dockerfile's stages and steps, a lock's pins."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

_PIN = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.+!-]+)"
    r"(?P<marker> ;[^-]*(?:-(?!-)[^-]*)*)?"
    r"(?P<hashes>(?: +--hash=\S+)*)"
)


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile, its continued lines joined."""

    word: str
    rest: str


@dataclass(frozen=True)
class Stage:
    """Everything from one ``FROM`` to the next."""

    base: str
    name: str
    steps: tuple[Step, ...]

    def of(self, word: str) -> list[str]:
        """What follows each of the instructions with this word."""
        return [step.rest for step in self.steps if step.word == word]


def read_stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", "", lines)
    stages: list[tuple[str, str, list[Step]]] = []
    for line in filter(None, (line.strip() for line in joined.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            stages.append((base, name, []))
        else:
            stages[-1][2].append(Step(word, rest.strip()))
    return [Stage(base, name, tuple(steps)) for base, name, steps in stages]


def environment_of(stage: Stage) -> dict[str, str]:
    """What ``ENV`` sets."""
    return dict(pair.split("=", 1) for rest in stage.of("ENV") for pair in shlex.split(rest))


def copied_from_here(stage: Stage) -> list[tuple[list[str], str]]:
    """What ``COPY`` takes from the repository, and where to."""
    found = [shlex.split(rest) for rest in stage.of("COPY") if not rest.startswith("--from=")]
    return [(words[:-1], words[-1]) for words in found]


@dataclass(frozen=True)
class Pin:
    """One package of a lock, at one version, for some machines."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read_pins(text: str) -> list[Pin]:
    """The packages of a lock. Raises ValueError for a line that is no pin."""
    pins: list[Pin] = []
    for line in filter(None, (line.strip() for line in re.sub(r"\\\n", " ", text).splitlines())):
        found = re.match(
            r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.+!-]+)(?P<marker> ;[^-]*(?:-(?!-)[^-]*)*)?(?P<hashes>( +--hash=\S+)*)$",
            line,
        )
        if found is None:
            raise ValueError(f"is no pin: {line[:80]}")
        pins.append(Pin(found["name"], found["version"], tuple(re.findall(r"--hash=(\S+)", found["hashes"]))))
    return pins
