"""Lay amendments and completions over a plain tree, and remember where every subtree came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from stationeval.errors import Path, Place, Problem, dotted
from stationeval.framework.canonical import copied, is_number, same
from stationeval.framework.paths import MOST_STEPS, Found, at, find, within
from stationeval.framework.validate import nearest
from stationeval.framework.values import Unknown, is_unknown
from stationeval.framework.vocabulary import HEAD, carries_basis, nodes, part_of, shape_at

_HEAD_OF_AMENDMENT = ("edition", "revision", "effective", "label", "issuer", "checked", "history", "maturity")
_NOT_BY_CHANGE = frozenset(
    {"schema", "id", "edition", "revision", "effective", "basis", "sources", "history", "maturity", "checked"}
    | {"completions"}
)
_INSTEAD = {"weight": "points", "points": "weight"}


class Layer(Protocol):
    """A document as read from a file or given in code."""

    @property
    def name(self) -> str:
        """The file, or what stands for it in problems."""
        ...

    @property
    def tree(self) -> dict[str, Any]:
        """The plain tree."""
        ...

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a path stands."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """A document that was given in code and has no lines."""

    name: str
    tree: dict[str, Any]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The path is all there is to point at."""
        return Place(file=self.name, path=path)


class Origin(NamedTuple):
    """The layer a subtree came from, and its path there."""

    layer: int
    path: Path


@dataclass(slots=True)
class Merged:
    """The tree so far. `refused` are the paths of the fillings and changes that were not made."""

    layers: list[Layer]
    tree: dict[str, Any]
    origins: dict[Path, Origin] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)

    def origin(self, path: Path) -> Origin:
        """Where the value at a path came from."""
        for length in range(len(path), 0, -1):
            if found := self.origins.get(path[:length]):
                return Origin(found.layer, (*found.path, *path[length:]))
        return Origin(0, path)

    def place(self, path: Path, key: bool = False) -> Place:
        """Where a path of the merged tree stands in the file it came from."""
        origin = self.origin(path)
        return self.layers[origin.layer].place(origin.path, key=key)


class _Work(NamedTuple):
    """One layer being laid over the tree."""

    merged: Merged
    layer: int
    source: Layer

    def say(self, code: str, written: Path, /, *, key: bool = False, value: Any = None, **values: Any) -> None:
        shown = None if isinstance(value, dict | list) else value
        self.merged.problems.append(Problem(code, self.source.place(written, key=key), shown, values))

    def put(self, path: Path, value: Any, written: Path) -> None:
        self.drop(path)
        at(self.merged.tree, path[:-1])[path[-1]] = copied(value)
        self.merged.origins[path] = Origin(self.layer, written)

    def drop(self, path: Path) -> None:
        owner = at(self.merged.tree, path[:-1])
        there = owner.pop(path[-1], None) if isinstance(owner, dict) else at(owner, path[-1:])
        if there is not None and self.layer > 1:
            for inner in [each for each in self.merged.origins if within(each, path)]:
                del self.merged.origins[inner]

    def rest_on(self, path: Path, ground: Any, written: Path) -> None:
        """Write down, at the nodes of what was put at a path, what they rest on."""
        tree, origins = self.merged.tree, self.merged.origins
        if not isinstance(ground, dict):
            return
        ground = {key: each for key, each in ground.items() if key != "fields"}
        value = at(tree, path)
        covered = list(nodes(shape_at(tree, path), value, path))
        for inner, node in covered:
            if "basis" not in node:
                node["basis"] = copied(ground)
                origins[(*inner, "basis")] = Origin(self.layer, written)
        paths = {inner for inner, _ in covered}
        steps: list[Any] = (
            list(value) if isinstance(value, dict) else [*range(len(value))] if isinstance(value, list) else []
        )
        if path in paths or (steps and all((*path, step) in paths for step in steps)):
            self.forget_field(path)
            return
        self.forget_field(path)
        owner, basis = _owner(tree, path)
        if basis is not None:
            fields = basis.setdefault("fields", {})
            if isinstance(fields, dict):
                name = dotted(path[len(owner) :])
                fields[name] = copied(ground)
                origins[(*owner, "basis", "fields", name)] = Origin(self.layer, written)

    def forget_field(self, path: Path) -> None:
        """What was said of single fields at a path says nothing of the value that is there now."""
        tree = self.merged.tree
        for length in range(len(path)):
            owner = path[:length]
            node = at(tree, owner)
            fields = at(node, ("basis", "fields")) if isinstance(node, dict) else None
            if isinstance(fields, dict):
                name = dotted(path[length:])
                for each in [key for key in fields if key == name or key.startswith((f"{name}.", f"{name}["))]:
                    del fields[each]


