"""Station data in any form to checked columns, matched by label; the only file that knows data frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from stationeval.errors import InputError, Place, Problem, Report
from stationeval.evaluation.headers import Headers, Labelled, Role
from stationeval.evaluation.intake import Array, Cells, Column, Findings, Teller, read_column
from stationeval.evaluation.roster import (
    Say,
    Severity,
    cell_texts,
    check_expected,
    check_once,
    read_rounds,
    read_stations,
)
from stationeval.evaluation.sheets import Places
from stationeval.evaluation.sources import Source, from_columns, from_file, from_records, not_a_table
from stationeval.workbooks import refused

if TYPE_CHECKING:
    from stationeval.framework.documents import Input

Backend: TypeAlias = Literal["pyarrow", "polars"]
PARQUET_READERS: tuple[Backend, ...] = ("pyarrow", "polars")


@dataclass(frozen=True, eq=False)
class Table:
    """Station data read for one framework; where `report` has errors, the refused cells count as missing.

    Attributes
    ----------
    stations
        The station of each row.
    rounds
        Shape (n,): the place of each row's round among the rounds asked for; None without a round column.
    columns
        The inputs that the data hold, by id.
    kept
        Other columns that were asked for, as text, None where empty.
    report
        Every problem and note.
    kind
        What the caller gave: `pandas`, `polars`, `pyarrow`, `duckdb` or `records`; `pandas` for a file.
    """

    stations: tuple[str, ...] = ()
    rounds: Array | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    kept: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    kind: str = "pandas"
    places: Places = field(default_factory=Places)
    positions: Mapping[str, int] = field(default_factory=dict)

    def place(self, i: int, name: str) -> Place:
        """Where the value of a row came from: file, sheet and cell, or the row from 0, with station and input."""
        place = self.places.at(i, self.positions.get(name))
        return replace(place, input=name, station=self.stations[i])


def read_table(
    data: Any,
    inputs: Mapping[str, Input],
    *,
    station: str = "station",
    rounds: Mapping[str, Labelled] | None = None,
    keep: Sequence[str] = (),
    stations: Sequence[str] | None = None,
    sheet: str | None = None,
    repeated: bool = False,
    headers: Headers | None = None,
) -> Table:
    """Read and check station data; never raises for bad data: all that is wrong stands in the report.

    Parameters
    ----------
    data
        A pandas, polars (eager or lazy) or pyarrow table, a DuckDB relation, a list of records, a dict of
        columns, or the path of an .xlsx, .csv, .tsv, .json or .parquet file. A row is a station, or a station
        in a round.
    inputs
        The data dictionary. A column is recognised by an input's id, label or alias, never by its position.
    station
        The header of the station column; its usual Chinese names are recognised too.
    rounds
        The rounds by id with their labels, where a `round` (轮次) column tells rows of a station apart.
    keep
        Headers of further columns that the caller wants, such as `county`.
    stations
        The stations expected; others, and absent ones, are errors.
    sheet
        The sheet of a workbook; by default the one whose header matches best.
    repeated
        Whether a station may have several rows, as in a table of single ratings.
    headers
        What the headers mean, where the caller has gathered that before.

    Returns
    -------
    Table
        Inputs that the data do not hold are absent from its columns.

    Examples
    --------
    >>> from stationeval.framework.documents import Input
    >>> from stationeval.framework.values import Text
    >>> inputs = {"cases": Input(type="integer", unit="个", label=Text(zh="个案数"))}
    >>> table = read_table([{"社工站": "盐官镇", "个案数（个）": 12}], inputs)
    >>> table.stations, table.columns["cases"].exact(0), table.report.ok
    (('盐官镇',), Fraction(12, 1), True)
    """
    headers = headers or Headers.of(inputs, station=station, rounds=rounds, keep=keep)
    try:
        source = _open(data, headers, sheet)
    except InputError as error:
        return Table(report=error.report)
    findings = Findings()
    findings.extend(source.notes)
    roles = _assign(source, headers, keep, findings)
    names = [""] * source.rows

    def place(row: int, column: int, name: str | None = None) -> Place:
        return replace(source.places.at(row, column), input=name, station=names[row] or None)

    def saying(column: int) -> Say:
        def say(
            code: str, row: int | None, value: object = None, *, severity: Severity = "error", **values: Any
        ) -> None:
            where = source.places.at(None) if row is None else place(row, column, source.headers[column])
            findings.add(Problem(code, where, value, values, severity), -1 if row is None else row, column)

        return say

    if (at := roles.get(("station", "station"))) is not None:
        names = read_stations(source.cells(at), saying(at))
    codes = None
    if rounds is not None and (round_at := roles.get(("round", "round"))) is not None:
        codes = read_rounds(source.cells(round_at), rounds, saying(round_at))
    if at is not None and not repeated:
        check_once(names, codes, saying(at), lambda row: str(place(row, at)))
    if at is not None and stations is not None:
        check_expected(names, stations, saying(at))
    columns: dict[str, Column] = {}
    for (role, name), c in roles.items():
        if role == "input":
            teller = Teller(findings, partial(place, column=c, name=name), c, source.each, source.text)
            columns[name] = read_column(source.cells(c), inputs[name], name, teller)
    kept = {name: tuple(cell_texts(source.cells(c))) for (role, name), c in roles.items() if role == "keep"}
    return Table(
        stations=tuple(names),
        rounds=codes,
        columns=columns,
        kept=kept,
        report=findings.report(),
        kind=source.kind,
        places=source.places,
        positions={name: c for (_, name), c in roles.items()},
    )


def to_frame(columns: Mapping[str, Sequence[Any]], *, kind: str = "pandas") -> Any:
    """A fresh frame of the caller's kind.

    Parameters
    ----------
    columns
        Columns of equal length by header.
    kind
        `pandas`, `polars`, `records` (a list of dicts); a pyarrow table for `pyarrow`, `duckdb` and any other.

    Examples
    --------
    >>> to_frame({"station": ["盐官镇"], "total": [92]}, kind="records")
    [{'station': '盐官镇', 'total': 92}]
    """
    if kind == "records":
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    import narwhals.stable.v2 as nw

    backend: Backend | Literal["pandas"] = "pandas" if kind == "pandas" else "polars" if kind == "polars" else "pyarrow"
    return nw.from_dict({name: list(cells) for name, cells in columns.items()}, backend=backend).to_native()


def _assign(source: Source, headers: Headers, keep: Sequence[str], findings: Findings) -> dict[tuple[Role, str], int]:
    """Which column is what; reports columns that are unknown, ambiguous, doubled or not there."""
    roles: dict[tuple[Role, str], int] = {}
    found = [headers.find(header) for header in source.headers]

    def say(code: str, column: int | None, severity: Severity = "error", **values: Any) -> None:
        header = None if column is None else source.headers[column]
        where = source.places.at(None, column)
        where = where if where.cell else replace(where, input=header)
        findings.add(Problem(code, where, header, values, severity), -1, -1 if column is None else column)

    named_station = min((hit.rank for hit in found if hit and hit.role == "station"), default=0)
    unknown: list[int] = []
    for c, hit in enumerate(found):
        if hit is None or (hit.role == "station" and hit.rank > named_station):
            unknown.append(c)
        elif hit.problem is not None:
            say(hit.problem, c, **(hit.values or {}))
        elif (first := roles.setdefault((hit.role, hit.id), c)) != c:
            say("column-twice", c, first=source.headers[first], second=source.headers[c])
    refused = {hit.id for hit in found if hit and hit.problem}
    absent = [name for name in headers.inputs if ("input", name) not in roles and name not in refused]
    for c in unknown:
        header = source.headers[c]
        close = None if found[c] or not header.strip() else headers.near(header, absent)
        if close is not None:
            say("column-near", c, header=header, near=close)
        elif header.strip():
            say("column-ignored", c, "note", header=header)
        else:
            say("column-without-header", c, "note")
    for name in keep:
        hit = headers.find(name)
        if hit is not None and (hit.role, hit.id) in roles:
            roles["keep", name] = roles[hit.role, hit.id]
        else:
            say("column-not-found", None, header=name)
    if ("station", "station") not in roles:
        say("no-station-column", None, headers=[header for header in source.headers if header.strip()])
    if not source.rows:
        say("no-rows", None)
    return roles


def _open(data: Any, headers: Headers, sheet: str | None) -> Source:
    if isinstance(data, str | Path):
        path = Path(data)
        return from_file(path, headers, sheet) or _open_parquet(path, headers)
    if isinstance(data, Mapping):
        return from_columns(data)
    if isinstance(data, Sequence):
        return from_records(data)
    return _open_frame(data, headers)


def _open_parquet(path: Path, headers: Headers) -> Source:
    import narwhals.stable.v2 as nw

    backends: list[Backend] = [name for name in PARQUET_READERS if find_spec(name) is not None]
    if not backends:
        raise refused(path, "data-library-needed", extra="polars")
    try:
        frame = nw.read_parquet(str(path), backend=backends[0])
    except Exception as error:  # noqa: BLE001  (each backend has its own errors for a damaged file)
        raise refused(path, "data-unreadable", reason=f"{type(error).__name__}: {error}"[:200]) from None
    return replace(_open_frame(frame.to_native(), headers), kind="pandas", places=Places(path.name))


def _open_frame(data: Any, headers: Headers) -> Source:
    import narwhals.stable.v2 as nw

    data, names, levels = _plain_names(data)
    try:
        frame = nw.from_native(data)
    except TypeError:
        raise not_a_table(data) from None
    kind = frame.implementation.value
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    native, schema, keys = frame.to_native(), frame.schema, frame.columns

    def column(c: int) -> Cells:
        dtype = schema[keys[c]]
        if (dtype.is_numeric() and not dtype.is_decimal()) or dtype == nw.Boolean:
            for holder in (native, frame):
                array: Array = holder[keys[c]].to_numpy()
                if array.dtype.kind in "fiub":
                    return array
        listed: list[Any] = frame[keys[c]].to_list()
        return listed

    used = _index_columns(levels, [*(names or keys)], headers)
    return Source(
        kind,
        [*(names or keys), *used],
        len(frame),
        lambda c: column(c) if c < len(keys) else list(used.values())[c - len(keys)],
    )


def _plain_names(data: Any) -> tuple[Any, list[str] | None, Sequence[tuple[str | None, Any]]]:
    """A table whose column names are unique texts, the names as they were, and the levels of a pandas index.

    Raises
    ------
    InputError
        If the columns have several levels.
    """
    from narwhals.stable.v2 import dependencies

    if dependencies.is_pyarrow_table(data):
        names = list(data.column_names)
        plain = data if len(set(names)) == len(names) else data.rename_columns([str(i) for i in range(len(names))])
        return plain, names, ()
    if not dependencies.is_pandas_dataframe(data):
        return data, None, ()
    if data.columns.nlevels > 1:
        raise InputError([Problem("columns-in-levels", values={"levels": data.columns.nlevels})])
    index = data.index
    levels = [
        (None if name is None else str(name), index.get_level_values(level))
        for level, name in enumerate(index.names)
        if name is not None or index.inferred_type in ("string", "mixed")
    ]
    names = [str(name) for name in data.columns]
    if len(set(names)) < len(names) or not all(isinstance(name, str) for name in data.columns):
        data = data.copy(deep=False)
        data.columns = [str(i) for i in range(len(names))]
    return data, names, levels


def _index_columns(
    levels: Sequence[tuple[str | None, Any]], names: Sequence[str], headers: Headers
) -> Mapping[str, list[Any]]:
    """The levels of an index that are columns by their name, or hold the stations where no column does."""
    used = {name: level.tolist() for name, level in levels if name is not None and headers.find(name)}
    if not any((hit := headers.find(name)) and hit.role == "station" for name in (*names, *used)):
        used.update(("station", level.tolist()) for name, level in levels if name is None)
    return used
