"""Keeps the catalogues: ``python -m tests.words`` (or ``make words``).

The English ones are written anew from the code; the Danish ones are a person's work and are only read: what is missing there
is printed, ready to be filled in.
"""

import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.spoken import ROOT, Heard, Said, listen

LOCALES = ROOT / "bot" / "locales"


def part_of(file: str) -> str:
    """Which catalogue a file's sentences belong to: its capability, its command, its adapter, or ``frame``."""
    room, *rest = Path(file).with_suffix("").parts
    if room == "bot":
        return rest[0] if len(rest) > 1 else "frame"
    return rest[0].partition("_")[0] if rest and rest[0] != "__init__" else room


def fields_of(text: str) -> frozenset[str]:
    """The placeholders of a sentence. Raises ValueError where its braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def catalogues(language: str, root: Path = LOCALES) -> dict[str, Catalog]:
    """A language's catalogues by part."""
    found: dict[str, Catalog] = {}
    for file in sorted((root / language).glob("*.po")):
        with file.open("rb") as stream:
            found[file.stem] = read_po(stream, locale=language)
    return found


def entries(catalogue: Catalog) -> Iterator[Message]:
    """The sentences of a catalogue, its header left out."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> tuple[str, str]:
    """A catalogue entry's English text and its plural (empty if it has none)."""
    if isinstance(message.id, str):
        return message.id, ""
    return message.id[0], message.id[1]


def forms_of(message: Message) -> tuple[str, ...]:
    """The translations of an entry: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def english(heard: Heard) -> dict[str, str]:
    """The English catalogues as they should be, by part: each sentence once, in the first part that says it."""
    parts: dict[str, dict[str, list[Said]]] = {}
    for key, places in sorted(heard.by_key().items()):
        parts.setdefault(min(part_of(said.file) for said in places), {})[key] = places
    return {part: _header("en") + "".join(map(_entry, said.values())) for part, said in sorted(parts.items())}


def missing(heard: Heard, language: str, root: Path = LOCALES) -> dict[str, list[list[Said]]]:
    """The sentences without a translation, by part."""
    known = {
        key_of(message)[0]
        for catalogue in catalogues(language, root).values()
        for message in entries(catalogue)
        if all(forms_of(message))
    }
    parts: dict[str, list[list[Said]]] = {}
    for key, places in heard.by_key().items():
        if key not in known:
            parts.setdefault(part_of(places[0].file), []).append(places)
    return parts


def _header(language: str) -> str:
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )


def _entry(places: Sequence[Said], *, empty: bool = False) -> str:
    one = places[0].one
    many = next((said.many for said in places if said.many), "")
    lines = [f"#: {file}" for file in sorted({said.file for said in places})]
    lines.append(f"msgid {_quoted(one)}")
    if many:
        lines.append(f"msgid_plural {_quoted(many)}")
        lines += [f"msgstr[{place}] {_quoted('' if empty else text)}" for place, text in enumerate((one, many))]
    else:
        lines.append(f"msgstr {_quoted('' if empty else one)}")
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    """Writes the English catalogues and prints what is missing in the Danish ones. 1 if anything is missing or unclear."""
    heard = listen()
    folder = LOCALES / "en"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = english(heard)
    for file in folder.glob("*.po"):
        if file.stem not in wanted:
            file.unlink()
    for part, text in wanted.items():
        (folder / f"{part}.po").write_text(text, "utf-8")
    absent = missing(heard, "da")
    _print([f"{len(heard.by_key())} sentences in {len(wanted)} catalogues below {folder.relative_to(ROOT)}."])
    _print(heard.unclear)
    for part, groups in sorted(absent.items()):
        _print([f"\n# Missing in Danish, for example for bot/locales/da/{part}.po: {len(groups)}"])
        _print(_entry(places, empty=True) for places in groups)
    return 1 if absent or heard.unclear else 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
