"""Move a completion or an amendment from an older revision to the current one, where what it touches means the same."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from stationeval.errors import FrameworkSchemaError, Path, Place, Problem, Report, dotted
from stationeval.framework.build import build
from stationeval.framework.canonical import same
from stationeval.framework.documents import Input
from stationeval.framework.files import File, beside, read
from stationeval.framework.framework import Framework
from stationeval.framework.paths import at, find
from stationeval.framework.registry import load
from stationeval.framework.values import is_unknown
from stationeval.framework.vocabulary import keys


@dataclass(frozen=True)
class Upgrade:
    """What moving a file to the current revision comes to.

    Attributes
    ----------
    old, new : str
        What the file is pinned to, and what it would be.
    text : str or None
        The file with the new pin and nothing else changed; None where it cannot be moved.
    report : Report
        Errors: what changed under it. Notes: what was changed in between, and what could not be compared.
    """

    old: str
    new: str
    text: str | None
    report: Report


def upgrade(path: pathlib.Path, *, older: pathlib.Path | None = None) -> Upgrade:
    """See whether a completion or an amendment still fits the current revision of what it builds on.

    Every path that it touches must still be there, still be open to it (a completion) or still say what it was (an
    amendment). With the file of the older revision, values, names and the inputs it uses are compared as well.

    Parameters
    ----------
    path : Path
        The completion or amendment.
    older : Path, optional
        The file of the framework in the revision that it is pinned to.

    Returns
    -------
    Upgrade
        With the new text, or with what changed.

    Raises
    ------
    FrameworkSchemaError
        If the file is neither, or is not pinned to a revision.
    FrameworkNotFound
        If there is no such file or framework.
    """
    file = read(path)
    key = {"completion": "completes", "amendment": "extends"}.get(file.kind)
    pinned = None if key is None else file.base
    if key is None or pinned is None or pinned.revision is None:
        raise FrameworkSchemaError([Problem("upgrade-not-pinned", file.place((key or "schema",)), file.kind)])
    base = _current(file)
    old = str(file.tree[key])
    problems = list(file.syntax)
    if base.revision < pinned.revision:
        problems.append(Problem("upgrade-newer", file.place((key,)), old, {"current": base.pin}))
    if base.revision != pinned.revision:
        problems += _history(base, pinned.revision)
        problems += _fits(file, base, key)
        touched = list(_touched(file, base))
        if older is None:
            problems.append(
                Problem("upgrade-not-compared", file.place((key,)), values={"count": len(touched)}, severity="note")
            )
        else:
            problems += _compared(file, load(older), base, touched, old)
    report = Report(tuple(problems))
    return Upgrade(old, base.pin, _repinned(file, key, old, base.pin) if report.ok else None, report)


def _current(file: File) -> Framework:
    """What the file builds on, as it is now: beside it, or installed."""
    wanted = file.base
    if wanted is None:
        raise RuntimeError("a file without a base")
    for other in beside(file.folder) if file.folder is not None else ():
        if other.kind in ("framework", "amendment") and (other.id, other.edition) == (wanted.id, wanted.edition):
            return load(pathlib.Path(other.name))
    return load(f"{wanted.id}@{wanted.edition}")


def _history(base: Framework, since: int) -> Iterator[Problem]:
    for line in base.doc.history:
        if line.revision > since:
            values = {"revision": line.revision, "on": line.on, "why": line.why.say()}
            yield Problem("upgrade-history", Place(file=base.pin), values=values, severity="note")


def _fits(file: File, base: Framework, key: str) -> Iterator[Problem]:
    """What is wrong with the file once it is pinned to the current revision."""
    layer = replace(file.source, tree={**file.tree, key: base.pin})
    chain, fillings = (*base._chain, layer), base._fillings
    if key == "completes":
        chain, fillings = base._chain, (*base._fillings, layer)
    yield from build(chain, fillings).report.errors


def _touched(file: File, base: Framework) -> Iterator[tuple[Path, Path]]:
    """The paths that the file touches, each with where it says so."""
    tree = base.tree
    fills = file.tree.get("fills")
    for text in fills if isinstance(fills, dict) else ():
        if (path := find(tree, text).path) is not None:
            yield path, ("fills", text)
    changes = file.tree.get("changes")
    for index, change in enumerate(changes) if isinstance(changes, list) else ():
        for verb in ("set", "add", "remove"):
            if isinstance(change, dict) and verb in change and (path := find(tree, str(change[verb])).path) is not None:
                yield path, ("changes", index, verb)


def _compared(
    file: File, older: Framework, base: Framework, touched: list[tuple[Path, Path]], old: str
) -> Iterator[Problem]:
    """What the older revision says otherwise at, or around, what the file touches."""
    if older.pin != old:
        yield Problem("upgrade-other-older", Place(file=older.pin), values={"pin": old})
        return
    before, after = older.tree, base.tree
    for path, written in touched:
        for where in (*_names(path), path):
            was, now = at(before, where), at(after, where)
            if not same(was, now):
                values = {"path": dotted(where), "was": _shown(was), "now": _shown(now)}
                yield Problem("upgrade-changed", file.place(written, key=True), values=values)
    described = [key for key in keys(Input) if key not in ("basis", "evidence", "help", "aliases")]
    for name in sorted(_words(file.tree) & before.get("inputs", {}).keys()):
        for key in described:
            was, now = at(before, ("inputs", name, key)), at(after, ("inputs", name, key))
            if not same(was, now):
                values = {"path": f"inputs.{name}.{key}", "was": _shown(was), "now": _shown(now)}
                yield Problem("upgrade-changed", file.place(()), values=values)


def _names(path: Path) -> Iterator[Path]:
    """The labels and points of the nodes on the way to a path."""
    for length in range(1, len(path)):
        yield (*path[:length], "label")


def _shown(value: Any) -> str:
    if is_unknown(value):
        return f"unknown: {value['unknown']}"
    if isinstance(value, dict):
        return str(value.get("zh") or value.get("en") or "{…}")
    return "—" if value is None else "[…]" if isinstance(value, list) else str(value)


def _words(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*map(str, value)} | {word for each in value.values() for word in _words(each)}
    if isinstance(value, list):
        return {word for each in value for word in _words(each)}
    return {value} if isinstance(value, str) else set()


def _repinned(file: File, key: str, old: str, new: str) -> str:
    """The text of the file with another pin, everything else as it stands."""
    place = file.place((key,))
    lines = file.source.text.split("\n")
    line, column = (place.line or 1) - 1, (place.column or 1) - 1
    lines[line] = lines[line][:column] + lines[line][column:].replace(old, new, 1)
    return "\n".join(lines)
