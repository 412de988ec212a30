"""What every check needs: the document, its tree, and how to say that something is wrong where."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from stationeval.errors import Path, Problem
from stationeval.framework.documents import Document, Item, Node
from stationeval.framework.paths import at, present, within
from stationeval.framework.points import Points, full_marks
from stationeval.framework.rules import Rule
from stationeval.framework.validate import Locate, nearest, original
from stationeval.framework.values import Unknown, is_unknown

_DEEPEST = 16
NUMERIC = frozenset({"integer", "number", "rating", "money"})


@dataclass(frozen=True)
class Context:
    """A document that validated, perhaps only after `holes` were taken out of it; `tree` still has everything.

    `kept` has the old numbers of entries in lists that others were taken out of; `laid` are the paths of
    what amendments and completions laid over the base.
    """

    document: Document
    tree: Mapping[str, Any]
    locate: Locate
    holes: tuple[Path, ...] = ()
    kept: Mapping[Path, list[int]] = field(default_factory=dict)
    laid: frozenset[Path] = frozenset()

    def say(
        self,
        code: str,
        path: Path,
        /,
        *,
        of_key: bool = False,
        value: Any = None,
        severity: Literal["error", "note"] = "error",
        **values: Any,
    ) -> Problem:
        """A problem at a path of the document."""
        path = original(path, self.kept)
        shown = value if value is not None else at(self.tree, path)
        shown = None if isinstance(shown, dict | list) or severity == "note" else shown
        return Problem(code, self.locate(path, of_key), shown, values, severity)

    def whole(self, path: Path) -> bool:
        """Whether nothing is missing at a path, inside it or around it, so that it may be judged as a whole."""
        path = original(path, self.kept)
        return not any(within(hole, path) or within(path, hole) for hole in self.holes)

    def names(self, section: str) -> KeysView[str] | None:
        """The ids in a section, those of faulty entries too; `None` where they cannot all be known."""
        if section not in self._names:
            there = at(self.tree, (section,))
            lost = () in self.holes or (section,) in self.holes or self.cut((section,))
            known = {} if there is None else there
            self._names[section] = None if lost or not isinstance(known, dict) or is_unknown(known) else known.keys()
        return self._names[section]

    @cached_property
    def _names(self) -> dict[str, KeysView[str] | None]:
        return {}

    def cut(self, path: Path) -> bool:
        """Whether reading broke off inside a path, so that more may belong there."""
        return any(within(hole, path) and not present(self.tree, hole) for hole in self.holes)

    @cached_property
    def points(self) -> Points:
        """What each node is worth, as far as that is known."""
        return full_marks(self.document)

    @cached_property
    def nodes(self) -> Mapping[Path, Node]:
        """Every dimension and indicator by its path, parents first."""
        return dict(_nodes(self.document.dimensions, ("dimensions",)))

    @cached_property
    def items(self) -> Mapping[Path, Item]:
        """Every bonus and deduction item by its path."""
        extras = {"bonus": self.document.bonus, "deductions": self.document.deductions}
        return {
            (section, "items", name): item
            for section, extra in extras.items()
            if extra is not None and isinstance(extra.items, dict)
            for name, item in extra.items.items()
        }

    @cached_property
    def levels(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """The ids on each level of the tree, those of faulty nodes too, and whether that is all of them."""
        complete = not self.cut(("dimensions",))
        lists = [self.tree.get("dimensions")]
        levels: list[tuple[tuple[str, ...], bool]] = []
        for _ in range(_DEEPEST):
            known = [each for each in lists if isinstance(each, dict) and not is_unknown(each)]
            complete = complete and len(known) == sum(each is not None for each in lists)
            levels.append((tuple(name for each in known for name in each), complete))
            lists = [node.get("indicators") for each in known for node in each.values() if isinstance(node, dict)]
        return tuple(levels)

    @cached_property
    def rules(self) -> tuple[tuple[Path, Rule], ...]:
        """Every rule that is known."""
        owners: list[tuple[Path, Node | Item]] = [*self.nodes.items(), *self.items.items()]
        return tuple(
            ((*path, "rule"), owner.rule)
            for path, owner in owners
            if owner.rule is not None and not isinstance(owner.rule, Unknown)
        )

    def type_of(self, name: str) -> str | None:
        """The type of an input; a derived one is a number; `None` for one that is not there or faulty."""
        if name in self.document.inputs:
            return self.document.inputs[name].type
        return "number" if name in self.document.derive else None

    def refer(self, name: str, path: Path, *sections: str, code: str, of_key: bool = False) -> Iterator[Problem]:
        """A problem where a name is in none of some sections."""
        known = [self.names(section) for section in sections]
        if all(each is not None and name not in each for each in known):
            names = [name for each in known for name in each or ()]
            yield self.say(code, path, of_key=of_key, value=name, name=name, near=nearest(name, names))

    def refer_input(
        self, name: str, path: Path, *, types: frozenset[str] | None = None, of_key: bool = False
    ) -> Iterator[Problem]:
        """A problem where an input does not exist, or is not of a type that can be used here."""
        yield from self.refer(name, path, "inputs", "derive", code="no-such-input", of_key=of_key)
        found = self.type_of(name)
        if found is not None and types is not None and found not in types:
            yield self.say(
                "input-of-wrong-type", path, of_key=of_key, value=name, name=name, type=found, types=sorted(types)
            )


def _nodes(nodes: Any, path: Path) -> Iterator[tuple[Path, Node]]:
    if not isinstance(nodes, dict):
        return
    for name, node in nodes.items():
        yield (*path, name), node
        yield from _nodes(node.indicators, (*path, name, "indicators"))
