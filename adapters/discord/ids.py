"""The custom ids of everything that can be pressed, chosen or sent, and how they are read when it comes back.

``kind:n:tag:wire``: what it is; a number that no other component of the message has, in base 36; a mark of the academy, for
a press in a direct conversation; and the core's action. They hold no state, so a button works after a restart and a year
later.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from adapters.discord import limits
from bot.identity import WorkspaceId
from bot.messages.elements import Confirm

TAG = 5
DIGEST = 6

_SHAPE = re.compile(r"([bqyfrsxw]):([0-9a-z]{1,4}):([A-Za-z0-9_-]{5}):(.*)", re.DOTALL)
_ASKED = re.compile(r"([A-Za-z0-9_-]{6})\.(.+)", re.DOTALL)
_BETWEEN = "\n"


class Kind(StrEnum):
    """What a custom id belongs to."""

    PRESS = "b"
    ASK = "q"
    YES = "y"
    FORM = "f"
    REOPEN = "r"
    AS_IT_STANDS = "s"
    CLOSE = "x"
    ACADEMY = "w"


@dataclass(frozen=True, slots=True)
class CustomId:
    """What stands in a custom id. ``number``: the step of a form (from 0), or the running number of a component.

    ``digest``: of the question that a button asks first (kind ``ASK``).
    """

    kind: Kind
    number: int
    tag: str
    wire: str = ""
    digest: str = ""


def write_id(found: CustomId) -> str:
    """The id on the wire. Raises ValueError for one that Discord would refuse, which is our own mistake."""
    wire = f"{found.digest}.{found.wire}" if found.kind is Kind.ASK else found.wire
    written = f"{found.kind}:{_base36(found.number)}:{found.tag}:{wire}"
    if len(written) > limits.CUSTOM_ID or read_id(written) != found:
        raise ValueError("more than a custom id of Discord can hold")
    return written


def read_id(written: str) -> CustomId | None:
    """What was pressed, chosen or sent; None for an id that is none of ours."""
    shape = _SHAPE.fullmatch(written)
    if shape is None:
        return None
    kind, number, tag, wire = Kind(shape[1]), int(shape[2], 36), shape[3], shape[4]
    if kind is not Kind.ASK:
        return CustomId(kind, number, tag, wire)
    asked = _ASKED.fullmatch(wire)
    return CustomId(kind, number, tag, asked[2], asked[1]) if asked else None


def tag_of(workspace: WorkspaceId) -> str:
    """The mark of an academy: two of one person's academies have the same one in a case of a thousand million."""
    return _digest(str(workspace), TAG)


def digest_of(confirm: Confirm) -> str:
    """The mark of a question that a button asks first."""
    return _digest(keep_confirm(confirm), DIGEST)


def keep_confirm(confirm: Confirm) -> str:
    """The question as one text, to be kept until somebody presses."""
    return _BETWEEN.join(
        part.replace("\\", "\\\\").replace("\n", "\\n")
        for part in (confirm.title, confirm.text, confirm.yes, confirm.no)
    )


def read_confirm(kept: str) -> Confirm | None:
    """The question that was kept; None for anything else."""
    parts = [re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], part) for part in kept.split("\n")]
    return Confirm(*parts) if len(parts) == 4 else None


def _digest(text: str, length: int) -> str:
    return urlsafe_b64encode(sha256(text.encode(errors="replace")).digest()).decode()[:length]


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
