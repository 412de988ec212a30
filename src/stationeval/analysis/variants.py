"""The same stations under other choices of method: rates by missing policy and raters, normalised, aggregated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np

from stationeval.analysis.polytope import Floats
from stationeval.analysis.rates import Level, level_nodes
from stationeval.evaluation import raters
from stationeval.evaluation.columns import Source, derived
from stationeval.evaluation.plan import Branch, Leaf, known
from stationeval.evaluation.prepare import with_absent
from stationeval.evaluation.results import Scores
from stationeval.evaluation.scoring import Engine
from stationeval.framework.documents import Missing, Trim

Normalisation: TypeAlias = Literal["rates", "minmax", "rank", "zscore"]
Aggregation: TypeAlias = Literal["arithmetic", "geometric"]
RaterChoice: TypeAlias = Literal["framework", "mean", "trimmed"]

LEAST = 0.01
"""A geometric mean takes a rate below one hundredth as one hundredth, because one 0 would make all of it 0."""


def rates_under(scores: Scores, level: Level, missing: str, treatment: str) -> Floats:
    """Rates of every station under another missing policy and rater treatment, shape (stations, k); NaN: left out."""
    document, standing = scores.framework.doc, scores.data.standing
    found: dict[str, Source] = dict(scores.data.sources)
    if treatment != "framework" and scores.data.ratings is not None:
        trim = None if treatment == "mean" else Trim(drop_highest=1, drop_lowest=1, needs=3)
        groups = {name: one.model_copy(update={"trim": trim}) for name, one in known(document.raters).items()}
        changed = document.model_copy(update={"raters": groups})
        rated, _ = raters.aggregate(scores.data.ratings, scores.data.table, changed)
        found |= rated
        for name, spec in document.derive.items():
            if set(spec.of) & set(rated) and all(part in found for part in spec.of):
                found[name] = derived(spec, found)
    plan = scores.plan
    if missing in ("zero", "exclude"):
        plan = replace(plan, root=_with_missing(plan.root, "zero" if missing == "zero" else "exclude"))
    n = scores.engine.n
    engine = Engine(
        plan,
        with_absent(found, [name for leaf in plan.leaves() for name in leaf.inputs], n),
        n,
        rounding=document.policies.rounding,
        inputs=document.inputs,
        groups=scores.data.groups(plan.groups),
    )
    nodes = level_nodes(scores, level)
    twins = {node.path: node for node in (*plan.root.nodes(), plan.root)}
    values = np.zeros((len(scores), len(nodes)))
    whole = float(sum(standing.weights, Fraction(0)))
    for i, node in enumerate(nodes):
        twin = twins[node.path]
        leaves = [twin] if isinstance(twin, Leaf) else list(twin.leaves())
        out = np.logical_and.reduce([engine.left_out(leaf) for leaf in leaves])
        by_row = np.where(out, np.nan, engine.node(twin) / float(node.points or 1))
        for rows, weight in zip(standing.rows, standing.weights, strict=True):
            values[:, i] += by_row[rows] * float(weight) / whole
    return values


def _with_missing(branch: Branch, policy: Missing) -> Branch:
    return replace(
        branch,
        children=tuple(
            _with_missing(child, policy) if isinstance(child, Branch) else replace(child, missing=policy)
            for child in branch.children
        ),
    )


def normalised(values: Floats, how: str) -> Floats:
    """Rates from 0 to 1 as they are, or by their place among the stations; a constant column stands at 1 (0.5 in z)."""
    if how == "rates":
        return values
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    level = high <= low
    if how == "minmax":
        return np.where(
            level, np.where(np.isnan(values), np.nan, 1.0), (values - low) / np.where(level, 1.0, high - low)
        )
    if how == "rank":
        below = (values[:, None, :] > values[None, :, :]).sum(axis=1)
        same = (values[:, None, :] == values[None, :, :]).sum(axis=1) - 1
        others = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 1)
        return np.asarray(np.where(np.isnan(values), np.nan, np.where(level, 1.0, (below + same / 2) / others)))
    deviation = np.nanstd(values, axis=0)
    z = (values - np.nanmean(values, axis=0)) / np.where(deviation > 0, deviation, 1.0)
    return np.asarray(np.clip((z + 2) / 4, 0.0, 1.0))


def aggregated(values: Floats, weights: Floats, how: str) -> Floats:
    """One number a station; what is left out is made up for by the rest, shape (stations,)."""
    there = ~np.isnan(values)
    share = np.where(there, weights, 0.0)
    share = share / share.sum(axis=1, keepdims=True)
    filled = np.where(there, values, 0.0)
    if how == "arithmetic":
        return np.asarray((share * filled).sum(axis=1))
    return np.asarray(np.exp((share * np.log(np.maximum(filled, LEAST))).sum(axis=1)))


def named_weights(given: Mapping[str, float], names: tuple[str, ...]) -> Floats:
    """Weights by name as shares of their sum, shape (k,)."""
    values = np.array([float(given[name]) for name in names])
    return np.asarray(values / values.sum())
