"""The format's order of work in plain fractions, slow and obvious: what the engine must equal, value for value.

Written from the description of the format alone, so that the same mistake has to be made twice to go unseen.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference.conditions import Row, tier, verdict_of, with_derived
from tests.reference.money import pay
from tests.reference.standing import nothing_applies, score

from stationeval.framework.documents import Document

__all__ = ["nothing_applies", "reference"]


def reference(document: Document, rows: list[Row], *, pool: Fraction | None = None) -> dict[str, Any]:
    """Evaluate stations.

    Parameters
    ----------
    document : Document
        With everything known that is computed from.
    rows : list of dict
        `station`, `round` where there are rounds, and input ids with Fraction, bool, str or None.
    pool : Fraction, optional
        A sum to share, instead of the framework's own.

    Returns
    -------
    dict
        `stations` in order; `points` by round, station and leaf (None, or not there, where left out); and by station
        `dimensions`, `base`, `bonus`, `deductions`, `total`, `vetoes`, `grade`, `rank`, `gates`, `tier`, `components`,
        `amount`, `paid`.
    """
    rows = [with_derived(document, row) for row in rows]
    stations = list(dict.fromkeys(row["station"] for row in rows))
    rounds = list(document.rounds) if isinstance(document.rounds, dict) and document.rounds else [None]
    last = {row["station"]: row for row in rows if row.get("round") == rounds[-1]}
    found: dict[str, Any] = {"stations": stations}
    found["gates"] = {
        s: {g: verdict_of(gate.requires, last[s]) for g, gate in document.gates.items()} for s in stations
    }
    found["tier"] = {s: tier(document, last[s]) for s in stations}
    if isinstance(document.dimensions, dict):
        score(document, rows, last, found)
    if document.subsidy is not None and isinstance(document.subsidy.components, dict):
        pay(document, last, found, pool)
    return found
