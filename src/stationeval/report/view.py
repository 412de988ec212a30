"""A framework as it is looked at: in one language, with what its values rest on; the pieces a page is built of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stationeval.evaluation.side_by_side import FACETS
from stationeval.framework import documents as d
from stationeval.framework.framework import Framework
from stationeval.messages import Language
from stationeval.report.describing import Words
from stationeval.report.markdown import capital, code, table, text
from stationeval.report.standing import Standing


@dataclass(frozen=True)
class View:
    """A framework as it is looked at: in one language, with what its values rest on."""

    framework: Framework
    lang: Language

    @cached_property
    def document(self) -> d.Document:
        """The typed document."""
        return self.framework.doc

    @cached_property
    def words(self) -> Words:
        """How its parts are said."""
        return Words(self.document, self.lang)

    @cached_property
    def standing(self) -> Standing:
        """What its values rest on."""
        return Standing(self.words, self.framework.tree)

    def say(self, code: str, **values: Any) -> str:
        """A phrase of the page, safe in Markdown."""
        return text(self.words.say(code, **values))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
        """A table with the heads named by code."""
        return table([self.title(head) for head in heads], rows, right=right)

    def title(self, code: str) -> str:
        """A heading, its first letter a capital."""
        return capital(self.words.say(code))

    def facet(self, facet: str | None) -> str:
        """What an indicator or a gate looks at."""
        return "" if facet is None else self.say(FACETS[facet])

    def named(self, name: str, label: str | None) -> str:
        """A label with the id that programs use."""
        return code(name) if label is None or label == name else f"{text(label)} {code(name)}"


def figure(svg: str) -> list[str]:
    """A picture as a block."""
    return ["<figure>", svg, "</figure>"] if svg else []
