"""What two ranges have in common."""

from __future__ import annotations

import pytest

from generator.analysis.spans import in_common, likeness, share_of_longer


@pytest.mark.parametrize(
    ("other", "shared", "alike", "of_longer"),
    [
        ((0, 10), 10, 1.0, 1.0),
        ((5, 10), 5, 0.5, 0.5),
        ((5, 15), 5, 5 / 15, 0.5),
        ((-5, 15), 10, 0.5, 0.5),
        ((10, 12), 0, 0.0, 0.0),
        ((30, 40), 0, 0.0, 0.0),
        ((4, 4), 0, 0.0, 0.0),
    ],
)
def test_ranges_are_as_alike_as_what_they_share_is_large(
    other: tuple[int, int], shared: int, alike: float, of_longer: float
) -> None:
    """Half-open ones that only touch share nothing, and an empty one is like no other."""
    one = (0, 10)
    assert in_common(one, other) == in_common(other, one) == shared
    assert likeness(one, other) == likeness(other, one) == alike
    assert share_of_longer(one, other) == share_of_longer(other, one) == of_longer
