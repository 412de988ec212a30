"""Framework files as read from disk, each one once: what kind it is, what it calls itself, what stands beside it."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stationeval.errors import FrameworkNotFound, FrameworkSchemaError, Path, Place, Problem
from stationeval.framework.build import alone
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.reference import Reference, parse_reference
from stationeval.framework.source import MAX_BYTES, Source, scan_source

_MOST = 1_000
OPEN = "9999-12-31"
"""A day that is not known, or has not come: far away."""


@dataclass(frozen=True, eq=False)
class File:
    """A document as read; equal to another by name and content. A layer of a framework.

    Attributes
    ----------
    folder : Path or None
        Where to look for what it extends or completes.
    """

    source: Source
    syntax: tuple[Problem, ...]
    folder: pathlib.Path | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, File) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, str, str]:
        return self.source.name, self.source.sha256, str(self.folder)

    @property
    def name(self) -> str:
        """The file, as problems show it."""
        return self.source.name

    @property
    def tree(self) -> dict[str, Any]:
        """What it says."""
        return self.source.tree

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a value stands in it."""
        return self.source.place(path, key=key)

    @property
    def kind(self) -> str:
        """`framework`, `amendment`, `completion` or `cases`."""
        for key, kind in (("extends", "amendment"), ("completes", "completion"), ("cases", "cases")):
            if key in self.tree:
                return kind
        return "framework"

    @property
    def base(self) -> Reference | None:
        """What it extends or completes, where that is written as it must be."""
        said = self.tree.get("extends" if self.kind == "amendment" else "completes")
        try:
            return parse_reference(said) if isinstance(said, str) else None
        except FrameworkNotFound:
            return None

    @property
    def id(self) -> str:
        """The framework it is, or is an edition of."""
        return str(self.tree.get("id", "")) if self.base is None else self.base.id

    @property
    def edition(self) -> str:
        """The issuer's text."""
        return str(self.tree.get("edition", ""))

    @property
    def revision(self) -> int | None:
        """Our reading of it."""
        said = self.tree.get("revision")
        return said if isinstance(said, int) else None

    @property
    def effective(self) -> tuple[str, str]:
        """First and last day in force; far away where it cannot be read, so that its file is looked at."""
        said = self.tree.get("effective")
        said = said if isinstance(said, dict) else {}
        return str(said.get("from", OPEN)), str(said.get("to", OPEN))


def read(path: pathlib.Path, *, name: str | None = None) -> File:
    """Read a file, or take it from memory where its content is the same as before.

    Raises
    ------
    FrameworkNotFound
        If there is no such file, or it cannot be read.
    """
    shown = str(path) if name is None else name
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem("no-such-file", Place(file=shown), values={"reason": error.strerror or str(error)})
        raise FrameworkNotFound([problem]) from None
    return _parsed(data, shown, path.parent if name is None else None)


@lru_cache(maxsize=256)
def _parsed(data: bytes, name: str, folder: pathlib.Path | None) -> File:
    source, report = scan_source(data, name=name)
    return File(source, report.problems, folder)


def beside(folder: pathlib.Path) -> list[File]:
    """The documents of a folder, in the order of their names, cases left out."""
    paths = sorted(each for each in folder.iterdir() if each.suffix == ".yaml" and each.is_file())
    return [read(path) for path in paths[:_MOST] if not path.name.endswith(".cases.yaml")]


def assembled(chain: tuple[File, ...], fillings: tuple[File, ...], problems: tuple[Problem, ...] = ()) -> Framework:
    """The framework of some files, or the error with everything that is wrong in them and around them."""
    if not problems and chain and chain[0].kind == "framework":
        return _assembled(chain, fillings)
    said = (*(problem for file in (*chain, *fillings) for problem in file.syntax), *problems)
    if not chain or chain[0].kind != "framework":
        raise FrameworkSchemaError((*said, *alone((*chain, *fillings))))
    return assemble(chain, fillings, said)


@lru_cache(maxsize=64)
def _assembled(chain: tuple[File, ...], fillings: tuple[File, ...]) -> Framework:
    return assemble(chain, fillings, tuple(problem for file in (*chain, *fillings) for problem in file.syntax))
