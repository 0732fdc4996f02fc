"""Encrypts the personal columns that nobody searches in (e-mail addresses, what people write in the local workspace), so
that a copied database file or a database dump alone tells nothing of them.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError

_HOW = 'make one with: python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


class Seal:
    """Seals text and opens it. The first key seals, every key opens: put a new key first and keep the old ones behind it."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise SettingsError([f"BROBYGGER_SECRET_KEY has something that is not a key; {_HOW}"]) from None
        self._digesting = hashlib.sha256(b"digest:" + keys[0].encode()).digest()

    def digest(self, text: str) -> str:
        """A digest that only this key makes: it can be compared, and without the key not be guessed at. Another key first
        means other digests, so that only what lives for minutes is kept like this."""
        return hmac.new(self._digesting, text.encode(), hashlib.sha256).hexdigest()[:32]

    def close(self, text: str) -> str:
        """The sealed text; an empty one stays empty."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """The text again. Raises SettingsError where none of the keys fits: then a key was lost or exchanged."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SettingsError(
                ["BROBYGGER_SECRET_KEY does not open what this database holds; put the earlier key behind the new one"]
            ) from None


def seal_for(secret_key: str, beside: Path | None) -> Seal:
    """The seal from the setting: keys separated by commas, the newest first.

    Without the setting, the key is kept in a file beside the SQLite database (``brobygger.db.key``, readable by its owner
    alone, made on first use); it belongs in a backup, but not in the same place. A PostgreSQL database has no such place
    that all replicas share, so there the setting must be given (SettingsError).
    """
    keys = [key.strip() for key in secret_key.split(",") if key.strip()]
    if keys:
        return Seal(keys)
    if beside is None:
        raise SettingsError([f"BROBYGGER_SECRET_KEY is missing, and PostgreSQL needs it; {_HOW}"])
    return Seal([_kept_key(beside.with_name(beside.name + ".key"))])


def _kept_key(file: Path) -> str:
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii").strip()
    key = Fernet.generate_key().decode()
    with os.fdopen(opened, "w", encoding="ascii") as out:
        out.write(key + "\n")
        out.flush()
        os.fsync(out.fileno())
    return key
