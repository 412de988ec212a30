"""The numbers that rules read: inputs as they came, inputs derived from inputs, places among the stations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.exactly import UNIT, Bools, Floats
from stationeval.evaluation.plan import Argument
from stationeval.framework.documents import Derived

MissingMask = Bools | None


@dataclass(frozen=True, slots=True)
class Source:
    """A column of numbers, shape (n,): floats (or what converts to them), and the exact value of each cell.

    A float is within one unit of relative error of its exact value, and within `spread` where it was computed.
    `crisp`: comparing its floats with the float of a decimal is right as it stands, because the nearest float of a
    decimal keeps the order of decimals.
    """

    values: npt.NDArray[Any]
    missing: MissingMask
    exact: Callable[[int], Fraction]
    spread: float = 0.0
    crisp: bool = False

    def floats(self, part: slice) -> Floats:
        """A block of it as float64; a view where it is float64 already."""
        return self.values[part].astype(np.float64, copy=False)


Sources = Mapping[str, Source]


def derived(spec: Derived, sources: Sources) -> Source:
    """An input made from inputs, by one of the five operations."""
    parts = [sources[name] for name in spec.of]
    first, *others = (part.floats(slice(None)) for part in parts)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        match spec.kind:
            case "sum" | "mean" | "share_true":
                values = first.copy()
                for column in others:
                    values += column
                values /= 1 if spec.kind == "sum" else len(parts)
            case "difference":
                values = first - others[0]
            case "ratio":
                values = first / others[0]
                if spec.when_zero is not None:
                    values[others[0] == 0.0] = float(spec.when_zero)
    size = _largest(values) if spec.kind == "ratio" else sum(_largest(column) for column in (first, *others))
    spread = (len(parts) + 6) * UNIT * size
    return Source(values, _any_missing(parts, len(values)), lambda i: _derive(spec, parts, i), spread)


def _largest(column: Floats) -> float:
    """The largest absolute value there is, past gaps and divisions by zero."""
    if not column.size:
        return 0.0
    largest = max(-float(np.fmin.reduce(column)), float(np.fmax.reduce(column)))
    return largest if np.isfinite(largest) else float(np.abs(column[np.isfinite(column)]).max(initial=0.0))


def _derive(spec: Derived, parts: Sequence[Source], i: int) -> Fraction:
    values = [part.exact(i) for part in parts]
    match spec.kind:
        case "sum":
            return sum(values, ZERO)
        case "mean" | "share_true":
            return sum(values, ZERO) / len(values)
        case "difference":
            return values[0] - values[1]
        case "ratio":
            return values[0] / values[1] if values[1] else spec.when_zero or ZERO


def _any_missing(parts: Sequence[Source], n: int) -> MissingMask:
    masks = [part.missing for part in parts if part.missing is not None]
    if not masks:
        return None
    whole = np.zeros(n, dtype=np.bool_)
    for mask in masks:
        whole |= mask
    return whole


def argument(spec: Argument, sources: Sources, groups: Mapping[str | None, Sequence[object]]) -> Source:
    """The column that a curve is a function of, apart from a divisor, which is taken block by block."""
    if spec.relative is not None:
        within = groups[spec.within]
        return relative(sources[spec.inputs[0]], method=spec.relative, lower=spec.lower, within=within)
    if len(spec.inputs) == 1:
        return sources[spec.inputs[0]]
    parts = [sources[name] for name in spec.inputs]
    values = np.minimum.reduce([part.floats(slice(None)) for part in parts])
    missing = _any_missing(parts, len(values))
    return Source(values, missing, lambda i: min(part.exact(i) for part in parts), crisp=True)


def relative(source: Source, *, method: str, lower: bool, within: Sequence[object]) -> Source:
    """Each cell's place among the cells present in its group, from 0 (worst) to 1 (best)."""
    members: dict[object, list[int]] = {}
    for i, group in enumerate(within):
        if source.missing is None or not source.missing[i]:
            members.setdefault(group, []).append(i)
    places: list[Fraction] = [ZERO] * len(source.values)
    for rows in members.values():
        cells = [-source.exact(i) if lower else source.exact(i) for i in rows]
        for i, place in zip(rows, PLACES[method](cells), strict=True):
            places[i] = place
    values = np.array([float(place) for place in places])
    return Source(values, source.missing, places.__getitem__)


def _minmax(cells: Sequence[Fraction]) -> list[Fraction]:
    low, high = min(cells), max(cells)
    return [(x - low) / (high - low) if high > low else Fraction(1) for x in cells]


def _standing(cells: Sequence[Fraction]) -> tuple[dict[Fraction, int], dict[Fraction, int]]:
    """For each value, how many cells lie below it and how many equal it."""
    equal: dict[Fraction, int] = {}
    for x in cells:
        equal[x] = equal.get(x, 0) + 1
    below: dict[Fraction, int] = {}
    passed = 0
    for x in sorted(equal):
        below[x] = passed
        passed += equal[x]
    return below, equal


def _rank(cells: Sequence[Fraction]) -> list[Fraction]:
    below, equal = _standing(cells)
    others = len(cells) - 1
    if others == 0 or len(equal) == 1:
        return [Fraction(1)] * len(cells)
    return [Fraction(2 * below[x] + equal[x] - 1, 2 * others) for x in cells]


def _percentile(cells: Sequence[Fraction]) -> list[Fraction]:
    below, equal = _standing(cells)
    others = len(cells) - 1
    return [Fraction(below[x] + equal[x] - 1, others) if others else Fraction(1) for x in cells]


DEVIATION = Context(prec=40)
"""A standard deviation is taken to 40 significant digits, by definition: so that every place is a rational number."""


def _zscore(cells: Sequence[Fraction]) -> list[Fraction]:
    n = len(cells)
    mean = sum(cells, ZERO) / n
    variance = sum(((x - mean) ** 2 for x in cells), ZERO) / n
    if variance == 0:
        return [Fraction(1)] * n
    scaled = DEVIATION.divide(Decimal(variance.numerator), Decimal(variance.denominator))
    deviation = Fraction(DEVIATION.sqrt(scaled))
    return [min(Fraction(1), max(ZERO, ((x - mean) / deviation + 2) / 4)) for x in cells]


PLACES: Mapping[str, Callable[[Sequence[Fraction]], list[Fraction]]] = {
    "minmax": _minmax,
    "rank": _rank,
    "percentile": _percentile,
    "zscore": _zscore,
}
