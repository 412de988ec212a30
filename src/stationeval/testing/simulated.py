"""Simulated stations: plausible values inside each input's range, many of them on the edge of a rule."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.framework.documents import Input
from stationeval.testing.edges import edges

USUAL = 100.0
"""Up to where values go when neither the data dictionary nor a rule names a number."""


def random_stations(framework: FrameworkLike, n: int, *, seed: int) -> list[dict[str, Any]]:
    """Rows for simulated stations, every input filled in; the same for the same seed.

    Parameters
    ----------
    framework
        A framework, an id, or a `Path`.
    n
        How many stations.
    seed
        Of a numpy `Generator`; 0 is a seed.

    Returns
    -------
    list of dict
        One row a station (and round): `station` (`模拟0001` and on), `round` where there are rounds, and the inputs as
        int, float with at most two places, bool, text. About a third of the numbers are on or beside an edge of a rule
        and about a tenth of the stations repeat another one's values, so that there are ties.

    Examples
    --------
    >>> rows = random_stations("mof-self-evaluation", 3, seed=7)
    >>> rows == random_stations("mof-self-evaluation", 3, seed=7)
    True
    """
    document = framework_of(framework).doc
    generator = np.random.default_rng(seed)
    rounds = list(document.rounds) if isinstance(document.rounds, dict) else []
    count = n * max(len(rounds), 1)
    turns = edges(document).values
    model = np.where(generator.random(n) < 0.1, generator.integers(0, max(n, 1), n), np.arange(n))
    rows = np.repeat(model, max(len(rounds), 1)) * max(len(rounds), 1) + np.tile(np.arange(max(len(rounds), 1)), n)
    columns = {name: _column(spec, turns.get(name, []), count, generator) for name, spec in document.inputs.items()}
    width = max(4, len(str(n)))
    found: list[dict[str, Any]] = []
    for k, row in enumerate(rows.tolist()):
        station, part = divmod(k, max(len(rounds), 1))
        head = {"station": f"模拟{station + 1:0{width}d}"} | ({"round": rounds[part]} if rounds else {})
        found.append(head | {name: values[row] for name, values in columns.items()})
    return found


def _column(spec: Input, turns: list[Fraction], count: int, generator: np.random.Generator) -> list[Any]:
    if spec.type == "boolean":
        return list((generator.random(count) < 0.7).tolist())
    if spec.type == "choice":
        return [spec.choices[k] for k in generator.integers(0, len(spec.choices), count).tolist()]
    if spec.type == "text":
        return [f"模拟{k}" for k in generator.integers(0, 5, count).tolist()]
    if spec.type == "date":
        days = np.datetime64("2021-01-01") + generator.integers(0, 365, count)
        return [str(day) for day in days]
    return _numbers(spec, [float(turn) for turn in turns if abs(turn) < 10**12], count, generator)


def _numbers(spec: Input, turns: list[float], count: int, generator: np.random.Generator) -> list[Any]:
    whole = spec.type == "integer"
    places = 0 if whole else 2 if spec.places is None else spec.places
    step = 10.0**-places
    low = _first(spec.min, default=0.0)
    if isinstance(spec.more_than, Fraction):
        low = float(spec.more_than) + step
    high = _first(spec.max, default=max([2 * turn for turn in turns] + [low + USUAL]))
    values: npt.NDArray[np.float64] = low + (high - low) * generator.beta(2.0, 1.3, count)
    if turns:
        beside = np.array(turns)[generator.integers(0, len(turns), count)]
        beside += step * generator.integers(-1, 2, count)
        values = np.where(generator.random(count) < 0.35, beside, values)
    values = np.clip(np.round(values, places), low, high)
    return [int(value) for value in values.tolist()] if whole else list(values.tolist())


def _first(value: object, *, default: float) -> float:
    return float(value) if isinstance(value, Fraction) else default
