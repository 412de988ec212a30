"""Which weight matters most: each moved alone, and shares of variance over all admissible weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from stationeval.analysis.polytope import TIE, Floats, Ints
from stationeval.analysis.rates import Level, Release, rates_of
from stationeval.analysis.results import Made, checked_draws, made
from stationeval.analysis.sampling import generator
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

RESAMPLES = 100


def one_at_a_time(data: Scores | Any, *, by: Any = 0.25, level: Level = "indicator") -> ResultTable:
    """Ranks when one weight at a time is a share less and more, the others keeping their proportions.

    Parameters
    ----------
    data
        `Scores`, or plain rates.
    by
        How much less and more, as a share of the weight, above 0 and at most 1.
    level
        Of scores: weights of `indicator`s or `dimension`s.

    Returns
    -------
    ResultTable
        One row a weight and way: `moved` (stations whose rank changes), `farthest` (by how many places), `station`
        (whose it is).

    Examples
    --------
    >>> one_at_a_time([[0.9, 0.2], [0.5, 0.75]], by=0.5).columns["moved"]
    (0, 2, 2, 0)
    """
    if isinstance(by, bool) or not isinstance(by, int | float) or not 0 < by <= 1:
        raise InputError([Problem("analysis-share", value=by)])
    rates = rates_of(data, level=level, release="none" if isinstance(data, Scores) else "assumed")
    w = rates.weights / rates.weights.sum()
    base = _ranks(rates.whole @ w)
    rows: list[tuple[Any, ...]] = []
    for i, name in enumerate(rates.names):
        for factor in (1 - by, 1 + by):
            own = min(w[i] * factor, 1.0)
            rest = 1.0 - w[i]
            moved = w * ((1.0 - own) / rest) if rest > 0 else w.copy()
            moved[i] = own if rest > 0 else 1.0
            shift = _ranks(rates.whole @ moved) - base
            far = int(np.argmax(np.abs(shift)))
            changed = int((shift != 0).sum())
            whose = rates.stations[far] if changed else None
            rows.append((name, float(w[i]), float(moved[i]), changed, int(abs(shift[far])), whose))
    heads = ("weight", "share", "moved_to", "moved", "farthest", "station")
    how = made(rates, f"each weight {by:+.0%} and {-by:+.0%}")
    return how.table("one-at-a-time", {head: [row[i] for row in rows] for i, head in enumerate(heads)})


def _ranks(totals: Floats) -> Ints:
    """Competition ranks of totals, shape (..., stations) along the last axis."""
    return np.asarray(1 + (totals[..., None, :] > totals[..., :, None] + TIE).sum(axis=-1))


@dataclass(frozen=True, eq=False)
class WeightSensitivity:
    """Shares of the variance of each station's outcome by weight. Made by `weight_sensitivity`.

    Attributes
    ----------
    first, total
        Shape (stations, k): a weight alone, and with all its interactions.
    first_bounds, total_bounds
        Shape (2, stations, k): 95 % bootstrap intervals.
    variance
        Of the outcome, shape (stations,); where it is 0 all shares are 0.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    first: Floats
    total: Floats
    first_bounds: Floats
    total_bounds: Floats
    variance: Floats
    made: Made

    @cached_property
    def table(self) -> ResultTable:
        """One row a station and weight."""
        n, k = self.first.shape
        columns: dict[str, Any] = {
            "station": [station for station in self.stations for _ in range(k)],
            "weight": list(self.names) * n,
        }
        for name, values, bounds in (
            ("first", self.first, self.first_bounds),
            ("total", self.total, self.total_bounds),
        ):
            columns |= {name: values.ravel(), f"{name}_low": bounds[0].ravel(), f"{name}_high": bounds[1].ravel()}
        return self.made.table("weight-sensitivity", columns)

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def weight_sensitivity(
    data: Scores | Any,
    *,
    draws: int,
    seed: int,
    of: Literal["rank", "total"] = "rank",
    level: Level = "indicator",
    release: Release = "all",
) -> WeightSensitivity:
    """Sobol shares of variance of each station's rank (or total) over weights spread evenly on the simplex.

    The weights are independent exponentials divided by their sum, which is even on the simplex; a share is that of the
    exponential behind a weight. Bounds and orders would make them depend on one another, so there are none here.

    Parameters
    ----------
    data, level
        As for `rank_ranges`.
    draws
        A power of two; the outcome is worked out draws · (k + 2) times.
    seed
        A whole number; 0 is a seed.
    of
        What varies: `rank` or `total`.
    release
        Only where it leaves all weights open.

    References
    ----------
    Sobol, I. M. (2001). Global sensitivity indices for nonlinear mathematical models and their Monte Carlo estimates.
    Mathematics and Computers in Simulation 55. Saltelli, A. et al. (2010). Variance based sensitivity analysis of
    model output. Computer Physics Communications 181.

    Examples
    --------
    >>> found = weight_sensitivity([[1.0, 0.0], [0.0, 1.0]], draws=256, seed=0, of="total")
    >>> bool(abs(found.first[0] - found.first[1]).max() < 1e-9)
    True
    """
    from scipy.stats import expon, sobol_indices

    draws = checked_draws(draws)
    if draws & (draws - 1) or draws < 2:
        raise InputError([Problem("draws-power", value=draws)])
    if of not in ("rank", "total"):
        raise InputError([Problem("analysis-choice", value=of, values={"name": "of", "known": ["rank", "total"]})])
    rates = rates_of(data, level=level, release=release)
    if rates.polytope.constraints:
        raise InputError([Problem("weights-not-free")])
    k, n = len(rates.names), len(rates)
    whole = rates.whole

    def outcome(x: Floats) -> Floats:
        spread = np.moveaxis(np.asarray(x), 0, -1)
        totals = (spread / spread.sum(axis=-1, keepdims=True)) @ whole.T
        found = totals if of == "total" else _in_blocks(totals)
        return np.moveaxis(found, -1, 0).astype(np.float64)

    random = generator(seed)
    zeros = np.zeros((n, k))
    moving = outcome(random.standard_exponential((k, 64))).reshape(n, -1).std(axis=1) > TIE
    if k == 1 or not moving.any():
        how = made(rates, "nothing varies", seed=seed, draws=draws)
        none = np.zeros((2, n, k))
        return WeightSensitivity(rates.stations, rates.names, zeros, zeros, none, none, np.zeros(n), how)
    with np.errstate(divide="ignore", invalid="ignore"):
        even: Any = [expon()] * k
        found = sobol_indices(func=outcome, n=draws, dists=even, rng=random)
        again = found.bootstrap(confidence_level=0.95, n_resamples=RESAMPLES)
    kept = np.where(moving[:, None], 1.0, 0.0)
    shares = [np.nan_to_num(each.reshape(n, k)) * kept for each in (found.first_order, found.total_order)]
    ends = [
        np.stack([np.nan_to_num(end.reshape(n, k)) * kept for end in (one.confidence_interval.low,
                                                                     one.confidence_interval.high)])
        for one in (again.first_order, again.total_order)
    ]  # fmt: skip
    variance = outcome(random.standard_exponential((k, draws))).reshape(n, -1).var(axis=1) * kept[:, 0]
    how = made(rates, f"Sobol, {of}, bootstrap of {RESAMPLES}", seed=seed, draws=draws)
    return WeightSensitivity(rates.stations, rates.names, shares[0], shares[1], ends[0], ends[1], variance, how)


def _in_blocks(totals: Floats) -> Floats:
    """Ranks along the last axis, by sorting; level totals share the better one."""
    flat = totals.reshape(-1, totals.shape[-1])
    found = np.empty_like(flat)
    for row, values in enumerate(flat):
        ordered = np.sort(values)
        found[row] = 1 + len(values) - np.searchsorted(ordered, values + TIE, side="right")
    return found.reshape(totals.shape)
