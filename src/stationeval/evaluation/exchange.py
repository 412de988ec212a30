"""Scores as plain values for other systems, and back: what is read back is computed again and must agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.errors import FrameworkError, InputError, Path, Place, Problem, Report
from stationeval.evaluation.breakdown import breakdown
from stationeval.evaluation.cells import NUMERIC
from stationeval.evaluation.checking import scored
from stationeval.evaluation.eligibility import WORDS
from stationeval.evaluation.intake import Column, Findings, Teller, read_column
from stationeval.evaluation.prepare import Data
from stationeval.evaluation.results import Scores
from stationeval.evaluation.sheets import Places
from stationeval.evaluation.tables import Table
from stationeval.exact import decimal_text
from stationeval.framework.documents import Input
from stationeval.framework.framework import Framework
from stationeval.framework.registry import load
from stationeval.framework.values import Unknown

PLACE = ("file", "line", "column", "path", "sheet", "cell", "row", "input", "station")
EXACT = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400}|/[0-9]{1,400})?\Z")
SHOWN = 100
"""How many differences of one document are named singly."""


def scores_to_dict(scores: Scores) -> dict[str, Any]:
    """Scores ready for JSON, with the data they were made from; see `docs/schema/scores-1.json`.

    Exact numbers are text, a decimal or `a/b`: no digit is lost.
    """
    data, framework = scores.data, scores.framework
    label = framework.doc.label
    return {
        "schema": "scores-1",
        "signature": scores.signature,
        "framework": {
            "id": framework.id,
            "edition": framework.edition,
            "revision": framework.revision,
            "completions": list(framework.completions),
            "sha256": framework.sha256,
            "label": {"zh": label.zh, "en": label.en},
        },
        "round": data.round,
        "stations": list(_stations(scores)),
        "notes": [_note(note) for note in scores.report.notes],
        "data": _table(data.table, framework),
        "ratings": None if data.ratings is None else _table(data.ratings, framework),
    }


def scores_from_dict(document: Mapping[str, Any], framework: Framework | None = None) -> Scores:
    """Scores from what `to_dict` gave, computed again from the data within.

    Parameters
    ----------
    document
        From `to_dict`, or from JSON.
    framework
        The framework; by default the one installed here under the pin in the document.

    Returns
    -------
    Scores
        Equal to those that were written.

    Raises
    ------
    InputError
        If the document is malformed, or what is computed again is not what it says: every difference is named.
    FrameworkError
        If the framework is not the one that made it.
    FrameworkNotFound
        If it is not installed here.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> se.Scores.from_dict(scores.to_dict()) == scores
    True
    """
    scores = restored(document, framework)
    found = differences(document, scores_to_dict(scores))
    if found:
        raise InputError(found)
    return scores


def restored(document: Mapping[str, Any], framework: Framework | None = None) -> Scores:
    """Scores computed from the data within a document, whatever it says of results; raises as `scores_from_dict`."""
    malformed = list(_malformed(document))
    if malformed:
        raise InputError(malformed)
    pin = document["framework"]
    if framework is None:
        framework = load("+".join((f"{pin['id']}@{pin['edition']}#{pin['revision']}", *pin["completions"])))
    if framework.sha256 != pin["sha256"]:
        values = {"framework": framework.signature, "sha256": framework.sha256, "expected": pin["sha256"]}
        raise FrameworkError([Problem("exchange-framework-differs", values=values)])
    findings = Findings()
    table = _read(document["data"], framework, findings, ("data",))
    ratings = None
    if document["ratings"] is not None:
        ratings = _read(document["ratings"], framework, findings, ("ratings",))
    problems = findings.report().errors
    if problems:
        raise InputError(problems)
    return scored(Data(framework, table, ratings, document["round"]))


def to_json(value: Any) -> bytes:
    """Plain values as JSON, the same bytes wherever it is written."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


# ---- writing ----------------------------------------------------------------------------------------------------


