"""An official scoring table in Excel as a framework or a completion, with every cell that was not understood."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from stationeval.errors import InputError, Place, Problem, Report
from stationeval.framework.documents import CompletionDocument, Document
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given
from stationeval.framework.official.drafting import SOURCE, Drafted, draft_tree
from stationeval.framework.official.drafts import Table
from stationeval.framework.official.filling import fills_of
from stationeval.framework.official.flat_reading import FlatSheet, find_flat, read_flat
from stationeval.framework.official.headings import Columns, find_columns
from stationeval.framework.official.heads import head_of, in_order
from stationeval.framework.official.page import Page, pages
from stationeval.framework.official.paths import finished
from stationeval.framework.official.scoring_sheet import read_scoring_sheet
from stationeval.framework.registry import load
from stationeval.framework.writing import dump
from stationeval.workbooks import read_workbook

SUFFIXES = (".xlsx", ".xlsm")
MOST_ROWS = 50_000
MOST_COLUMNS = 300


@dataclass(frozen=True)
class OfficialTable:
    """What an official table in Excel came to.

    Attributes
    ----------
    kind : str
        `framework` or `completion`.
    tree : dict
        The document as plain values; `to_yaml` writes it.
    report : Report
        Notes on every row and cell that was not understood, or was with a reservation; errors where the table's
        numbers do not agree with one another.
    rows : tuple of int
        The rows of the sheet that have something in them, its header aside, from 1.
    made : tuple of int
        Those that made an indicator or an item; every other row stands in the report.
    understood : int
        How many rules were understood from words.
    """

    kind: Literal["framework", "completion"]
    tree: dict[str, Any] = field(repr=False)
    report: Report
    rows: tuple[int, ...]
    made: tuple[int, ...]
    understood: int
    _base: Framework | None = field(default=None, repr=False)

    def to_yaml(self) -> str:
        """The document as a file."""
        schema = f"# yaml-language-server: $schema=../../docs/schema/{self.kind}-1.json"
        return f"{schema}\n{dump(self.tree)}"

    def framework(self) -> Framework:
        """The framework that the document makes, by itself or with what it completes.

        Raises
        ------
        FrameworkError
            With everything that is wrong in it, as `lint` would say.
        """
        layer = Given(f"{self.kind}.yaml", self.tree)
        if self._base is None:
            return assemble((layer,))
        return assemble(self._base._chain, (*self._base._fillings, layer))


def framework_from_excel(
    path: str | pathlib.Path,
    *,
    id: str | None = None,  # noqa: A002  (it is the framework's `id`)
    sheet: str | None = None,
    completes: str | pathlib.Path | Framework | None = None,
    name: str = SOURCE,
    head: Mapping[str, Any] | None = None,
) -> OfficialTable:
    """Read an official table: a flat one, as `framework_to_excel` writes it, or a scoring sheet with merged cells.

    A flat table has a row for each node: code, parent, name, points, kind of rule, its fields, inputs, source, quote.
    A scoring sheet has 一级指标, 二级指标 …, 分值, 评分标准, 数据来源, 备注, with cells merged down its left, sums, and
    sections for what is added or deducted. Words of a rule are understood only where they can mean one thing; else the
    rule is `unknown: ambiguous`. Everything read is `inferred` unless a column says otherwise, with the words as quote
    and the cell as locator. No row is dropped: each makes a node or stands in the report.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    id
        Of the framework; default: from the file's name.
    sheet
        The sheet to read; default: the flat sheets, or the scoring sheet in which most was found.
    completes
        A framework (pin, id, file or `Framework`) whose gaps the table fills: then a completion is made.
    name
        Of the completion.
    head
        Top-level values that the table does not have: `edition`, `label`, `jurisdiction`, `issuer`, `effective` …

    Returns
    -------
    OfficialTable
        The document, and everything worth knowing of how it was read.

    Raises
    ------
    InputError
        If the file is no workbook, or no sheet in it is such a table.
    FrameworkNotFound
        If there is no such framework to complete.

    Examples
    --------
    >>> import tempfile
    >>> from stationeval.report.framework_table import framework_to_excel
    >>> framework = load("mof-self-evaluation@2020")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = framework_to_excel(framework, pathlib.Path(folder) / "table.xlsx")
    ...     framework_from_excel(file).framework().sha256 == framework.sha256
    True
    """
    path = pathlib.Path(path)
    base = completes if isinstance(completes, Framework) or completes is None else load(completes)
    given = {**(head or {}), **({} if id is None else {"id": id})}
    data = _content(path)
    sheets = pages(path.name, read_workbook(path))
    for page in sheets:
        if page.height > MOST_ROWS or page.width > MOST_COLUMNS:
            values = {"rows": page.height, "columns": page.width, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
            raise InputError([Problem("table-too-large", Place(file=path.name, sheet=page.name), values=values)])
    if sheet is not None:
        sheets = _named(path, sheets, sheet)
    flat = [found for page in sheets if not page.grid.hidden and (found := find_flat(page)) is not None]
    digest = sha256(data).hexdigest()
    if any(found.kind in ("nodes", "rest") for found in flat):
        return _flat(path, sheets, flat, digest, given, base, name)
    return _scoring(path, sheets, digest, given, base, name)


def _content(path: pathlib.Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        values = {"suffix": path.suffix, "known": list(SUFFIXES)}
        raise InputError([Problem("table-not-a-workbook", Place(file=str(path)), values=values)])
    try:
        return path.read_bytes()
    except OSError as error:
        values = {"reason": error.strerror or type(error).__name__}
        raise InputError([Problem("no-such-file", Place(file=str(path)), values=values)]) from None


def _named(path: pathlib.Path, sheets: Sequence[Page], sheet: str) -> list[Page]:
    found = [page for page in sheets if page.name == sheet]
    if not found:
        values = {"sheet": sheet, "sheets": [page.name for page in sheets]}
        raise InputError([Problem("sheet-not-found", Place(file=path.name), values=values)])
    return found


def _flat(
    path: pathlib.Path,
    sheets: Sequence[Page],
    flat: Sequence[FlatSheet],
    digest: str,
    given: Mapping[str, Any],
    base: Framework | None,
    name: str,
) -> OfficialTable:
    read = read_flat(flat)
    used = {id(found.page) for found in {one.kind: one for one in reversed(flat)}.values()}
    _ignored(read.table, [page for page in sheets if id(page) not in used])
    done = Drafted(read.tree, read.places, read.made, read.understood)
    return _made(path, read.table, done, digest, given, base, name)


def _scoring(
    path: pathlib.Path,
    sheets: Sequence[Page],
    digest: str,
    given: Mapping[str, Any],
    base: Framework | None,
    name: str,
) -> OfficialTable:
    found: list[tuple[Page, Columns]] = []
    for page in sheets:
        columns = find_columns(page)
        if columns is not None and not page.grid.hidden:
            found.append((page, columns))
    if not found:
        raise InputError([Problem("table-no-header", Place(file=path.name))])
    page, columns = max(found, key=lambda one: one[1].score)
    table = read_scoring_sheet(page, columns)
    _ignored(table, [other for other in sheets if other is not page])
    taken = () if base is None else _ids(base.tree)
    words = () if base is None else _names(base.tree)
    done = draft_tree(table, taken=taken, words=words)
    if not done.made:
        raise InputError([Problem("table-no-rows", page.place(columns.bottom)), *table.problems])
    return _made(path, table, done, digest, given, base, name)


def _ignored(table: Table, others: Sequence[Page]) -> None:
    for page in others:
        table.note("sheet-ignored", Place(file=page.file, sheet=page.name), sheet=page.name)


def _ids(tree: Any) -> set[str]:
    """Every key of a tree: ids that a new node must not take."""
    if isinstance(tree, dict):
        return {str(key) for key in tree} | {inner for each in tree.values() for inner in _ids(each)}
    return {inner for each in tree for inner in _ids(each)} if isinstance(tree, list) else set()


def _names(tree: Mapping[str, Any]) -> set[str]:
    """What inputs are called already."""
    found: set[str] = set()
    for section in ("inputs", "derive"):
        for key, spec in tree.get(section, {}).items():
            found |= {key, *spec.get("label", {}).values(), *spec.get("aliases", ())}
    return found


def _made(
    path: pathlib.Path,
    table: Table,
    done: Drafted,
    digest: str,
    given: Mapping[str, Any],
    base: Framework | None,
    name: str,
) -> OfficialTable:
    kind: Literal["framework", "completion"] = "framework" if base is None else "completion"
    sections = finished(done.sections)
    if base is None:
        head, guessed = head_of(path.stem, table.title, digest, SOURCE, given)
        if "schema" in sections:
            head, guessed = dict(given), ()
        tree = _with_sources({**head, **sections, **given}, sections.get("sources"), head)
        if guessed:
            table.note("table-head-open", Place(file=path.name), keys=list(guessed))
    else:
        tree = _completion(path, table, done, sections, digest, base, name)
    problems = sorted(table.problems, key=lambda problem: (problem.severity, problem.place.row or 0))
    made = tuple(sorted(done.made))
    document = Document if base is None else CompletionDocument
    return OfficialTable(
        kind, in_order(tree, document), Report(tuple(problems)), tuple(table.rows), made, done.understood, base
    )


def _with_sources(tree: dict[str, Any], own: Any, head: Mapping[str, Any]) -> dict[str, Any]:
    """The sources of the table itself, and an entry for every source that rows name by its title."""
    sources = dict(own) if isinstance(own, dict) else dict(head.get("sources", {}))
    if own is None:
        titles: dict[str, str] = {}
        for basis in _bases(tree):
            cite = basis.get("cite")
            if isinstance(cite, str) and cite not in sources:
                basis["cite"] = titles.setdefault(cite, f"source-{len(titles) + 1}")
        sources |= {key: {"kind": "notice", "title": {"zh": title}} for title, key in titles.items()}
    return {**tree, "sources": sources}


def _bases(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [basis for each in value for basis in _bases(each)]
    if not isinstance(value, dict):
        return []
    own = value.get("basis")
    inner = [basis for key, each in value.items() if key != "basis" for basis in _bases(each)]
    return [own, *inner] if isinstance(own, dict) else inner


def _completion(
    path: pathlib.Path,
    table: Table,
    done: Drafted,
    sections: Mapping[str, Any],
    digest: str,
    base: Framework,
    name: str,
) -> dict[str, Any]:
    base_tree = base.tree
    plain = {key: value for key, value in sections.items() if key != "inputs"}
    for basis in _bases(plain):
        if basis.get("status") == "documented":
            basis["status"] = "inferred"
    filled = fills_of(base_tree, plain, done.places)
    table.problems += filled.problems
    used = _words(filled.values)
    inputs = sections.get("inputs", {})
    there = base_tree.get("inputs", {})
    words = table.title or path.stem
    return {
        "schema": 1,
        "completes": base.pin,
        "name": name,
        "author": "",
        "rationale": {"zh": f"按{path.name}填补", "en": f"Filled from {path.name}"},
        "basis": {"status": "inferred", "cite": SOURCE},
        "sources": {SOURCE: {"kind": "sheet", "title": {"zh": words}, "sha256": digest}},
        "inputs": {key: spec for key, spec in inputs.items() if key in used and key not in there},
        "fills": filled.values,
    }


def _words(value: Any) -> set[str]:
    """Every text and every key in a tree."""
    if isinstance(value, dict):
        return {*map(str, value)} | {word for each in value.values() for word in _words(each)}
    if isinstance(value, list):
        return {word for each in value for word in _words(each)}
    return {value} if isinstance(value, str) else set()
