"""What the stories of every platform share: the people of a small town as a roster, and where the service is to run."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.end_to_end.houses import House, brobygger, service

SECTORS = ("kommune", "civilsamfund", "fond", "erhvervsliv")


class Somebody(Protocol):
    """Anybody with an account."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


def roster(people: Sequence[Somebody], account: str) -> str:
    """The people as a file for ``brobygger members import``. ``account``: the column with their ids."""
    head = f"id;navn;organisation;sektor;temaer;behov;tilbud;sprog;{account}\n"
    return head + "".join(
        f"{number};{one.name};Organisation {number};{sector};ensomhed;lokaler|data;frivillige|penge;da;{one.id}\n"
        for number, (one, sector) in enumerate(zip(people, SECTORS, strict=True))
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is to run, and its settings."""

    folder: Path
    port: int
    settings: dict[str, str]

    @asynccontextmanager
    async def open(self, *, from_nothing: bool = False) -> AsyncGenerator[House, None]:
        """The service, until the block ends. ``from_nothing``: nothing is loaded before."""
        async with service(self.folder, self.port, from_nothing=from_nothing, **self.settings) as house:
            yield house

    def line(self, *words: str) -> str:
        """One call of the command line; what it said."""
        done = brobygger(self.folder, *words, **self.settings)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def brings_in(self, written: str, people: int) -> None:
        """A roster, before the first start; how many it is to add."""
        (self.folder / "members.csv").write_text(written, encoding="utf-8")
        assert f"{people} added" in self.line("members", "import", "members.csv")