def _stations(scores: Scores) -> Iterator[dict[str, Any]]:
    tiers = [*scores.framework.doc.tiers, None]
    levels = scores.tiers[0] if scores.framework.doc.tiers else None
    for s, (station, total, rank) in enumerate(zip(scores.stations, scores.totals, scores.ranks, strict=True)):
        whole = breakdown(scores, s)
        points: dict[str, dict[str, str]] = {"dimension": {}, "indicator": {}, "bonus": {}, "deductions": {}}
        for part in whole.all():
            kind = part.path[0] if part.kind == "item" else part.kind
            if part.kind in ("dimension", "indicator", "item"):
                points[kind][part.path[-1]] = decimal_text(part.points)
        yield {
            "station": station,
            "total": format(total, "f"),
            "exact": decimal_text(whole.points),
            "grade": None if scores.grades is None else scores.grades[s],
            "rank": rank,
            "vetoes": list(scores.vetoes(station)),
            "dimensions": points["dimension"],
            "indicators": points["indicator"],
            "bonus": points["bonus"],
            "deductions": points["deductions"],
            "gates": {name: WORDS[int(states[s])] for name, states in scores.gates.items()},
            "tier": None if levels is None else tiers[int(levels[s])],
        }


def _note(note: Problem) -> dict[str, Any]:
    place = {name: value for name in PLACE if (value := getattr(note.place, name)) not in (None, ())}
    if "path" in place:
        place["path"] = list(place["path"])
    return {
        "code": note.code,
        "place": place,
        "value": None if note.value is None else str(note.value),
        "values": {name: _plain(value) for name, value in note.values.items()},
        "why": {"zh": note.why("zh"), "en": note.why("en")},
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else str(value)


def _table(table: Table, framework: Framework) -> dict[str, Any]:
    rounds = framework.doc.rounds
    names = [] if isinstance(rounds, Unknown) else list(rounds)
    inputs = framework.doc.inputs
    places = table.places
    return {
        "kind": table.kind,
        "stations": list(table.stations),
        "rounds": None if table.rounds is None else [names[code] for code in table.rounds.tolist()],
        "inputs": {name: _cells(column, inputs[name]) for name, column in table.columns.items()},
        "kept": {name: list(cells) for name, cells in table.kept.items()},
        "cells": {
            "file": places.file,
            "sheet": places.sheet,
            "rows": None if places.rows is None else list(places.rows),
            "letters": list(places.letters),
            "header": places.header,
            "columns": dict(table.positions),
        },
        "notes": [_note(note) for note in table.report.notes],
    }


def _cells(column: Column, spec: Input) -> list[Any]:
    n = len(column.values)
    if spec.type in ("date", "text"):
        return [None if _lacks(column, i) else str(column.values[i]) for i in range(n)]
    exact = [column.exact(i) for i in range(n)]
    if spec.type == "choice":
        return [None if code is None else spec.choices[int(code)] for code in exact]
    if spec.type == "boolean":
        return [None if value is None else bool(value) for value in exact]
    return [None if value is None else decimal_text(value) for value in exact]


def _lacks(column: Column, i: int) -> bool:
    return column.missing is not None and bool(column.missing[i])


# ---- reading ----------------------------------------------------------------------------------------------------


def _malformed(document: Any) -> Iterator[Problem]:
    """What is not as the schema has it."""
    from pydantic import ValidationError

    from stationeval.evaluation.exchanged import ScoresDocument

    try:
        ScoresDocument.model_validate(document)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False)[:SHOWN]:
            place = Place(path=tuple(one["loc"]))
            yield Problem("exchange-malformed", place, str(one["input"])[:80], {"reason": one["type"]})
        return
    for part in ("data", "ratings"):
        table = document[part]
        if table is None:
            continue
        columns = {**table["inputs"], **table["kept"], "rounds": table["rounds"] or table["stations"]}
        for name, cells in columns.items():
            if len(cells) != len(table["stations"]):
                values = {"reason": f"{len(cells)} ≠ {len(table['stations'])}"}
                yield Problem("exchange-malformed", Place(path=(part, name)), values=values)


