"""Who is in the table: stations and rounds by name, each once, all that were expected and no others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, Protocol, TypeAlias, cast

import numpy as np

from stationeval.evaluation.cells import plain_text, scalar
from stationeval.evaluation.headers import Labelled, names_of
from stationeval.evaluation.intake import Array, Cells
from stationeval.messages import near
from stationeval.writing import name_key

MOST_COMPARISONS = 100_000
"""Near names are looked for among so many pairs at most: two lists that have nothing in common are not compared."""


Severity: TypeAlias = Literal["error", "note"]


class Say(Protocol):
    """Takes a problem of a row in one column; row None is the table as a whole."""

    def __call__(  # noqa: D102
        self, code: str, row: int | None, value: object = None, *, severity: Severity = "error", **values: Any
    ) -> None: ...


def cell_text(raw: object) -> str | None:
    """A cell as a name: unified forms, no spaces around it, whole numbers as digits, dates as written in ISO.

    Examples
    --------
    >>> cell_text(" 盐官镇　"), cell_text(330481001.0), cell_text(None)
    ('盐官镇', '330481001', None)
    """
    if isinstance(raw, date):
        return str(raw)
    text = plain_text(scalar(raw))
    return unicodedata.normalize("NFKC", text).strip() or None if text else None


def cell_texts(cells: Cells) -> list[str | None]:
    """A column of names; the same list where every cell is a plain name already."""
    listed: Sequence[Any] = cells.tolist() if isinstance(cells, np.ndarray) else cells
    try:
        joined = "".join(listed)
    except TypeError:
        return list(map(cell_text, listed))
    if not all(listed) or not _plain(joined):
        return list(map(cell_text, listed))
    return cast("list[str | None]", listed)


PLAIN = np.zeros(2**16, dtype=np.bool_)
"""The characters that names are made of, and that no normalisation changes: CJK ideographs, ASCII but for blanks."""
PLAIN[0x4E00:0xA000] = True
PLAIN[0x21:0x7F] = True


def _plain(joined: str) -> bool:
    """Whether there is nothing to unify in a text."""
    codes = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if bool(PLAIN[codes].all()):
        return True
    return joined.isprintable() and " " not in joined and unicodedata.is_normalized("NFKC", joined)


def read_stations(cells: Cells, say: Say) -> list[str]:
    """The name of each row's station; "" where there is none, which is reported."""
    names = cell_texts(cells)
    if names is cells:
        return cast("list[str]", names)
    for i, name in enumerate(names):
        raw = scalar(cells[i])
        if name is None:
            empty = raw is None or isinstance(raw, str)
            say("station-empty" if empty else "station-not-text", i, None if empty else raw)
        elif isinstance(raw, str) and raw != name:
            say("name-repaired", i, raw, severity="note", read=name)
    return [name or "" for name in names]


def read_rounds(cells: Cells, rounds: Mapping[str, Labelled], say: Say) -> Array:
    """The place of each row's round among `rounds`, -1 where it is none of them, which is reported."""
    places = {
        name_key(name): place
        for place, (round_id, label) in enumerate(rounds.items())
        for name in (round_id, *names_of(label))
    }
    codes: list[int] = []
    known: dict[str | None, int] = {}
    for i, name in enumerate(cell_texts(cells)):
        code = known.get(name)
        if code is None:
            code = known[name] = places.get(name_key(name or ""), -1)
        codes.append(code)
        if code < 0:
            labels = [next(iter(names_of(label)), round_id) for round_id, label in rounds.items()]
            say("round-unknown", i, cells[i], round=name, rounds=labels)
    return np.array(codes, dtype=np.int64)


def check_once(names: Sequence[str], codes: Array | None, say: Say, where: Any) -> None:
    """Report every station that appears twice (in one round), with the place where it appeared first."""
    keys: Sequence[Any] = names if codes is None else list(zip(names, codes.tolist(), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[Any, int] = {}
    for i, (key, name) in enumerate(zip(keys, names, strict=True)):
        if name and first.setdefault(key, i) != i:
            say("station-twice", i, name, station=name, first=where(first[key]))


def check_expected(names: Sequence[str], expected: Sequence[str], say: Say) -> None:
    """Report stations that were not expected, and expected ones that are absent."""
    wanted = {cell_text(name) for name in expected}
    present = set(names)
    strangers = [(i, name) for i, name in enumerate(names) if name and name not in wanted]
    absent = [name for name in dict.fromkeys(map(cell_text, expected)) if name is not None and name not in present]
    candidates = [name for name in dict.fromkeys((*absent, *wanted)) if name is not None]
    if len(candidates) * len(strangers) > MOST_COMPARISONS:
        candidates = []
    meant: set[str] = set()
    for i, name in strangers:
        close = near(name, candidates)
        if close is None:
            say("station-unexpected", i, name)
        else:
            meant.add(close)
            say("station-near", i, name, near=close)
    for name in absent:
        if name not in meant:
            say("station-absent", None, name)
