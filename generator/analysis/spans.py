"""What two half-open ranges have in common, of code points or of tokens."""

from __future__ import annotations

Range = tuple[int, int]
"""`[start, end)`, where the unit goes without saying."""


def in_common(one: Range, other: Range) -> int:
    """How much two ranges share; 0 where they are apart."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def likeness(one: Range, other: Range) -> float:
    """What two ranges share over what they cover together, from 0 to 1."""
    shared = in_common(one, other)
    return shared / (one[1] - one[0] + other[1] - other[0] - shared) if shared else 0.0


def share_of_longer(one: Range, other: Range) -> float:
    """What two ranges share over the longer one, from 0 to 1."""
    shared = in_common(one, other)
    return shared / max(one[1] - one[0], other[1] - other[0]) if shared else 0.0
