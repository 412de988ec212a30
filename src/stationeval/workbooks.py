"""An Excel workbook as grids of cells, with what the quick reader hides: errors, percents, hidden rows.

The values come from calamine. It shows an error cell or a formula without a result as empty, so the XML of
each sheet is scanned once beside it; the scan also bounds the extent before anything that size is allocated.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from stationeval.errors import InputError, Place, Problem
from stationeval.exact import decimal_text

MOST_BYTES = 2**29
MOST_CELLS = 10_000_000

_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, EOFError, RuntimeError, ValueError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PERCENT_IDS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")

Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A spreadsheet's error: `#DIV/0!` and its like. It is never the same as an empty cell."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula that its file keeps without a result."""

    def __str__(self) -> str:
        return "="


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell formatted as a percentage: 0.96, shown as 96%."""

    share: float

    def __str__(self) -> str:
        return f"{decimal_text(Fraction(repr(self.share)) * 100)}%"


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet, or a text file, as rows of raw cells from A1 on; rows and columns count from 0."""

    name: str | None
    rows: list[list[Any]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Range, ...] = ()


@dataclass(slots=True)
class _Scan:
    """What the XML of a sheet says beyond the values."""

    specials: dict[tuple[int, int], ErrorValue | Uncomputed] = field(default_factory=dict)
    percents: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def read_workbook(path: Path) -> list[Grid]:
    """Read every worksheet of an .xlsx or .xlsm file; nothing in it is executed.

    Raises
    ------
    InputError
        If it is an old or encrypted workbook, no workbook, damaged, or larger when unpacked than the limits.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError
    except ModuleNotFoundError:
        raise refused(path, "data-library-needed", extra="excel") from None
    _refuse_other_formats(path)
    try:
        with zipfile.ZipFile(path) as archive:
            scans = _scans(archive, path)
        book = CalamineWorkbook.from_path(str(path))
        shown = {meta.name: meta.visible == SheetVisibleEnum.Visible for meta in book.sheets_metadata}
        return [_grid(name, book.get_sheet_by_name(name), scan, not shown[name]) for name, scan in scans.items()]
    except InputError:
        raise
    except (*_DAMAGE, CalamineError, ZipError) as error:
        raise refused(path, "not-a-workbook", reason=str(error)[:200]) from None


def refused(path: Path, code: str, **values: Any) -> InputError:
    """An error about a file as a whole."""
    return InputError([Problem(code, Place(file=path.name), values=values)])


def column_letters(index: int) -> str:
    """The letters of a column counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(_OLE):
            encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(2**20)
            raise refused(path, "encrypted-workbook" if encrypted else "old-workbook")
    if not start.startswith(b"PK"):
        raise refused(path, "not-a-workbook", reason="zip")


def _scans(archive: zipfile.ZipFile, path: Path) -> dict[str, _Scan]:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_BYTES:
        raise refused(path, "data-too-large", size=size, limit=MOST_BYTES)
    if (damaged := archive.testzip()) is not None:
        raise refused(path, "not-a-workbook", reason=damaged)
    percents = _percent_styles(archive)
    scans = {}
    for name, part in _sheets(archive):
        with archive.open(part) as stream:
            scan = scans[name] = _scan(stream, percents)
        if scan.rows * scan.columns > MOST_CELLS:
            raise refused(path, "sheet-too-large", rows=scan.rows, columns=scan.columns)
    return scans


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The names of the worksheets and the parts that hold them."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes["Target"]
            targets[attributes["Id"]] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = next((targets.get(v) for k, v in attributes.items() if k.endswith(":id")), None)
            if part is not None:
                sheets.append((attributes["name"], part))

    _parse(archive.open("xl/_rels/workbook.xml.rels"), relation)
    _parse(archive.open("xl/workbook.xml"), sheet)
    return sheets


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The style numbers whose format shows a share as a percentage."""
    formats, styles = set(_PERCENT_IDS), set()
    inside, count = False, 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, count
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(int(attributes["numFmtId"]))
        elif name == "xf" and inside:
            if int(attributes.get("numFmtId", 0)) in formats:
                styles.add(str(count))
            count += 1
        elif name in ("cellXfs", "cellStyles"):
            inside = name == "cellXfs"

    if "xl/styles.xml" in archive.namelist():
        _parse(archive.open("xl/styles.xml"), start)
    return frozenset(styles)


def _scan(stream: IO[bytes], percents: frozenset[str]) -> _Scan:
    scan = _Scan()
    row = column = tallest = widest = -1
    kind, style, formula, text = "n", "", False, ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula, text, tallest, widest
        if name == "c":
            at = attributes.get("r")
            column = _column(at.rstrip("0123456789")) if at else column + 1
            kind, style, formula = attributes.get("t", "n"), attributes.get("s", ""), False
            if kind == "e":
                text, parser.EndElementHandler = "", end
        elif name in ("v", "is", "f"):
            widest = max(widest, column)
            tallest = max(tallest, row)
            if name == "f":
                formula, text, parser.EndElementHandler = True, "", end
            elif kind == "n" and style in percents:
                scan.percents.append((row, column))
            if name == "v" and (formula or kind == "e"):
                parser.CharacterDataHandler = collect
        elif name == "row":
            row, column = int(attributes.get("r", row + 2)) - 1, -1
            if attributes.get("hidden") in ("1", "true"):
                scan.hidden.add(row)
        elif name == "mergeCell":
            corners = [_REFERENCE.match(corner) for corner in attributes["ref"].split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                (a, b), (c, d) = corners[0].groups(), corners[1].groups()
                scan.merges.append((int(b) - 1, _column(a), int(d) - 1, _column(c)))

    def end(name: str) -> None:
        parser.CharacterDataHandler = None
        if name.endswith("c") and name.rpartition(":")[2] == "c":
            parser.EndElementHandler = None
            if kind == "e":
                scan.specials[row, column] = ErrorValue(text or "#N/A")
            elif formula and not text and kind != "str":
                scan.specials[row, column] = Uncomputed()

    def collect(data: str) -> None:
        nonlocal text
        text += data

    parser = _parser(start)
    parser.ParseFile(stream)
    scan.rows, scan.columns = tallest + 1, widest + 1
    return scan


def _parse(stream: IO[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    with stream:
        _parser(start).ParseFile(stream)


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    """A parser that knows no document types, so that no entity can expand, and drops prefixes."""

    def no_doctype(*_: object) -> None:
        raise zipfile.BadZipFile("DOCTYPE")

    def local(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler = local
    return parser


@lru_cache(maxsize=2**14)
def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _grid(name: str, sheet: Any, scan: _Scan, hidden: bool) -> Grid:
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    width = max(scan.columns, len(rows[0]) if rows else 0)
    rows += [[] for _ in range(scan.rows - len(rows))]
    for row in rows:
        row.extend([""] * (width - len(row)))
    for r, c in scan.percents:
        if isinstance(rows[r][c], int | float) and not isinstance(rows[r][c], bool):
            rows[r][c] = Percent(rows[r][c])
    for (r, c), special in scan.specials.items():
        rows[r][c] = special
    return Grid(name, rows, hidden, frozenset(scan.hidden), tuple(scan.merges))
