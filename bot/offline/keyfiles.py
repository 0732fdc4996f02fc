"""Key files: what ``brobygger mask --key`` writes and ``brobygger unmask --key`` reads. Only their owner may read them."""

import os
import tempfile
from pathlib import Path

from bot.errors import InputError, NotUnderstood, phrase
from bot.privacy import Key


def read_key(file: Path) -> Key:
    """Raises InputError where the file cannot be read or is no key."""
    try:
        text = file.read_text("utf-8")
    except OSError:
        raise InputError([phrase("{file} cannot be read. Is its name right?", file=str(file))]) from None
    except UnicodeDecodeError:
        text = ""
    try:
        return Key.from_json(text)
    except NotUnderstood:
        raise InputError(
            [phrase("{file} is not a key that was made here. Give the file that --key wrote.", file=str(file))]
        ) from None


def key_to_go_on_with(file: Path) -> Key:
    """The key that is there already, so that what was masked before can still be restored; an empty one where
    there is none yet. Raises InputError where something else is there: it is left alone."""
    if not file.exists() or (file.is_file() and not file.stat().st_size):
        return Key()
    try:
        return Key.from_json(file.read_text("utf-8"))
    except (NotUnderstood, OSError, UnicodeDecodeError):
        raise InputError(
            [
                phrase(
                    "{file} is there already and is no key, so it was left alone. Choose another name.", file=str(file)
                )
            ]
        ) from None


def write_key(file: Path, key: Key) -> None:
    """Puts the whole file in place at once, readable by its owner only. Raises InputError where that cannot be done."""
    try:
        # Made with these rights from its first moment; see tempfile.mkstemp.
        number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(number, "w", encoding="utf-8") as out:
                out.write(key.to_json())
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        raise InputError([phrase("{file} cannot be written there. Choose another place.", file=str(file))]) from None
