"""``brobygger mask`` and ``brobygger unmask``: personal data out of a text before it goes anywhere, and back into
what came of it."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal import read_file, say, stop, told, wrong_use

if TYPE_CHECKING:
    from bot.privacy import Masker
    from bot.words import Words

# Characters that are masked at a time; cut between lines, so that nothing is cut in two.
_PART = 1_000_000

LanguageOption = Annotated[str, typer.Option(metavar="da|en", help="The language of what this command says.")]


def mask_text(
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Keeps what is needed to restore, readable by you only; one that is there is added to."
        ),
    ] = None,
    members: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="The roster: its names are masked in all their spellings.")
    ] = None,
    language: LanguageOption = "",
) -> None:
    """Reads a text and prints it with tokens such as [PERSON 1] for names, numbers and addresses."""
    with _said(language) as words:
        from bot.offline.keyfiles import key_to_go_on_with, write_key
        from bot.privacy import Masker

        earlier = key_to_go_on_with(key) if key else None
        masker = Masker(_names(members) if members else ())
        text = _read(words)
        if key is None:
            for part in _masked(text, masker):
                _print(part)
            return
        masking = masker.masking(earlier)
        done = [masking.mask(part).text for part in _parts(text)]
        # First the key: a masked text without it could never be restored.
        write_key(key, masking.key)
        for part in done:
            _print(part)


def unmask_text(
    key: Annotated[Path, typer.Option(metavar="FILE", help="What brobygger mask --key wrote.")],
    language: LanguageOption = "",
) -> None:
    """Reads a masked text and prints it as it was, to the last byte."""
    with _said(language) as words:
        from bot.offline.keyfiles import read_key
        from bot.privacy import unmask
        from bot.privacy.tokens import unknown_tokens

        originals = read_key(key)
        text = _read(words)
        left = unknown_tokens(text, originals)
        _print(unmask(text, originals))
        if left:
            say(
                words().count(
                    "One token is not in this key and stays as it is.",
                    "{number} tokens are not in this key and stay as they are.",
                    left,
                )
            )


@contextmanager
def _said(language: str) -> "Generator[Callable[[], Words], None, None]":
    """What goes wrong is said in this language; without one, in that of the command line, whose words are read when needed."""
    with told() as usual, wrong_use(usual):
        if not language:
            yield usual
            return
        from bot.errors import InputError
        from bot.offline.when import spoken_in

        words = spoken_in(language, "")
        try:
            yield lambda: words
        except InputError as error:
            stop("\n".join(words.tell(problem) for problem in error.problems))


def _names(members: Path) -> list[str]:
    from bot.members.roster import read_roster

    return [line.name for line in read_roster(read_file(members), any_sector=True)]


def _read(words: "Callable[[], Words]") -> str:
    if sys.stdin.isatty():
        say(words().say("Type or paste the text; Ctrl+D on a line of its own ends it."))
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        from bot.errors import InputError, phrase

        raise InputError(
            [
                phrase(
                    "The text is not UTF-8: byte {place} cannot be read. Save it as UTF-8 and try again.",
                    place=error.start + 1,
                )
            ]
        ) from None


def _masked(text: str, masker: "Masker") -> Iterator[str]:
    masking = masker.masking()
    return (masking.mask(part).text for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PART) + 1 or len(text)
        yield text[start:end]
        start = end


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
