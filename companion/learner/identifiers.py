"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import os

_TAIL_BITS = 74


class Identifiers:
    """Makes UUIDs whose text strictly increases, even when the clock stands still or is set back.

    Within a millisecond the 74 random bits are counted up by a random step (RFC 9562, section 6.2, method 2).
    """

    def __init__(self) -> None:
        self._time = 0
        self._tail = 0

    def after(self, identifier: str) -> None:
        """Make the next identifiers greater than this UUIDv7, made elsewhere. Raises ValueError for what is none."""
        number = int(identifier.replace("-", ""), 16)
        time = number >> 80
        tail = (number >> 64 & 0xFFF) << 62 | number & (1 << 62) - 1
        self._time, self._tail = max((self._time, self._tail), (time, tail))

    def next(self, at: int) -> str:
        """A new identifier, made at `at` milliseconds since 1970 (0 ≤ at < 2⁴⁸)."""
        if at > self._time:
            # The highest random bit starts at zero, which leaves room to count.
            self._time, self._tail = at, _random(_TAIL_BITS - 1)
        else:
            self._tail += 1 + _random(32)
            if self._tail >> _TAIL_BITS:
                self._time, self._tail = self._time + 1, _random(_TAIL_BITS - 1)
        return _text(self._time, self._tail)


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom(10), "big") >> 80 - bits


def _text(time: int, tail: int) -> str:
    version, variant = 0x7, 0b10
    number = time << 80 | version << 76 | (tail >> 62) << 64 | variant << 62 | tail & (1 << 62) - 1
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
