"""Where the lines of a chart run, in the units of its picture; a template draws them, a table stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 656, 176
START, END, TOP, FLOOR = 44, 636, 10, 150
STEPS = (1, 2, 5)
TICKS = 4


@dataclass(frozen=True)
class Tick:
    """A line across, with its number."""

    y: float
    value: int


@dataclass(frozen=True)
class Point:
    """One value of a line."""

    x: float
    y: float
    value: int


@dataclass(frozen=True)
class Chart:
    """Lines over the same labels."""

    ticks: Sequence[Tick]
    labels: Sequence[tuple[float, str]]
    lines: Sequence[Sequence[Point]]


def lines_over(labels: Sequence[str], series: Sequence[Sequence[int]]) -> Chart:
    """A chart of ``series``, each with one value a label; of many labels some are shown."""
    top = _round_up(max((value for one in series for value in one), default=0))
    wide = (END - START) / max(len(labels) - 1, 1)
    xs = [round(START + n * wide, 1) if len(labels) > 1 else (START + END) / 2 for n in range(len(labels))]

    def y(value: float) -> float:
        return round(FLOOR - (FLOOR - TOP) * value / top, 1)

    every = -(-len(labels) // 12)
    shown = [(x, label) for n, (x, label) in enumerate(zip(xs, labels, strict=True)) if n % every == 0]
    ticks = [Tick(y(value), value) for value in range(0, top + 1, max(top // _parts(top), 1))]
    return Chart(ticks, shown, [[Point(x, y(v), v) for x, v in zip(xs, one, strict=True)] for one in series])


def _round_up(most: int) -> int:
    """The next round number that is divided into whole steps."""
    size = 1
    while True:
        for step in STEPS:
            if size * step * TICKS >= most:
                return size * step * TICKS
        size *= 10


def _parts(top: int) -> int:
    return TICKS if top % TICKS == 0 else 1
