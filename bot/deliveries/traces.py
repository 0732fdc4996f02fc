"""What a log may say of an unexpected error: its kind and where it happened, never its text, which may quote a person."""

import traceback
from pathlib import Path


def trace_of(error: BaseException) -> str:
    """``ValueError at reading.py:41``: the innermost place where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
