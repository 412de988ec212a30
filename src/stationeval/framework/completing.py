"""Completions given in code: plain values from what Python has, a name, and the ready-made equal weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Any

from stationeval.errors import CompletionError, Path, Place, Problem
from stationeval.exact import decimal_text, exact, finite_places
from stationeval.framework.canonical import canonical
from stationeval.framework.documents import Document, Node
from stationeval.framework.merge import Given
from stationeval.framework.points import full_marks, number
from stationeval.framework.survey import MAX_DEPTH
from stationeval.framework.values import Unknown

if TYPE_CHECKING:
    from stationeval.framework.framework import Framework


@dataclass(frozen=True, slots=True)
class Completion:
    """A filling that is worked out from the framework it is asked to complete, so that it can be scored.

    Attributes
    ----------
    name : str
        As it stands in the signature.
    fills : callable
        From a framework to the values of its unknown paths.
    """

    name: str
    fills: Callable[[Framework], Mapping[str, Any]]


def equal_weights() -> Completion:
    """A completion in which siblings whose points are unknown weigh the same.

    An unknown total becomes 100. It invents neither indicators nor rules: where those are unknown, completing raises
    `IncompleteFramework` and lists them.

    Returns
    -------
    Completion
        For `Framework.complete`; everything it fills is `assumed`.

    Examples
    --------
    >>> equal_weights().name
    'equal-weights'
    """
    return Completion("equal-weights", _equal)


def given(fills: Mapping[str, Any], *, completes: str, name: str | None, basis: str | Mapping[str, Any]) -> Given:
    """The document of a completion that was given in code.

    Raises
    ------
    CompletionError
        If a value is not one that a file could hold.
    """
    problems: list[Problem] = []
    values = {str(path): plain(value, ("fills", str(path)), problems) for path, value in fills.items()}
    ground = {"status": basis} if isinstance(basis, str) else plain(basis, ("basis",), problems)
    if problems:
        raise CompletionError(problems)
    if name is None:
        name = f"custom-{sha256(canonical([values, ground]).encode()).hexdigest()[:8]}"
    tree = {
        "schema": 1,
        "completes": completes,
        "name": name,
        "author": "",
        "rationale": {"zh": "代码中给出", "en": "given in code"},
        "basis": ground,
        "fills": values,
    }
    return Given(name, tree)


def plain(value: Any, path: Path, problems: list[Problem]) -> Any:
    """A value as a file would hold it: floats by their shortest decimal, fractions where a decimal writes them."""
    if value is None or isinstance(value, bool | str):
        return value
    if len(path) > MAX_DEPTH:
        problems.append(Problem("yaml-too-deep", Place(path=path[:3]), None, {"limit": MAX_DEPTH}))
        return None
    if isinstance(value, Mapping):
        return {str(key): plain(each, (*path, str(key)), problems) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each, (*path, index), problems) for index, each in enumerate(value)]
    if isinstance(value, Integral):
        return int(value)
    try:
        if isinstance(value, Rational):
            number = Fraction(int(value.numerator), int(value.denominator))
        elif isinstance(value, Real | Decimal):
            number = exact(value if isinstance(value, Decimal) else float(value))
        else:
            raise TypeError(type(value).__name__)
    except (TypeError, ValueError, OverflowError):
        problems.append(Problem("not-plain", Place(path=path), value, {"type": type(value).__name__}))
        return 0
    if finite_places(number) is None:
        problems.append(Problem("not-a-decimal", Place(path=path), value))
        return 0
    return Decimal(decimal_text(number))


def _equal(framework: Framework) -> dict[str, Any]:
    document = framework.doc
    fills: dict[str, Any] = {}
    if isinstance(document.dimensions, dict):
        total = number(document.total)
        if total is None and any(_unknown_points(node) for node in document.dimensions.values()):
            fills["total"] = 100
            total = Fraction(100)
        _level(document.dimensions, "dimensions", total, document, fills)
    for section, entries in (("rounds", document.rounds), ("raters", document.raters)):
        if isinstance(entries, dict) and entries and all(isinstance(each.weight, Unknown) for each in entries.values()):
            share = Fraction(1, len(entries))
            if finite_places(share) is not None:
                fills |= {f"{section}.{name}.weight": Decimal(decimal_text(share)) for name in entries}
    return fills


def _unknown_points(node: Node) -> bool:
    return isinstance(node.points, Unknown) or isinstance(node.weight, Unknown)


def _level(
    nodes: Mapping[str, Node], path: str, parent: Fraction | None, document: Document, fills: dict[str, Any]
) -> None:
    """Fill siblings: all of them alike, or what the known ones leave, shared alike."""
    marks = full_marks(document)
    blank = [name for name, node in nodes.items() if _unknown_points(node)]
    worth = {name: number(node.points) for name, node in nodes.items()}
    if len(blank) == len(nodes):
        fills |= {f"{path}.{name}.weight": 1 for name in blank}
        worth = dict.fromkeys(blank, None if parent is None else parent / len(nodes))
    elif blank and parent is not None and all(node.weight is None for node in nodes.values()):
        rest = (parent - sum((each for each in worth.values() if each is not None), Fraction(0))) / len(blank)
        if rest > 0 and finite_places(rest) is not None:
            fills |= {f"{path}.{name}.points": Decimal(decimal_text(rest)) for name in blank}
            worth |= dict.fromkeys(blank, rest)
    for name, node in nodes.items():
        if isinstance(node.indicators, dict):
            known = worth[name] or marks.get((*path.split("."), name))
            _level(node.indicators, f"{path}.{name}.indicators", known, document, fills)
