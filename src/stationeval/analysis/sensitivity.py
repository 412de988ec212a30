"""Which choice moves the ranks: an exact decomposition of their variance over every combination of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from stationeval.analysis.polytope import TIE, Floats
from stationeval.analysis.rates import Level, Rates, rates_of
from stationeval.analysis.results import Made, made
from stationeval.analysis.variants import aggregated, named_weights, normalised, rates_under
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

COMBINATIONS = 100_000
KNOWN = {
    "normalisation": ("rates", "minmax", "rank", "zscore"),
    "aggregation": ("arithmetic", "geometric"),
    "missing": ("framework", "zero", "exclude"),
    "raters": ("framework", "mean", "trimmed"),
}


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How much of the variance of each station's rank each choice brings. Made by `sensitivity`.

    Attributes
    ----------
    choices
        The options of each factor; a factor with one option cannot bring any.
    ranks
        Shape (options of the first factor, …, stations): the rank under every combination.
    variance
        Of each station's rank over all combinations, each as likely, shape (stations,).
    first, total
        Shape (stations, factors): the share of the variance that a factor brings alone, and with all its
        interactions; 0 where the variance is.
    """

    stations: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    ranks: Floats
    variance: Floats
    first: Floats
    total: Floats
    made: Made

    @cached_property
    def table(self) -> ResultTable:
        """One row a station and factor, with the least, the mean and the greatest rank of the station."""
        flat = self.ranks.reshape(-1, len(self.stations))
        rows = [
            (station, factor, float(self.first[s, f]), float(self.total[s, f]), float(self.variance[s]),
             int(flat[:, s].min()), float(flat[:, s].mean()), int(flat[:, s].max()))
            for s, station in enumerate(self.stations) for f, factor in enumerate(self.choices)
        ]  # fmt: skip
        heads = ("station", "factor", "first", "total", "variance", "best", "mean", "worst")
        return self.made.table("sensitivity", {head: [row[i] for row in rows] for i, head in enumerate(heads)})

    @cached_property
    def overall(self) -> ResultTable:
        """One row a factor: its shares of the variance of all ranks together."""
        whole = float(self.variance.sum())
        columns: dict[str, Any] = {"factor": tuple(self.choices)}
        for name, shares in (("first", self.first), ("total", self.total)):
            columns[name] = (self.variance @ shares) / whole if whole else np.zeros(len(self.choices))
        return self.made.table("sensitivity-overall", columns)

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "overall": self.overall.to_dict()["rows"], "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def sensitivity(
    data: Scores | Any,
    *,
    weights: Mapping[str, Mapping[str, float]] | None = None,
    normalisation: Sequence[str] = ("rates", "minmax", "rank", "zscore"),
    aggregation: Sequence[str] = ("arithmetic", "geometric"),
    missing: Sequence[str] = ("framework",),
    raters: Sequence[str] = ("framework",),
    level: Level = "indicator",
) -> Sensitivity:
    """Ranks under every combination of choices, and which choice moves them: exactly, nothing is drawn.

    Each stage is worked out once for what it depends on: rates for a missing policy and a rater treatment, their
    normal form, then the totals for weights and aggregation. Bonus and deductions are left aside.

    Parameters
    ----------
    data
        `Scores`, or plain rates (which have no missing policy and no raters).
    weights
        Sets of weights by name, each by indicator (or dimension); beside `framework` (of plain rates: equal) and
        `equal`.
    normalisation
        `rates` as scored, or the place among the stations: `minmax`, `rank`, `zscore`.
    aggregation
        `arithmetic` or `geometric` mean.
    missing
        `framework`, `zero`, `exclude`.
    raters
        `framework`, `mean` (no trimming), `trimmed` (highest and lowest dropped).
    level
        Of scores: aggregate `indicator`s or `dimension`s.

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the
    quality assessment of composite indicators. Journal of the Royal Statistical Society A 168.

    Examples
    --------
    >>> found = sensitivity([[0.9, 0.2], [0.5, 0.7]], weights={"first": {"weight1": 3, "weight2": 1}})
    >>> list(found.choices), found.ranks.shape
    (['weights', 'normalisation', 'aggregation', 'missing', 'raters'], (2, 4, 2, 1, 1, 2))
    """
    rates = rates_of(data, level=level, release="none" if isinstance(data, Scores) else "assumed")
    sets = _weights(rates, weights or {})
    choices = {
        "weights": tuple(sets),
        "normalisation": tuple(normalisation),
        "aggregation": tuple(aggregation),
        "missing": tuple(missing),
        "raters": tuple(raters),
    }
    _check(rates, choices)
    shape = tuple(len(options) for options in choices.values())
    ranks = np.empty((*shape, len(rates)))
    for (m, policy), (r, treatment) in product(enumerate(missing), enumerate(raters)):
        plain = (policy, treatment) == ("framework", "framework")
        whole = rates.values if rates.scores is None or plain else rates_under(rates.scores, level, policy, treatment)
        empty = np.flatnonzero(np.isnan(whole).all(axis=1))
        if len(empty):
            station = rates.stations[int(empty[0])]
            raise InputError([Problem("nothing-applies", values={"station": station})])
        for k, how in enumerate(normalisation):
            normal = normalised(whole, how)
            for (w, share), (a, mean) in product(enumerate(sets.values()), enumerate(aggregation)):
                total = aggregated(normal, share, mean)
                ranks[w, k, a, m, r] = 1 + (total[None, :] > total[:, None] + TIE).sum(axis=1)
    first, all_, variance = decomposed(ranks)
    method = f"every one of {int(np.prod(shape))} combinations"
    return Sensitivity(rates.stations, choices, ranks, variance, first, all_, made(rates, method))


