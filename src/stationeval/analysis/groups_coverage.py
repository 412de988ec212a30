"""How far places together are from the coverage that a framework aims at."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from stationeval.evaluation.columns import Sources
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.evaluate import FrameworkLike, framework_of, unscored
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.places import targets


def coverage(data: Any, framework: FrameworkLike) -> ResultTable:
    """Coverage against targets over all places: who meets them, what all reach together, how much lacks.

    Parameters
    ----------
    data
        One row a place, with the inputs that the targets name.
    framework
        A framework with `targets`.

    Returns
    -------
    ResultTable
        One row a target: `target`, `label`, `by`, `asked` (share or count, None where the source lost it), `places`,
        `met`, `not_met`, `cannot_tell`, `achieved` and `whole` (sums over the places that say both; of a count, `whole`
        is None), `share` (exact), `lacking` (how many more the places below their target need, in whole ones).

    Raises
    ------
    InputError, NotInFramework
        For bad data; where the framework has no targets.

    Examples
    --------
    >>> rows = [("甲县", 10, 8), ("乙县", 5, 5)]
    >>> data = [{"station": name, "towns": towns, "towns_with_station": done} for name, towns, done in rows]
    >>> table = coverage(data, "national-coverage")
    >>> [(row["met"], row["not_met"], str(row["share"]), row["lacking"]) for row in table]
    [(1, 1, '13/15', 2)]
    """
    fw = framework_of(framework)
    each = targets(data, fw)
    scores = unscored(data, fw, "targets")
    sources = scores.data.standing.sources(scores.data.sources)
    columns: dict[str, list[Any]] = {name: [] for name in HEADS}
    for name, target in fw.doc.targets.items():
        rows = [row for row in each if row["target"] == name]
        states = [row["state"] for row in rows]
        asked = rows[0]["count"] if rows[0]["share"] is None else rows[0]["share"]
        pairs = [
            (done, whole)
            for s in range(len(scores))
            if (done := _cell(sources, target.achieved, s)) is not None
            and ((whole := _cell(sources, target.whole, s)) is not None or target.share is None)
        ]
        achieved = sum((done for done, _ in pairs), ZERO)
        whole = None if target.share is None else sum((of or ZERO for _, of in pairs), ZERO)
        lacking = None if asked is None else sum(_lacking(done, of, asked) for done, of in pairs)
        cells = (
            name,
            rows[0]["label"],
            rows[0]["by"],
            asked,
            len(rows),
            *(states.count(word) for word in ("met", "not met", "cannot tell")),
            achieved,
            whole,
            achieved / whole if whole else None,
            lacking,
        )
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    made: dict[str, Sequence[Any]] = {name: tuple(cells) for name, cells in columns.items()}
    return ResultTable("coverage", made, scores.signature, kind=scores.data.table.kind)


HEADS = (
    *("target", "label", "by", "asked", "places", "met", "not_met", "cannot_tell"),
    *("achieved", "whole", "share", "lacking"),
)


def _lacking(done: Fraction, whole: Fraction | None, asked: Fraction) -> int:
    return max(0, ceil((asked if whole is None else asked * whole) - done))


def _cell(sources: Sources, name: str | None, s: int) -> Fraction | None:
    source = sources.get(name or "")
    if source is None or (source.missing is not None and source.missing[s]):
        return None
    return source.exact(s)
