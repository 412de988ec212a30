"""What the laws share: a tree as a framework, a table as exact rows, and the two evaluations side by side."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

import stationeval as se
from stationeval.framework.documents import Document
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given
from stationeval.testing.strategies import COUNTY, documents, tables

Tree = dict[str, Any]
Rows = list[dict[str, Any]]


def framework(tree: Tree) -> Framework:
    """A plain tree as a framework, by the way that a file goes."""
    return assemble((Given("simulated.yaml", tree),))


def exactly(value: Any) -> Any:
    """A cell as the reference reads it: what was written, never a binary float."""
    if isinstance(value, float):
        return Fraction(repr(value))
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def exact_rows(rows: Rows) -> Rows:
    """All cells of a table as the reference reads them."""
    return [{name: exactly(value) for name, value in row.items()} for row in rows]


def score(rows: Rows, fw: Framework) -> se.Scores:
    """The engine's scores, with groups for relative rules."""
    return se.score(rows, fw, keep=(COUNTY,) if COUNTY in fw.doc.inputs else ())


@st.composite
def evaluations(draw: Callable[[Any], Any], **options: Any) -> tuple[Tree, Rows]:
    """A framework's tree and a table for it."""
    sizes = {key: options.pop(key) for key in ("min_stations", "max_stations", "missing") if key in options}
    tree = draw(documents(**options))
    return tree, draw(tables(Document.model_validate(tree), **sizes))
