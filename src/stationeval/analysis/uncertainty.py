"""Inputs that are not sure: what was rounded, rated by few, or asked of a sample; drawn and scored anew in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.analysis.polytope import Floats
from stationeval.analysis.rates import Rates, level_nodes
from stationeval.analysis.sampling import generator
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.columns import Source, Sources, derived
from stationeval.evaluation.plan import Branch, Leaf
from stationeval.evaluation.prepare import with_absent
from stationeval.evaluation.results import Scores
from stationeval.evaluation.scoring import Engine

ROWS = 20_000
"""How many rows are scored at a time."""

Errors = Mapping[str, Mapping[str, Any]]
KEYS = ("rounded_to", "deviation", "raters", "answers")


def drawn_rates(rates: Rates, errors: Errors, draws: int, seed: int) -> Iterator[tuple[slice, Floats]]:
    """Blocks of rates under drawn inputs, shape (draws in block, stations, k); what no error reaches stays as it is.

    Parameters
    ----------
    rates
        From scores.
    errors
        By input: `rounded_to` (the true value lies evenly within half of it), `deviation` (normal; of one rater where
        `raters` says how many were averaged, of one answer where `answers` does), or `answers` alone (a share of the
        input's maximum, from so many answers). Numbers, or one for each station.
    """
    scores = rates.scores
    if scores is None:
        raise InputError([Problem("errors-need-scores")])
    sizes = _sizes(scores, errors)
    changed = _reached(scores, set(errors))
    level = "dimension" if rates.names == tuple(n.id for n in level_nodes(scores, "dimension")) else "indicator"
    nodes = level_nodes(scores, "dimension" if level == "dimension" else "indicator")
    moved = [(i, node) for i, node in enumerate(nodes) if node.points and changed & _inputs(node)]
    n = len(scores.data.table.stations)
    size = max(1, ROWS // max(n, 1))
    for number, start in enumerate(range(0, draws, size)):
        part = slice(start, min(start + size, draws))
        count = part.stop - part.start
        sources = _drawn(scores, errors, sizes, count, generator(seed, 1, number))
        engine = _engine(scores, sources, count)
        values = np.broadcast_to(rates.values, (count, *rates.values.shape)).copy()
        for i, node in moved:
            by_row = engine.node(node).reshape(count, n)
            values[:, :, i] = sum(
                by_row[:, rows] * float(weight)
                for rows, weight in zip(scores.data.standing.rows, scores.data.standing.weights, strict=True)
            ) / float(node.points * sum(scores.data.standing.weights, Fraction(0)))
        yield part, values


def _inputs(node: Branch | Leaf) -> set[str]:
    leaves = [node] if isinstance(node, Leaf) else list(node.leaves())
    return {name for leaf in leaves for name in leaf.inputs}


def _reached(scores: Scores, names: set[str]) -> set[str]:
    """The inputs that are not sure, with what is derived from them."""
    derive = scores.framework.doc.derive
    return names | {name for name, spec in derive.items() if names & set(spec.of)}


def _sizes(scores: Scores, errors: Errors) -> dict[str, tuple[str, Floats]]:
    """For each input the kind of its error and its size in every row."""
    problems: list[Problem] = []
    found: dict[str, tuple[str, Floats]] = {}
    specs, columns = scores.framework.doc.inputs, scores.data.sources
    for name, said in errors.items():
        spec, place = specs.get(name), Place(input=name)
        if spec is None or name not in columns or spec.type not in ("integer", "number", "rating", "money"):
            problems.append(Problem("error-no-input", place, values={"name": name}))
            continue
        numbers = {key: _by_row(scores, value) for key, value in said.items() if key in KEYS}
        fine = numbers and len(numbers) == len(said) and all(v is not None and (v > 0).all() for v in numbers.values())
        alone = len(numbers) == 1 or "deviation" in numbers
        if not fine or not alone or set(numbers) == {"raters"} or {"rounded_to", "deviation"} <= set(numbers):
            problems.append(Problem("error-unreadable", place, values={"name": name, "known": list(KEYS)}))
            continue
        sure = {key: value for key, value in numbers.items() if value is not None}
        if "rounded_to" in sure:
            found[name] = ("even", sure["rounded_to"] / 2)
        elif "deviation" in sure:
            found[name] = ("normal", sure["deviation"] / np.sqrt(sure.get("raters", sure.get("answers", 1.0))))
        elif isinstance(spec.max, Fraction) and spec.max > 0:
            top = float(spec.max)
            share = np.clip(columns[name].floats(slice(None)) / top, 0.0, 1.0)
            found[name] = ("normal", top * np.sqrt(share * (1 - share) / sure["answers"]))
        else:
            problems.append(Problem("error-no-maximum", place, values={"name": name}))
    if problems:
        raise InputError(problems)
    return found


def _by_row(scores: Scores, value: Any) -> Floats | None:
    """A number for each row of the table, from one number or one a station."""
    stations = scores.data.table.stations
    try:
        if isinstance(value, Sequence | np.ndarray):
            by_station = dict(zip(scores.stations, [float(each) for each in value], strict=True))
            found = np.array([by_station[name] for name in stations])
        else:
            found = np.full(len(stations), float(value))
    except (TypeError, ValueError):
        return None
    return found if np.isfinite(found).all() else None


def _drawn(
    scores: Scores,
    errors: Errors,
    sizes: Mapping[str, tuple[str, Floats]],
    count: int,
    random: np.random.Generator,
) -> Sources:
    """Every column `count` times over, the unsure ones drawn; derived ones made again."""
    document, n = scores.framework.doc, len(scores.data.table.stations)
    found: dict[str, Source] = {}
    for name, source in scores.data.sources.items():
        if name in document.derive and set(errors) & set(document.derive[name].of):
            continue
        found[name] = _tiled(source, count, n)
        if name in sizes:
            kind, size = sizes[name]
            noise = random.uniform(-1.0, 1.0, (count, n)) if kind == "even" else random.standard_normal((count, n))
            values = (source.floats(slice(None)) + noise * np.nan_to_num(size)).ravel()
            spec = document.inputs[name]
            low, high = (float(e) if isinstance(e, Fraction) else None for e in (spec.min, spec.max))
            values = np.clip(values, low, high) if low is not None or high is not None else values
            values = np.rint(values) if spec.type == "integer" else values
            found[name] = Source(values, found[name].missing, _exactly(values))
    for name, made in document.derive.items():
        if name not in found and all(part in found for part in made.of):
            found[name] = derived(made, found)
    return found


def _exactly(values: Floats) -> Any:
    return lambda i: Fraction(float(values[i]))


def _tiled(source: Source, count: int, n: int) -> Source:
    missing = None if source.missing is None else np.tile(source.missing, count)
    return Source(np.tile(source.values, count), missing, lambda i: source.exact(i % n), source.spread, source.crisp)


def _engine(scores: Scores, sources: Sources, count: int) -> Engine:
    """The arithmetic of the scores over every replication at once."""
    document, n = scores.framework.doc, len(scores.data.table.stations)
    groups: dict[str | None, Sequence[object]] = {
        name: [(k, group) for k in range(count) for group in within]
        for name, within in scores.data.groups(scores.plan.groups).items()
    }
    asked = [name for leaf in scores.plan.leaves() for name in leaf.inputs]
    return Engine(
        scores.plan,
        with_absent(sources, asked, n * count),
        n * count,
        rounding=document.policies.rounding,
        inputs=document.inputs,
        groups=groups,
    )
