"""The completions beside a framework: their own words, what each fills, and what the framework says with it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

from stationeval.evaluation.telling import STATUSES
from stationeval.framework.files import File, beside
from stationeval.framework.framework import Framework
from stationeval.framework.paths import find, within
from stationeval.framework.provenance import Value
from stationeval.framework.values import Text
from stationeval.report.grounds import WHYS, decides
from stationeval.report.markdown import code, text
from stationeval.report.view import View


@dataclass(frozen=True, slots=True)
class Completed:
    """A completion: its file, and the framework with it."""

    file: File
    framework: Framework

    def rationale(self, view: View) -> list[str]:
        """What its author says of it."""
        said = self.file.tree["rationale"]
        author = view.say("page-author", author=str(self.file.tree["author"]))
        return [f"{text(Text(**said).say(view.lang))} {author}"]


def completions(folder: pathlib.Path, framework: Framework) -> Iterator[Completed]:
    """The completions in a folder that complete a framework as it is published."""
    for file in beside(folder):
        base = file.base
        if (
            file.kind == "completion"
            and base is not None
            and (base.id, base.edition) == (framework.id, framework.edition)
        ):
            path = folder / file.name.rpartition("/")[2]
            yield Completed(file, framework.complete(path))


def fills(view: View, published: Framework) -> list[str]:
    """What a completed framework fills of the published one: what was unknown, what it is now, on what ground."""
    tree, was = view.standing.tree, published.tree
    values = [(find(tree, one.path).path or (), one) for one in view.framework.provenance()]
    before = {one.path: one.value for one in published.provenance()}
    new = [(path, one) for path, one in values if before.get(one.path, before) != one.value]
    gaps = {find(was, one.path).path or (): one for one in published.unknowns()}

    def rows() -> Iterator[tuple[str, ...]]:
        for gap, unknown in gaps.items():
            inside = [one for path, one in new if within(path, gap)]
            if inside:
                yield (_named(view, gap, unknown.path), view.say(WHYS[unknown.why]), *_now(view, inside))
        more: dict[str, list[Value]] = {}
        for path, one in new:
            if not any(within(path, gap) for gap in gaps):
                more.setdefault(one.path.split(".")[0].split("[")[0], []).append(one)
        for section, inside in more.items():
            yield (_named(view, (section,), section), "—", *_now(view, inside))

    return view.table(("page-what", "page-was", "page-now", "head-status"), rows())


def _named(view: View, path: tuple[str | int, ...], written: str) -> str:
    return f"{text(view.standing.named(path))}<br>{code(written)}"


def _now(view: View, values: list[Value]) -> tuple[str, str]:
    """One value in words, or how many there are; how many rest on what."""
    counted = [one for one in values if decides(one)] or values
    statuses = [one.status for one in counted]
    said = (view.words.say(STATUSES[status]) for status in dict.fromkeys(statuses))
    if len(counted) > 1:
        said = (f"{view.words.say(STATUSES[status])} {statuses.count(status)}" for status in dict.fromkeys(statuses))
    one = counted[0].value
    now = str(one) if len(counted) == 1 and not isinstance(one, list | dict) else ""
    if not now:
        now = view.words.say("page-values", count=len(counted))
    return text(now), text(view.words.listed(said))
