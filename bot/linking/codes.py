"""Codes that are shown in one place and typed in another: short, easy to read aloud, never a word by chance.

The letters are those that RFC 8628 (section 6.1) recommends for the same purpose: no vowels, so that no word comes about,
and none that looks like another.
"""

import secrets

from bot.errors import NotUnderstood, phrase

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
_HALF = LENGTH // 2


def new_code() -> str:
    """Eight letters that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """``WDJB-MJHT``."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def read_code(typed: str) -> str:
    """The code that was typed, however it was written. Raises NotUnderstood for what cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        raise NotUnderstood(
            phrase("A code has eight letters, like {example}. Please look once more.", example="WDJB-MJHT")
        )
    return code
