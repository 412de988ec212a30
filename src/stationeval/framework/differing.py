"""Two frameworks value by value: what one says and the other does not, or says otherwise, or rests on otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stationeval.framework.canonical import canonical
from stationeval.framework.framework import Framework
from stationeval.framework.provenance import Value


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that differs.

    Attributes
    ----------
    path : str
        Dotted.
    old, new : object
        Plain values; None where there is none.
    old_status, new_status : str or None
        `documented`, `inferred`, `assumed`, `unknown`; None where there is no value.
    """

    path: str
    old: Any
    new: Any
    old_status: str | None
    new_status: str | None


def differences(old: Framework, new: Framework) -> tuple[Difference, ...]:
    """Every value in which two frameworks differ, or that rests on something else, in the order of their documents.

    Examples
    --------
    >>> from stationeval.framework.registry import load
    >>> published = load("haining-sppe@2021")
    >>> differences(published, published)
    ()
    >>> differences(published, load("haining-sppe@2021+reading"))[0].new_status
    'assumed'
    """
    before = {value.path: value for value in old.provenance()}
    after = {value.path: value for value in new.provenance()}
    return tuple(
        _difference(path, before.get(path), after.get(path))
        for path in dict.fromkeys((*before, *after))
        if _said(before.get(path)) != _said(after.get(path))
    )


def _said(value: Value | None) -> tuple[str, str] | None:
    return None if value is None else (canonical(value.value), value.status)


def _difference(path: str, old: Value | None, new: Value | None) -> Difference:
    return Difference(
        path,
        None if old is None else old.value,
        None if new is None else new.value,
        None if old is None else old.status,
        None if new is None else new.status,
    )
