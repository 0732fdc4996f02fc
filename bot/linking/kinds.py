"""The kinds of letter around linking: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import MemberId


@dataclass(frozen=True, slots=True)
class AccountsLinked(Letter):
    """Two accounts are one member since just now; with a way back, in case it was somebody else."""

    code: ClassVar[str] = "accounts_linked"
    member: MemberId