def _owner(tree: dict[str, Any], path: Path) -> tuple[Path, dict[str, Any] | None]:
    """The node whose basis covers a path, with that basis; a node without one gets a copy of the file's."""
    for length in range(len(path) - 1, -1, -1):
        owner = path[:length]
        node = at(tree, owner)
        if carries_basis(part_of(shape_at(tree, owner), node)):
            if "basis" not in node:
                whole = tree.get("basis")
                node["basis"] = (
                    {key: copied(each) for key, each in whole.items() if key != "fields"}
                    if isinstance(whole, dict)
                    else {}
                )
            return owner, node["basis"] if isinstance(node["basis"], dict) else None
    return (), None


def start(base: Layer) -> Merged:
    """A base framework with nothing laid over it."""
    return Merged([base], copied(base.tree))


def amend(merged: Merged, layer: Layer) -> None:
    """Make the changes of an amendment, each one only where the parent says what the amendment thinks it says."""
    work = _next(merged, layer)
    given, tree = layer.tree, merged.tree
    basis = given.get("basis")
    for key in ("checked", "history", "maturity", "completions"):
        work.drop((key,))
    for key in _HEAD_OF_AMENDMENT:
        if key in given:
            work.put((key,), given[key], (key,))
            if key in ("edition", "effective", "label", "issuer"):
                work.rest_on((key,), _ground_of(basis, key), ("basis",))
    _add_entries(work, "sources", "source-already-there", None)
    changes = given.get("changes")
    changes = changes if isinstance(changes, list) else []
    named = [(i, *_verb(change)) for i, change in enumerate(changes) if isinstance(change, dict)]
    clashing = _overlaps({i: text for i, _, text in named})
    for i, verb, text in named:
        written: Path = ("changes", i)
        if i in clashing:
            work.say("overlapping-changes", (*written, verb), value=text, path=text, other=clashing[i])
            merged.refused += [path for path in (find(tree, text).path,) if path]
            continue
        change = changes[i]
        found = _reached(work, text, (*written, verb))
        if found is None or found.path is None or not _may_change(work, verb, text, found, change, written):
            continue
        if verb == "remove":
            work.drop(found.path)
            work.forget_field(found.path)
        elif "to" in change:
            work.put(found.path, change["to"], (*written, "to"))
            own = "basis" in change
            ground = change["basis"] if own else _ground_of(basis, text)
            work.rest_on(found.path, ground, (*written, "basis") if own else ("basis",))
    tree.pop("completions", None)


def _verb(change: Mapping[str, Any]) -> tuple[str, str]:
    verb = next((each for each in ("add", "remove") if each in change), "set")
    return verb, str(change.get(verb, ""))


def _may_change(work: _Work, verb: str, text: str, found: Found, change: Mapping[str, Any], written: Path) -> bool:
    path: Path = found.path or ("",)
    there = at(work.merged.tree, path)
    if path[0] in _NOT_BY_CHANGE or "basis" in path:
        work.say("change-not-allowed", (*written, verb), value=text, path=text)
    elif verb != "set" and isinstance(path[-1], int):
        work.say("change-in-list", (*written, verb), value=text, path=dotted(path[:-1]))
    elif verb == "add" and found.there:
        work.say("already-there", (*written, verb), value=text, path=text)
    elif verb != "add" and not found.there:
        _no_such_path(work, text, found, (*written, verb))
    elif verb != "add" and "was" in change and not same(change["was"], there):
        now = there if not isinstance(there, dict | list) else "{…}"
        work.say("stale-was", (*written, "was"), value=change["was"], path=text, now=now)
    else:
        return True
    work.merged.refused.append(path)
    return False


def fill(merged: Merged, layer: Layer) -> None:
    """Fill what is unknown or absent, and nothing else."""
    work = _next(merged, layer)
    given, tree = layer.tree, merged.tree
    basis = given.get("basis")
    for path in _documented(given):
        work.say("completion-documented", path)
    names = tree.get("completions")
    tree["completions"] = [*(names if isinstance(names, list) else []), given.get("name")]
    _add_entries(work, "sources", "source-already-there", None)
    _add_entries(work, "inputs", "completion-replaces", basis)
    _add_entries(work, "derive", "completion-replaces", basis)
    fills = given.get("fills")
    fills = fills if isinstance(fills, dict) else {}
    clashing = _overlaps({text: text for text in fills})
    targets: list[tuple[Path, Any, Path, Any, Path]] = []
    written: Path
    at_ground: Path
    for text, filling in fills.items():
        value, written = filling, ("fills", text)
        if text in clashing:
            work.say("overlapping-fills", written, key=True, value=text, path=text, other=clashing[text])
            merged.refused += [path for path in (find(tree, text).path,) if path]
            continue
        found = _reached(work, text, written)
        if found is None or found.path is None:
            continue
        ground, at_ground = _ground_of(basis, text), ("basis",)
        if isinstance(value, dict) and "to" in value and value.keys() <= {"to", "basis"}:
            if "basis" in value:
                ground, at_ground = value["basis"], (*written, "basis")
            value, written = value["to"], (*written, "to")
        if _may_fill(work, text, found, value, written):
            targets.append((found.path, value, written, ground, at_ground))
        else:
            merged.refused.append(found.path)
    for path, value, written, ground, at_ground in targets:
        other = (*path[:-1], _INSTEAD.get(str(path[-1]), ""))
        if is_unknown(at(tree, other)):
            work.drop(other)
            work.forget_field(other)
        work.put(path, value, written)
        work.rest_on(path, ground, at_ground)