def _weights(rates: Rates, given: Mapping[str, Mapping[str, float]]) -> dict[str, Floats]:
    k = len(rates.names)
    sets = {"framework": rates.weights}
    if not np.allclose(rates.weights, 1 / k):
        sets["equal"] = np.full(k, 1 / k)
    problems: list[Problem] = []
    for name, one in given.items():
        fine = set(one) == set(rates.names) and all(np.isfinite(v) and v >= 0 for v in one.values())
        if not fine or not sum(one.values()):
            problems.append(Problem("weights-set", value=name, values={"name": name, "known": list(rates.names)}))
            continue
        sets[name] = named_weights(one, rates.names)
    if problems:
        raise InputError(problems)
    return sets


def _check(rates: Rates, choices: Mapping[str, tuple[str, ...]]) -> None:
    problems: list[Problem] = []
    for name, known in KNOWN.items():
        options = choices[name]
        if rates.scores is None and name in ("missing", "raters"):
            known = ("framework",)  # noqa: PLW2901  (plain rates have been made already)
        if not options or len(set(options)) < len(options) or not set(options) <= set(known):
            problems.append(Problem("analysis-choice", value=options, values={"name": name, "known": list(known)}))
    if not problems and np.prod([len(options) for options in choices.values()]) > COMBINATIONS:
        problems.append(Problem("sensitivity-too-many", values={"most": COMBINATIONS}))
    if problems:
        raise InputError(problems)


def decomposed(outcomes: Floats) -> tuple[Floats, Floats, Floats]:
    """First-order and total shares of variance over a full table of outcomes, and the variance.

    Parameters
    ----------
    outcomes
        Shape (options of factor 1, …, options of factor f, outputs); every combination is as likely.

    Returns
    -------
    first, total : shape (outputs, f); variance : shape (outputs,)
        first = Var(E[y | factor]) / Var(y), total = E[Var(y | the others)] / Var(y); 0 where Var(y) is.

    References
    ----------
    Homma, T., Saltelli, A. (1996). Importance measures in global sensitivity analysis of nonlinear models. Reliability
    Engineering and System Safety 52.
    """
    axes = tuple(range(outcomes.ndim - 1))
    variance = outcomes.var(axis=axes)
    whole = np.where(variance > 0, variance, 1.0)
    first = [outcomes.mean(axis=tuple(b for b in axes if b != a)).var(axis=0) / whole for a in axes]
    total = [outcomes.var(axis=a).mean(axis=tuple(range(outcomes.ndim - 2))) / whole for a in axes]
    return np.stack(first, axis=1), np.stack(total, axis=1), np.asarray(variance)