def _read(table: Mapping[str, Any], framework: Framework, findings: Findings, path: Path) -> Table:
    """A table as it was; every cell is checked again by the data dictionary."""
    document = framework.doc
    rounds = [] if isinstance(document.rounds, Unknown) else list(document.rounds)
    cells = table["cells"]
    places = Places(
        cells["file"],
        cells["sheet"],
        None if cells["rows"] is None else tuple(cells["rows"]),
        tuple(cells["letters"]),
        cells["header"],
    )
    columns: dict[str, Column] = {}
    for c, (name, values) in enumerate(table["inputs"].items()):
        at = (*path, "inputs", name)
        if name not in document.inputs:
            findings.add(Problem("exchange-malformed", Place(path=at), name, {"reason": "no such input"}))
            continue
        spec = document.inputs[name]
        teller = Teller(findings, lambda row, at=at: Place(path=(*at, row)), c)  # type: ignore[misc]
        columns[name] = read_column([_value(value, spec) for value in values], spec, name, teller)
    codes = None
    if table["rounds"] is not None:
        unknown = sorted(set(table["rounds"]) - set(rounds))
        if unknown:
            place = Place(path=(*path, "rounds"))
            findings.add(Problem("round-unknown", place, values={"round": unknown[0], "rounds": rounds}))
        codes = np.array([rounds.index(name) if name in rounds else -1 for name in table["rounds"]], dtype=np.int64)
    return Table(
        stations=tuple(table["stations"]),
        rounds=codes,
        columns=columns,
        kept={name: tuple(values) for name, values in table["kept"].items()},
        report=Report(tuple(map(_problem, table["notes"]))),
        kind=table["kind"],
        places=places,
        positions=dict(cells["columns"]),
    )


def _value(value: Any, spec: Input) -> Any:
    """A cell as it was: a number from its exact text; anything else stays as it is, to be refused."""
    if isinstance(value, str) and spec.type in NUMERIC and EXACT.match(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            return value
    return value


def _problem(note: Mapping[str, Any]) -> Problem:
    place: dict[str, Any] = {name: tuple(value) if name == "path" else value for name, value in note["place"].items()}
    return Problem(note["code"], Place(**place), note["value"], note["values"], "note")


# ---- comparing --------------------------------------------------------------------------------------------------


def differences(found: Mapping[str, Any], again: Mapping[str, Any]) -> list[Problem]:
    """Where a document says something else than what is computed again: the station, what, and both values."""
    every = list(_unlike(found, again, ()))
    more = len(every) - SHOWN
    return [*every[:SHOWN], *([Problem("exchange-more", values={"more": more})] if more > 0 else [])]


def _unlike(found: Any, again: Any, path: Path) -> Iterator[Problem]:
    if isinstance(found, Mapping) and isinstance(again, Mapping):
        for key in dict.fromkeys((*again, *found)):
            if key not in found or key not in again:
                yield _differs(found.get(key), again.get(key), (*path, key))
            else:
                yield from _unlike(found[key], again[key], (*path, key))
    elif path == ("stations",) and _named(found) and _named(again):
        for one, other in zip(found, again, strict=False):
            for problem in _unlike(one, other, ("stations", other["station"])):
                place = Place(path=problem.place.path[2:], station=other["station"])
                yield Problem(problem.code, place, problem.value, problem.values)
        if len(found) != len(again):
            yield _differs(len(found), len(again), path)
    elif found != again or type(found) is not type(again):
        yield _differs(found, again, path)


def _named(stations: Any) -> bool:
    return isinstance(stations, Sequence) and all(isinstance(one, Mapping) and "station" in one for one in stations)


def _differs(found: Any, again: Any, path: Path) -> Problem:
    values = {"found": _short(found), "again": _short(again)}
    return Problem("exchange-result-differs", Place(path=path), _short(found), values)


def _short(value: Any) -> str:
    return str(value)[:80]
