"""What the sheets of one result are made from, and what stands at their head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from stationeval.errors import Path, Problem, StationevalError
from stationeval.evaluation.evaluate import subsidy
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.phrases import LIST
from stationeval.evaluation.plan import known
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text
from stationeval.messages import Language, say
from stationeval.report.layout import Heading

STATES = {"met": "state-met", "not met": "state-not-met", "cannot tell": "state-cannot-tell"}
"""The states of a condition, by how the evaluation names them."""

STATUSES = {
    "documented": "status-documented",
    "inferred": "status-inferred",
    "assumed": "status-assumed",
    "unknown": "status-unknown",
}
"""The grounds of a value, by how a framework names them."""

BESIDE = ("title-skipped", "row-is-remark", "sheet-ignored")
"""Notes on what stands beside the table."""

SIMULATED = re.compile(r"模拟|仿真|虚构|simulated|made-up", re.IGNORECASE)


@dataclass(frozen=True)
class Contents:
    """What the sheets of one result are made from.

    Attributes
    ----------
    scores
        The result.
    lang
        Of every word that is not the data's own.
    """

    scores: Scores
    lang: Language

    def say(self, code: str, **values: Any) -> str:
        """A phrase in the language of the sheets."""
        return say(code, self.lang, **values)

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one cell."""
        return LIST[self.lang].join(items)

    @cached_property
    def heading(self) -> Heading:
        """Whose framework, signed by what, and what must be known before reading on."""
        fw = self.scores.framework
        title = self.say("sheet-title", label=fw.label(self.lang), edition=fw.edition)
        return Heading(title, self.scores.signature, tuple(self._warnings()))

    def _warnings(self) -> Iterator[str]:
        fw = self.scores.framework
        if is_simulated(self.scores):
            yield self.say("banner-simulated")
        shares = fw.shares()
        if shares["assumed"]:
            values = {status: decimal_text(share * 100, 0) for status, share in shares.items()}
            yield self.say(
                "banner-assumed",
                assumed=values["assumed"],
                documented=values["documented"],
                issuer=fw.doc.issuer.say(self.lang),
            )

    @cached_property
    def money(self) -> ResultTable | None:
        """What each station is paid; None where the framework says nothing of it or the data do not allow it."""
        return None if isinstance(self._paid, tuple) else self._paid

    @property
    def unpaid(self) -> tuple[Problem, ...]:
        """Why no money could be computed though the framework speaks of it."""
        return self._paid if isinstance(self._paid, tuple) else ()

    @cached_property
    def _paid(self) -> ResultTable | tuple[Problem, ...]:
        if "subsidy" not in self.scores.framework.defines:
            return ()
        try:
            return subsidy(self.scores)
        except StationevalError as error:
            return tuple(error.problems)

    @cached_property
    def tree(self) -> dict[str, Any]:
        """The framework as plain values."""
        return self.scores.framework.tree

    @cached_property
    def labels(self) -> Mapping[Path, str]:
        """The label of every node of the tree of points, by path."""
        found: dict[Path, str] = {}
        stack: list[tuple[Path, Mapping[str, Any]]] = [(("dimensions",), self.tree.get("dimensions") or {})]
        stack += [((part, "items"), (self.tree.get(part) or {}).get("items") or {}) for part in ("bonus", "deductions")]
        while stack:
            path, nodes = stack.pop()
            for name, node in nodes.items():
                found[(*path, name)] = node["label"].get(self.lang) or next(iter(node["label"].values()))
                if "indicators" in node:
                    stack.append(((*path, name, "indicators"), node["indicators"]))
        return found

    @cached_property
    def grades(self) -> Mapping[str, str]:
        """The grades in the language of the sheets, best first."""
        grades = known(self.scores.framework.doc.grades)
        return {name: name if one.label is None else one.label.say(self.lang) for name, one in grades.items()}

    @property
    def money_places(self) -> int:
        """Decimal places of the sums paid."""
        if self.money is None or not len(self.money):
            return 0
        exponent = Decimal(self.money["amount"][0]).as_tuple().exponent
        return -exponent if isinstance(exponent, int) else 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The notes of reading and scoring, and why no money could be computed."""
        return (*self.scores.report.problems, *self.unpaid)


def is_simulated(scores: Scores) -> bool:
    """Whether the data say of themselves that they are simulated: beside the table, or in the stations' names."""
    said = [f"{p.value} {p.place.sheet}" for p in scores.report.problems if p.code in BESIDE]
    return any(map(SIMULATED.search, (*said, *scores.stations)))
