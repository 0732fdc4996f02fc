"""Personal data in texts: found, masked by tokens, restored. Pure; a long text takes a processor for a while, so
run it in a thread."""

from bot.privacy.domain import Finding, Key, Kind, Masked
from bot.privacy.masking import Masker, Masking
from bot.privacy.tokens import unmask, unmask_written

__all__ = ["Finding", "Key", "Kind", "Masked", "Masker", "Masking", "unmask", "unmask_written"]
