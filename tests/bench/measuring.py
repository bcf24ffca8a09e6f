"""Interleaved pairs: ours and the floor in turn, so that a machine whose speed drifts does not mislead."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Medians in milliseconds, and the median of the ratios pair by pair."""

    ours_ms: float
    floor_ms: float
    ratio: float
    worst_ms: float


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def pair(ours: Callable[[], object], floor: Callable[[], object], times: int) -> Pair:
    """Run the two in turn, after one warm-up of each."""
    ours()
    floor()
    found = [(seconds(ours), seconds(floor)) for _ in range(times)]
    mine = [one for one, _ in found]
    return Pair(
        statistics.median(mine) * 1000,
        statistics.median(two for _, two in found) * 1000,
        statistics.median(one / two for one, two in found),
        sorted(mine)[int(len(mine) * 0.95)] * 1000,
    )


def middle(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, after one warm-up."""
    work()
    found = sorted(seconds(work) for _ in range(times))
    return statistics.median(found) * 1000, found[int(times * 0.95)] * 1000
