"""A result as a file, by its suffix: whole or not at all, never over another file unless asked."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import IO

from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text
from stationeval.messages import Language
from stationeval.report import grounds, payments, points
from stationeval.report.contents import Contents
from stationeval.report.excel import DANGEROUS, write_workbook
from stationeval.report.layout import Cell, Live

NEEDS: Mapping[str, tuple[str, str] | None] = MappingProxyType(
    {".xlsx": ("xlsxwriter", "excel"), ".csv": None, ".json": None, ".parquet": ("pyarrow", "polars")}
)
"""What can be written, each with the module and the extra that it needs."""


def export(scores: Scores, path: str | Path, *, overwrite: bool = False, lang: Language = "zh") -> Path:
    """Write a result to a file: `.xlsx`, `.csv`, `.json` or `.parquet`.

    The workbook has every level, with live formulas for the money; `.csv` is the summary as Excel opens it; `.json` is
    `scores.to_dict()`; `.parquet` is `scores.to_frame()`.

    Parameters
    ----------
    scores
        From `score`.
    path
        Where to; its suffix says in what format.
    overwrite
        Whether an existing file may be replaced.
    lang
        Of headings and notes in a workbook or CSV file.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        If the file exists, cannot be written, has an unknown suffix, or a package is not installed. Nothing is written.

    Examples
    --------
    >>> import stationeval as se, tempfile
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> scores = se.score([full_marks(fw) | {"station": "甲镇"}], fw)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export(scores, Path(folder) / "result.csv").name
    'result.csv'
    """
    path = Path(path)
    check_output(path, overwrite=overwrite)
    contents = Contents(scores, lang)
    writers: Mapping[str, Callable[[IO[bytes]], None]] = {
        ".xlsx": lambda stream: _workbook(contents, stream),
        ".csv": lambda stream: _csv(contents, stream),
        ".json": lambda stream: _json(scores, stream),
        ".parquet": lambda stream: scores.to_frame().to_parquet(stream),
    }
    write_whole(path, writers[path.suffix.lower()])
    return path


def check_output(path: Path, *, overwrite: bool = False) -> None:
    """Refuse an output that cannot be, before any work is done for it.

    Raises
    ------
    InputError
        As `export`.
    """
    problem = _unwritable(path, overwrite=overwrite)
    if problem is not None:
        raise InputError([problem])


def _unwritable(path: Path, *, overwrite: bool) -> Problem | None:
    """Why a file cannot be written, as far as can be told beforehand."""
    suffix, place = path.suffix.lower(), Place(file=str(path))
    try:
        if path.is_dir():
            return Problem("output-is-folder", place)
        if suffix not in NEEDS:
            return Problem("output-suffix", place, values={"suffix": path.suffix, "known": list(NEEDS)})
        if not path.parent.is_dir():
            return Problem("output-folder", place)
        if path.exists() and not overwrite:
            return Problem("output-exists", place)
        if not os.access(path.parent, os.W_OK):
            return Problem("output-unwritable", place, values={"reason": os.strerror(errno.EACCES)})
    except OSError as error:
        return _refused(path, error)
    need = NEEDS[suffix]
    if need is None or find_spec(need[0]) is not None:
        return None
    return Problem("output-library", place, values={"suffix": suffix, "extra": need[1]})


def _refused(path: Path, error: OSError) -> Problem:
    reason = error.strerror or type(error).__name__
    return Problem("output-unwritable", Place(file=str(path)), values={"reason": reason})


def write_whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write to a file beside the target and put it in its place when it is whole.

    Raises
    ------
    InputError
        If the disk does not let us.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            write(stream)
        part.replace(path)
    except OSError as error:
        raise InputError([_refused(path, error)]) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _workbook(contents: Contents, stream: IO[bytes]) -> None:
    document = contents.scores.framework.doc
    sheets = [points.summary(contents), points.dimensions(contents), points.indicators(contents)]
    sheets.append(points.lost(contents))
    if document.subsidy is not None:
        sheets.append(payments.payments(contents))
    if document.gates:
        sheets.append(grounds.gates(contents))
    sheets += [grounds.problems(contents), grounds.provenance(contents)]
    write_workbook(stream, contents.heading, sheets, grades=list(contents.grades.values()), lang=contents.lang)


def _csv(contents: Contents, stream: IO[bytes]) -> None:
    sheet = points.summary(contents)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column.header.replace("\n", "")) for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    stream.write(text.getvalue().encode("utf-8-sig"))


def _plain(cell: Cell) -> str:
    """A cell with every digit it has."""
    value = cell.value if isinstance(cell, Live) else cell
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else decimal_text(value) if isinstance(value, Fraction) else repr(value)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before a dangerous beginning."""
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def _json(scores: Scores, stream: IO[bytes]) -> None:
    text = json.dumps(scores.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
    stream.write(text.encode("utf-8") + b"\n")