def _may_fill(work: _Work, text: str, found: Found, value: Any, written: Path) -> bool:
    tree = work.merged.tree
    path: Path = found.path or ("",)
    now = at(tree, path)
    if path[0] in HEAD or "basis" in path:
        work.say("fill-not-allowed", written, key=True, value=text, path=text)
    elif found.there and not is_unknown(now):
        shown = now if not isinstance(now, dict | list) else "{…}"
        work.say("completion-changes-known", written, value=value, path=text, now=shown)
    elif is_unknown(value):
        work.say("fill-is-unknown", written, path=text)
    elif not found.there and not _open(tree, found.parent):
        work.say("completion-adds-entry", written, key=True, value=path[-1], path=dotted(found.parent))
    elif not _between(now, value):
        low, high = now["between"]
        work.say("outside-bounds", written, value=value, path=text, low=low, high=high)
    else:
        return True
    return False


def _open(tree: dict[str, Any], parent: Path) -> bool:
    """Whether something absent may be filled in here: a key of a part, or an entry of a list known to be incomplete."""
    here = at(tree, parent)
    part = part_of(shape_at(tree, parent), here)
    if part is not None:
        return part is not Unknown
    return parent in (("inputs",), ("derive",)) or (
        parent[:1] == ("catalogue",) and at(tree, ("catalogue", "complete")) is False
    )


def _between(now: Any, value: Any) -> bool:
    bounds = now.get("between") if isinstance(now, dict) else None
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(map(is_number, [*bounds, value])):
        return True
    return Fraction(bounds[0]) <= Fraction(value) <= Fraction(bounds[1])


def _next(merged: Merged, layer: Layer) -> _Work:
    merged.layers.append(layer)
    return _Work(merged, len(merged.layers) - 1, layer)


def _reached(work: _Work, text: str, written: Path) -> Found | None:
    found = find(work.merged.tree, text)
    if found.path is None:
        _no_such_path(work, text, found, written)
        return None
    return found


def _no_such_path(work: _Work, text: str, found: Found, written: Path) -> None:
    missing = found.missing or text
    inside = dotted(found.parent)
    near = nearest(missing, found.known)
    key = written[0] == "fills"
    work.say("no-such-path", written, key=key, value=text, missing=missing, inside=inside, near=near)


def _add_entries(work: _Work, section: str, clash: str, basis: Any) -> None:
    given = work.source.tree.get(section)
    here = work.merged.tree.setdefault(section, {}) if isinstance(given, dict) and given else None
    if not isinstance(given, dict) or not isinstance(here, dict):
        return
    for name, value in given.items():
        if name in here:
            work.say(clash, (section, name), key=True, value=name, name=name)
            continue
        work.put((section, name), value, (section, name))
        work.rest_on((section, name), basis, ("basis",))


def _ground_of(basis: Any, text: str) -> Any:
    """What a document's basis says of one of its values."""
    fields = basis.get("fields") if isinstance(basis, dict) else None
    special = fields.get(text) if isinstance(fields, dict) else None
    if isinstance(special, str):
        return {"status": special}
    return special or basis


def _documented(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a completion that calls itself documented."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _documented(each, (*path, index))
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "basis" and isinstance(each, dict):
                yield from _claims_documented(each, (*path, key))
            else:
                yield from _documented(each, (*path, key))


def _claims_documented(basis: dict[str, Any], path: Path) -> Iterator[Path]:
    if basis.get("status") == "documented":
        yield (*path, "status")
    fields = basis.get("fields")
    for name, each in fields.items() if isinstance(fields, dict) else ():
        if each == "documented":
            yield (*path, "fields", name)
        elif isinstance(each, dict):
            yield from _claims_documented(each, (*path, "fields", name))


def _overlaps(texts: Mapping[Any, str]) -> dict[Any, str]:
    """Of written paths, those at or inside another one that is shorter or came first, and which."""
    found: dict[Any, str] = {}
    seen: dict[str, Any] = {}
    for key, text in sorted(texts.items(), key=lambda item: len(item[1])):
        ends = [i for i, sign in enumerate(text) if sign in ".["][:MOST_STEPS]
        outer = next((text[:end] for end in [*ends, len(text)] if text[:end] in seen), None)
        if outer is not None:
            found[key] = outer
        seen.setdefault(text, key)
    return found
