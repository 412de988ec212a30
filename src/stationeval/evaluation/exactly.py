"""Decisions that are exact at float speed.

A quantity is a float64 array with a proven bound on its error and a way to the exact value of any cell. Wherever a
decision (a rounding, a threshold) is farther from its edge than the bound, the float decides it rightly; the few cells
within the bound are decided again with fractions. `docs/exactness.md` has the proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from stationeval import exact

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

UNIT = 2.0**-53
"""Half the distance from 1 to the next float: the relative error of one rounded operation."""

TINY = 2.0**-1000
"""Added to every bound: it covers what underflows."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Numbers, shape (n,), each within `bound` of its exact value."""

    values: Floats
    bound: float | Floats
    exact: Callable[[int], Fraction]


def round_half_up(quantity: Quantity, places: int) -> Ints:
    """The quantity in whole units of its last place, shape (n,), as paper arithmetic rounds it.

    Raises
    ------
    OverflowError
        If a value has more digits than a 64-bit integer of last places can hold.
    """
    scale = 10.0**places
    scaled = quantity.values * scale
    low, high = float(scaled.min(initial=0.0)), float(scaled.max(initial=0.0))
    largest = max(-low, high)
    if largest >= 2.0**52:
        return _rounded_exactly(quantity, places)
    signs = None if low >= 0.0 else np.sign(scaled)
    raised = (scaled if signs is None else np.abs(scaled)) + 0.5
    whole = np.floor(raised)
    raised -= whole
    slack = float(np.max(quantity.bound, initial=0.0)) * scale + (largest + 1.0) * (4 * UNIT)
    result: Ints = (whole if signs is None else whole * signs).astype(np.int64)
    for i in np.flatnonzero((raised <= slack) | (raised >= 1.0 - slack)).tolist():
        result[i] = exact.round_half_up(quantity.exact(i), places)
    return result


def _rounded_exactly(quantity: Quantity, places: int) -> Ints:
    units = [exact.round_half_up(quantity.exact(i), places) for i in range(len(quantity.values))]
    if any(abs(u) >= 2**63 for u in units):
        raise OverflowError("more digits than an integer of last places holds")
    return np.array(units, dtype=np.int64)


def reaches(quantity: Quantity, threshold: Fraction, *, inclusive: bool = True) -> Bools:
    """Where the quantity is at least (or, not `inclusive`, more than) the threshold, shape (n,)."""
    edge = float(threshold)
    result = quantity.values >= edge if inclusive else quantity.values > edge
    slack = quantity.bound + (abs(edge) * (4 * UNIT) + TINY)
    for i in np.flatnonzero(np.abs(quantity.values - edge) <= slack).tolist():
        value = quantity.exact(i)
        result[i] = value >= threshold if inclusive else value > threshold
    return result
