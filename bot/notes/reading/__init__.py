"""Reads conversations that were exported or pasted: whatever program wrote them, the same lines come out."""

from bot.notes.reading.forms import Form, read_conversation, read_files

__all__ = ["Form", "read_conversation", "read_files"]
