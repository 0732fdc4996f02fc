"""What was known a moment ago: a small memory with an age and a size, so that a process that runs for months stays small."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.ports import Clock

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keeps at most ``size`` values for at most ``age``; those not asked for longest go first."""

    def __init__(self, clock: Clock, size: int, age: timedelta) -> None:
        self._clock = clock
        self._size = size
        self._age = age
        self._kept: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """The value, unless it is too old or was never there."""
        found = self._kept.get(key)
        if found is None:
            return None
        if self._clock.now() - found[0] >= self._age:
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return found[1]

    def put(self, key: K, value: V) -> None:
        """Keeps a value from now on."""
        self._kept[key] = (self._clock.now(), value)
        self._kept.move_to_end(key)
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def forget(self, key: K) -> None:
        """As if it had never been there."""
        self._kept.pop(key, None)
