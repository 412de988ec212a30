"""The exact best and worst rank of one station, by mixed-integer programmes over the admissible weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from stationeval.analysis.polytope import TIE, Floats, Polytope

SCALE = 100.0
"""Leads enter the programmes in points of 100, well above the solver's tolerance of a millionth."""

NODES = 20_000
"""Where a programme has not ended after so many nodes, its bound stands instead of its end."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """How many stations are above at least (or at most), as attained and as bounded; equal where it is exact."""

    attained: int
    bound: int
    weights: Floats


def extreme(
    polytope: Polytope, leads: Floats, open_: npt.NDArray[np.bool_], sure: int, end: Literal["best", "worst"]
) -> Extreme:
    """The fewest or most stations above one, over all admissible weights.

    With z = 1 where another station is above, v its lead and M the most that lead can be: best is the least Σ z with
    v ≤ M z; worst the greatest Σ z with v ≥ tie - M' (1 - z). What is always or never above is counted beforehand.

    Parameters
    ----------
    polytope
        The admissible weights.
    leads
        Shape (stations, k): by how much each station leads this one, indicator by indicator.
    open_
        Which stations may be above, or not.
    sure
        How many are above under all admissible weights.

    References
    ----------
    Kadziński, M., Greco, S., Słowiński, R. (2012). Extreme ranking analysis in robust ordinal regression. Omega 40.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows, low, high = polytope.rows
    most = leads[open_]
    count, size = len(most), polytope.size
    best = end == "best"
    edges = np.maximum(-polytope.least(-most) if best else 2 * TIE - polytope.least(most), TIE)
    sign = 1.0 if best else -1.0
    links = np.hstack([sign * SCALE * most, (-sign if best else 1.0) * SCALE * np.diag(edges)])
    rights = np.zeros(count) if best else SCALE * (edges - 2 * TIE)
    programme: Any = milp(
        np.concatenate([np.zeros(size), np.full(count, sign)]),
        constraints=[
            LinearConstraint(links, -np.inf, rights),
            LinearConstraint(np.hstack([rows, np.zeros((len(rows), count))]), low, high),
        ],
        integrality=np.concatenate([np.zeros(size), np.ones(count)]),
        bounds=Bounds(0.0, 1.0),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    nothing = sure + (0 if best else count)
    if programme.x is None:
        weights = polytope.centre
        return Extreme(above(leads, weights), nothing, weights)
    weights = np.clip(programme.x[:size], 0.0, 1.0)
    weights /= weights.sum()
    if programme.mip_dual_bound is None:
        return Extreme(above(leads, weights), nothing, weights)
    edge = sign * float(programme.mip_dual_bound)
    bound = sure + int(np.ceil(edge - 1e-4) if best else np.floor(edge + 1e-4))
    return Extreme(above(leads, weights), bound, weights)


def above(leads: Floats, weights: Floats) -> int:
    """How many stations lead by more than a tie."""
    return int((leads @ weights > TIE).sum())
