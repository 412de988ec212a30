"""What a table adds to a framework that leaves something open: fills for its unknown values, matched by name or id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stationeval.errors import Path, Place, Problem, dotted
from stationeval.framework.canonical import canonical
from stationeval.framework.values import is_unknown
from stationeval.framework.vocabulary import HEAD
from stationeval.writing import name_key


@dataclass
class Fills:
    """Values by dotted path, and what of the table has no place in the framework."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def fills_of(base: Mapping[str, Any], tree: Mapping[str, Any], places: Mapping[Path, Place]) -> Fills:
    """Fill what a framework leaves unknown with what a table says; what it knows already stays.

    Parameters
    ----------
    base
        The plain tree of the framework.
    tree
        The sections that the table came to.
    places
        The cell of every node of the table.
    """
    filler = _Filler(places)
    for section, value in tree.items():
        if section in ("inputs", "derive", "sources") or section in HEAD or is_unknown(value):
            continue
        filler.one(base, section, value, (section,), (section,))
    return filler.fills


@dataclass
class _Filler:
    places: Mapping[Path, Place]
    fills: Fills = field(default_factory=Fills)

    def note(self, code: str, at: Path, /, value: Any = None, **values: Any) -> None:
        place = self.places.get(at, Place(path=at))
        self.fills.problems.append(Problem(code, place, value, values, "note"))

    def one(self, base: Mapping[str, Any], key: str, value: Any, path: Path, there: Path, basis: Any = None) -> None:
        """One value of the table, at `path` there and at `there` in the framework."""
        known = base.get(key)
        if known is None or known == {} or is_unknown(known):
            scalar = not isinstance(value, dict) or "kind" in value
            own = {key: each for key, each in basis.items() if key != "fields"} if isinstance(basis, dict) else None
            self.fills.values[dotted(there)] = {"to": value, "basis": own} if own and scalar else value
        elif isinstance(known, dict) and isinstance(value, dict) and key in ("dimensions", "indicators", "items"):
            self.nodes(known, value, path, there)
        elif isinstance(known, dict) and isinstance(value, dict) and key in ("bonus", "deductions"):
            for inner, each in value.items():
                self.one(known, inner, each, (*path, inner), (*there, inner))
        elif canonical(known) != canonical(value) and key != "basis":
            shown = None if isinstance(value, dict) else value
            self.note("table-fill-differs", path[:-1] or path, shown, path=dotted(there))

    def nodes(self, base: Mapping[str, Any], nodes: Mapping[str, Any], path: Path, there: Path) -> None:
        """Nodes of the table among those of the framework: by id, or by name."""
        labels = {name_key(word): name for name, node in base.items() for word in node.get("label", {}).values()}
        for name, node in nodes.items():
            label = str(node.get("label", {}).get("zh", name))
            found = labels.get(name_key(label), name if name in base else None)
            here = (*path, name)
            if found is None:
                for leaf in self.rows(node, here):
                    self.note("table-fill-no-place", leaf, label, inside=dotted(there))
                continue
            before = len(self.fills.values) + len(self.fills.problems)
            for key in ("points", "weight", "rule", "indicators"):
                if key in node and not is_unknown(node[key]):
                    if key == "indicators" and "rule" in base[found] and not is_unknown(base[found]["rule"]):
                        continue
                    self.one(base[found], key, node[key], (*here, key), (*there, found, key), node.get("basis"))
            if "indicators" not in node and len(self.fills.values) + len(self.fills.problems) == before:
                self.note("table-fill-nothing", here, label, path=dotted((*there, found)))

    def rows(self, node: Mapping[str, Any], path: Path) -> list[Path]:
        """The innermost nodes, each of which is a row of the table."""
        inner = node.get("indicators")
        if not isinstance(inner, dict) or is_unknown(inner):
            return [path]
        return [leaf for name, each in inner.items() for leaf in self.rows(each, (*path, "indicators", name))]
