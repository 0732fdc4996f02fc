"""E-mails as people copy them: one, or an exchange with the earlier ones below the newest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, tzinfo

from bot.notes.extract.days import day_in
from bot.notes.reading.stamps import clock_in
from bot.notes.transcript import Line, Transcript

# What programs call the lines above an e-mail, in Danish and English.
_FIELDS: Mapping[str, str] = {
    "fra": "from", "from": "from", "sendt": "sent", "sent": "sent", "dato": "sent", "date": "sent", "til": "to",
    "to": "to", "cc": "to", "bcc": "to", "kopi": "to", "emne": "subject", "subject": "subject", "vedr": "subject",
}  # fmt: skip
_FIELD = re.compile(rf"^\**({'|'.join(_FIELDS)})\.?:\**(?:\s+(.*))?$", re.IGNORECASE)
_WROTE = re.compile(
    r"^(?:den|d\.|on|kl\.?|am)\b(?P<when>.{4,80}?)(?:,\s*|\s)(?:(?:skrev|wrote)\s+(?P<after>[^<>:]{2,60}?)|"
    r"(?P<before>[^<>:,\d]{2,60}?)\s*(?:<[^<>\s]+>)?\s+(?:skrev|wrote))\s*(?:<[^<>\s]+>)?\s*:$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*[<(\[]?(?:mailto:)?[^\s<>()\[\]]+@[^\s<>()\[\]]+[>)\]]?")
_ANSWERED = re.compile(r"^(?:(?:re|sv|vs|fw|fwd)\s?:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:>\s?)+")
_RULE = re.compile(r"^\s*(?:-{2,}.*-{2,}|_{5,}|-- ?)\s*$")
_FEWEST = 2  # fields in a row, of which one says from whom


def is_mail(rows: Sequence[str]) -> bool:
    """Whether the first lines are those above an e-mail."""
    filled = [row.strip() for row in rows if row.strip()]
    kinds = [kind for kind, _ in _head(filled)]
    return len(kinds) >= _FEWEST and "from" in kinds


def read_mail(rows: Sequence[str], zone: tzinfo) -> Transcript:
    """Paragraphs with who wrote them, the oldest e-mail first. The id of each is the number of its first line."""
    mails: list[list[Line]] = [[]]
    author, at, title = "", None, ""
    place, paragraph = 0, _Paragraph()
    while place < len(rows):
        row = _QUOTED.sub("", rows[place]).strip()
        head = list(_head([_QUOTED.sub("", one).strip() for one in rows[place : place + 2 * len(_FIELDS)]]))
        wrote = _WROTE.match(row)
        if not row or _RULE.match(row) or wrote or len(head) >= _FEWEST:
            mails[-1].extend(paragraph.ended(author, at))
        if len(head) >= _FEWEST and any(kind == "from" for kind, _ in head):
            fields = dict(reversed(head))
            author, at = _name(fields["from"]), _moment(fields.get("sent", ""), zone)
            title = title or _ANSWERED.sub("", fields.get("subject", ""))
            mails.append([])
            place += len(head)
            continue
        if wrote:
            author, at = _name(wrote["after"] or wrote["before"]), _moment(f"den {wrote['when']}", zone)
            mails.append([])
        elif row and not _RULE.match(row):
            paragraph.add(place + 1, row)
        place += 1
    mails[-1].extend(paragraph.ended(author, at))
    return Transcript([line for mail in reversed(mails) for line in mail], title)


class _Paragraph:
    """Lines that were only broken to fit a page."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._number = 0

    def add(self, number: int, row: str) -> None:
        self._number = self._number or number
        self._rows.append(row)

    def ended(self, author: str, at: datetime | None) -> Iterator[Line]:
        """What has come together, if anything has."""
        if self._rows:
            yield Line(id=str(self._number), author=author, text="\n".join(self._rows), at=at)
        self._rows, self._number = [], 0


def _head(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The fields at the beginning of these lines, one below the other."""
    for row in rows:
        found = _FIELD.match(row)
        if found is None:
            return
        yield _FIELDS[found[1].casefold()], (found[2] or "").strip()


def _name(field: str) -> str:
    """The name without the address; the address's first part where there is no name."""
    return _ADDRESS.sub("", field).strip(" \"'“”,") or field.strip(" <>").split("@")[0]


def _moment(text: str, zone: tzinfo) -> datetime | None:
    day = day_in(text, None, "da") or day_in(text, None, "en")
    return None if day is None else datetime.combine(day, clock_in(text) or time(), zone)
