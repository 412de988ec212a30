"""From the documents of one framework to the checked whole, with one report of everything that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from stationeval.errors import (
    AmendmentError,
    CompletionError,
    FrameworkError,
    FrameworkSchemaError,
    FrameworkSyntaxError,
    Path,
    Place,
    Problem,
    Report,
)
from stationeval.framework.checks import Context, check
from stationeval.framework.documents import AmendmentDocument, CompletionDocument, Document
from stationeval.framework.merge import Layer, Merged, amend, fill, start
from stationeval.framework.paths import at, present
from stationeval.framework.validate import MOST_PROBLEMS, Locate, validate


@dataclass(frozen=True)
class Built:
    """A framework as far as it could be built; `document` is the whole only where the report has no errors."""

    document: Document | None
    merged: Merged
    report: Report


def build(chain: Sequence[Layer], fillings: Sequence[Layer] = (), *, syntax: Sequence[Problem] = ()) -> Built:
    """Lay amendments and completions over a base and check what comes of it.

    Parameters
    ----------
    chain : sequence of layers
        The base framework and, from the earliest on, the amendments to it.
    fillings : sequence of layers
        The completions, in order.
    syntax : sequence of Problem
        What the reader complained of in any of them.

    Returns
    -------
    Built
        With every problem of every file, by file, line and column.
    """
    merged = start(chain[0])
    problems: list[Problem] = []
    for layer in chain[1:]:
        problems += validate(layer.tree, AmendmentDocument, _places(layer)).problems
        problems += _fits(merged, layer, "extends", "extends-another")
        amend(merged, layer)
    for layer in fillings:
        problems += validate(layer.tree, CompletionDocument, _places(layer)).problems
        problems += _fits(merged, layer, "completes", "completes-another")
        fill(merged, layer)
    problems += merged.problems
    checked = validate(merged.tree, Document, merged.place)
    problems += checked.problems
    cut = _cut(chain[0], syntax)
    if checked.part is not None:
        holes = (*checked.holes, *merged.refused, *cut)
        context = Context(checked.part, merged.tree, merged.place, holes, checked.kept, _laid(merged))
        found = list(islice(check(context), MOST_PROBLEMS + 1))
        problems += found[:MOST_PROBLEMS]
        if len(found) > MOST_PROBLEMS:
            problems.append(Problem("too-many-checks", merged.place(()), None, {"limit": MOST_PROBLEMS}))
    report = Report(tuple(_in_order(_said_once(problems, syntax, merged), merged)))
    return Built(checked.part if report.ok else None, merged, report)


def alone(layers: Sequence[Layer]) -> list[Problem]:
    """What is wrong with amendments and completions whose base cannot be found."""
    return [
        problem
        for layer in layers
        for problem in validate(
            layer.tree, CompletionDocument if "completes" in layer.tree else AmendmentDocument, _places(layer)
        ).problems
    ]


def refuse(built: Built) -> None:
    """Raise what fits where there are errors.

    Raises
    ------
    FrameworkSyntaxError, AmendmentError, CompletionError, FrameworkSchemaError
        With the whole report.
    """
    if not built.report.ok:
        raise _kind(built)(built.report)


def _pin(tree: object) -> str:
    """What a framework is called by those that build on it: `id@edition#revision`."""
    name, edition, revision = (at(tree, (key,)) for key in ("id", "edition", "revision"))
    return f"{name}@{edition}#{revision}"


def _places(layer: Layer) -> Locate:
    return lambda path, key: layer.place(path, key=key)


def _laid(merged: Merged) -> frozenset[Path]:
    """The paths of what the last layer laid over the others."""
    last = len(merged.layers) - 1
    return frozenset(path for path, origin in merged.origins.items() if origin.layer == last and "basis" not in path)


def _kind(built: Built) -> type[FrameworkError]:
    errors = built.report.errors
    if any(problem.code.startswith("yaml-") for problem in errors):
        return FrameworkSyntaxError
    kinds = {layer.name: _KINDS[key] for layer in built.merged.layers for key in _KINDS if key in layer.tree}
    found = {kinds.get(problem.place.file or "", FrameworkSchemaError) for problem in errors}
    return found.pop() if len(found) == 1 else FrameworkSchemaError


_KINDS: dict[str, type[FrameworkError]] = {"completes": CompletionError, "extends": AmendmentError}


def _fits(merged: Merged, layer: Layer, key: str, code: str) -> list[Problem]:
    """Whether a document was written for what it is laid over."""
    wanted, found = layer.tree.get(key), _pin(merged.tree)
    if not isinstance(wanted, str) or wanted == found:
        return []
    return [Problem(code, layer.place((key,)), wanted, {"found": found})]


def _cut(layer: Layer, syntax: Sequence[Problem]) -> tuple[Path, ...]:
    """The paths of a file at which something may be missing, because reading broke off there."""
    return tuple(
        problem.place.path
        for problem in syntax
        if problem.place.file == layer.name
        and problem.code != "yaml-hidden-character"
        and (not problem.place.path or not present(layer.tree, problem.place.path))
    )


def _said_once(problems: Sequence[Problem], syntax: Sequence[Problem], merged: Merged) -> list[Problem]:
    """With what the reader said, without what follows from it, and without repetitions."""
    doubted: dict[tuple[str | None, int | None], int] = {}
    for problem in syntax:
        at_line, column = (problem.place.file, problem.place.line), problem.place.column or 0
        doubted[at_line] = min(column, doubted.get(at_line, column))
    broken = {layer.name for layer in merged.layers if _cut(layer, syntax)}
    kept: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        place = problem.place
        after = (place.file, place.line) in doubted and doubted[place.file, place.line] <= (place.column or 0)
        if not after and not (problem.code == "missing-key" and place.file in broken):
            kept.setdefault((problem.code, _spot(place), problem.values.get("key")), problem)
    return [*syntax, *kept.values()]


def _spot(place: Place) -> tuple[object, ...]:
    return (place.file, place.line, place.column, place.path if place.line is None else ())


def _in_order(problems: Sequence[Problem], merged: Merged) -> list[Problem]:
    files = {layer.name: index for index, layer in enumerate(merged.layers)}
    return sorted(
        problems,
        key=lambda problem: (
            files.get(problem.place.file or "", len(files)),
            problem.place.line or 0,
            problem.place.column or 0,
            problem.code,
        ),
    )
