"""How a framework is asked for by name: `id`, `id@edition`, `id@edition#revision`, each with `+completion`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stationeval.errors import FrameworkNotFound, Problem

_REFERENCE = re.compile(
    r"(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?:@(?P<edition>[^@#+\s/\\]{1,40})(?:\#(?P<revision>[1-9][0-9]{0,5}))?)?"
    r"(?P<completions>(?:\+[a-z][a-z0-9-]*)*)\Z"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a reference; what is not said is `None`."""

    id: str
    edition: str | None = None
    revision: int | None = None
    completions: tuple[str, ...] = ()


def parse_reference(text: str) -> Reference:
    """Take a reference apart.

    Raises
    ------
    FrameworkNotFound
        If it is not one.

    Examples
    --------
    >>> parse_reference("haining-sppe@2021#1+reading")
    Reference(id='haining-sppe', edition='2021', revision=1, completions=('reading',))
    """
    match = _REFERENCE.match(text)
    if match is None:
        raise FrameworkNotFound([Problem("bad-reference", value=text)])
    revision = match["revision"]
    return Reference(
        match["id"],
        match["edition"],
        None if revision is None else int(revision),
        tuple(name for name in match["completions"].split("+") if name),
    )
