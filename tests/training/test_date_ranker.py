"""The confidence table of days: what it says rises, and «sure» is as right as promised."""

from hypothesis import given
from hypothesis import strategies as st

from training.date_ranker import calibrate

BEST = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([True, True, True, True, False])), min_size=1, max_size=400)


@given(BEST)
def test_confidence_never_falls_and_is_a_probability(best: list[tuple[float, bool]]) -> None:
    lows, shares = zip(*calibrate(best), strict=True)
    assert list(lows) == sorted(lows)
    assert list(shares) == sorted(shares)
    assert all(0 < share < 1 for share in shares)


@given(BEST)
def test_what_is_sure_is_right_as_promised(best: list[tuple[float, bool]]) -> None:
    steps = calibrate(best)
    low = next((low for low, share in steps if share > 0.89), None)
    sure = [right for certain, right in best if low is not None and round(certain, 5) >= low]
    assert sum(sure) >= 0.985 * len(sure) - 1  # certainties are stated to five digits


def test_a_step_that_is_not_sure_itself_is_not_counted_among_the_sure() -> None:
    """Right by four fifths, but with hundreds above it that are all right, it fell below the steps under it."""
    best = [(place / 1000, place % 10 > 0) for place in range(200)]
    best += [(0.3 + place / 1000, place % 5 > 0) for place in range(25)]
    best += [(0.4 + place / 1000, True) for place in range(500)]
    shares = [share for _, share in calibrate(best)]
    assert shares == sorted(shares)
    assert max(shares[:-1]) <= 0.89 < shares[-1]
