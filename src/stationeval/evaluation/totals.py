"""From rows to stations: rounds weighed, bonus and deductions capped, the total rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from stationeval import exact
from stationeval.evaluation.columns import Source, Sources
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.exactly import UNIT, Ints, Quantity
from stationeval.evaluation.plan import Leaf
from stationeval.evaluation.scoring import Engine, Measure, Path

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """Which rows make up each station: one array of rows, shape (stations,), for each round, in order.

    `size` is how many rows the table has, those of rounds that are not scored too.
    """

    rows: tuple[Rows, ...]
    weights: tuple[Fraction, ...]
    size: int

    @property
    def last(self) -> Rows:
        """The rows of the last round: what is asked once (gates, bonus, money) is read from them."""
        return self.rows[-1]

    @cached_property
    def plain(self) -> bool:
        """Whether every row is a station, in order."""
        if len(self.rows) > 1 or self.weights[0] != 1 or len(self.last) != self.size:
            return False
        return bool((self.last == np.arange(self.size)).all())

    def of(self, measure: Measure) -> Measure:
        """A measure of rows as a measure of stations: the weighted sum of its rounds."""
        if self.plain:
            return measure
        values = np.zeros(len(self.last))
        for rows, weight in zip(self.rows, self.weights, strict=True):
            values += measure.quantity.values[rows] * float(weight)
        size = float(np.abs(measure.quantity.values).max(initial=0.0)) * float(sum(self.weights))
        bound = float(sum(self.weights)) * measure.quantity.bound + (len(self.rows) + 3) * UNIT * size
        call = measure.quantity.exact
        return Measure(
            Quantity(
                values,
                bound,
                lambda s: sum((w * call(int(r[s])) for r, w in zip(self.rows, self.weights, strict=True)), ZERO),
            ),
            self._grid(measure.grid),
        )

    def _grid(self, grid: int | None) -> int | None:
        places = [exact.finite_places(w) for w in self.weights]
        if grid is None or any(p is None for p in places):
            return None
        return grid + max(p for p in places if p is not None)

    def sources(self, sources: Sources) -> Sources:
        """The columns as they stand in each station's last round."""
        if self.plain:
            return sources
        return {name: take(source, self.last) for name, source in sources.items()}


def take(source: Source, rows: Rows) -> Source:
    """The cells of some rows, in that order."""
    missing = None if source.missing is None else source.missing[rows]
    return Source(source.values[rows], missing, lambda s: source.exact(int(rows[s])), source.spread, source.crisp)


@dataclass(frozen=True)
class Totals:
    """Every level above the indicator, for every station."""

    engine: Engine
    standing: Standing
    dimensions: Mapping[Path, Measure]

    @property
    def n(self) -> int:
        """How many stations there are."""
        return len(self.standing.last)

    @cached_property
    def base(self) -> Measure:
        """The sum of the dimensions, over the rounds."""
        return self.dimensions[()]

    @cached_property
    def bonus(self) -> Measure | None:
        """加分, at most its cap."""
        return self._extra(self.engine.plan.bonus, self.engine.plan.bonus_cap)

    @cached_property
    def deductions(self) -> Measure | None:
        """扣分, at most its cap."""
        return self._extra(self.engine.plan.deductions, self.engine.plan.deductions_cap)

    def item(self, leaf: Leaf) -> Measure:
        """A bonus or deduction item, from the last round."""
        measure = self.engine.leaf(leaf)
        rows = self.standing.last
        quantity = measure.quantity
        values = quantity.values[rows]
        return Measure(Quantity(values, quantity.bound, lambda s: quantity.exact(int(rows[s]))), measure.grid)

    def _extra(self, items: Sequence[Leaf], cap: Fraction | None) -> Measure | None:
        if not items:
            return None
        whole = add([self.item(leaf) for leaf in items])
        if cap is None:
            return whole
        call, places = whole.quantity.exact, exact.finite_places(cap)
        grid = None if whole.grid is None or places is None else max(whole.grid, places)
        quantity = Quantity(
            np.minimum(whole.quantity.values, float(cap)),
            whole.quantity.bound + 2 * UNIT * float(cap),
            lambda s: min(call(s), cap),
        )
        return Measure(quantity, grid)

    @cached_property
    def total(self) -> Measure:
        """Base + bonus - deductions, never below 0."""
        whole = self.base
        if self.bonus is not None:
            whole = add([whole, self.bonus])
        if self.deductions is not None:
            whole = add([whole, self.deductions], sign=-1)
        call = whole.quantity.exact
        values = np.maximum(whole.quantity.values, 0.0)
        return Measure(Quantity(values, whole.quantity.bound, lambda s: max(call(s), ZERO)), whole.grid)

    def units(self, places: int) -> Ints:
        """The rounded totals, in units of the last place."""
        return self.total.units(places)


def add(parts: Sequence[Measure], *, sign: int = 1) -> Measure:
    """The sum of measures (with `sign=-1`, the first less the others)."""
    first, *others = parts
    values = first.quantity.values.copy()
    bound = np.asarray(first.quantity.bound)
    size = np.abs(values).max(initial=0.0)
    for part in others:
        values += sign * part.quantity.values
        bound = bound + part.quantity.bound
        size += np.abs(part.quantity.values).max(initial=0.0)
    grids = [part.grid for part in parts if part.grid is not None]
    calls = [part.quantity.exact for part in parts]
    return Measure(
        Quantity(
            values,
            float(bound.max()) + (len(parts) + 1) * UNIT * float(size),
            lambda s: calls[0](s) + sign * sum((call(s) for call in calls[1:]), ZERO),
        ),
        max(grids) if len(grids) == len(parts) else None,
    )


def totals(engine: Engine, standing: Standing) -> Totals:
    """Score every row, then every station."""
    levels = engine.dimensions()
    return Totals(engine, standing, {path: standing.of(measure) for path, measure in levels.items()})
