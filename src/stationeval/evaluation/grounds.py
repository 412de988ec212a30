"""What a result rests on: every value of its framework with source and status, and how much of it is assumed."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

from stationeval.errors import dotted
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.phrases import plainly, said
from stationeval.evaluation.plan import known
from stationeval.evaluation.readings import OWN
from stationeval.evaluation.results import Scores

COLUMNS = ("path", "value", "status", "cite", "facts", "locator", "quote", "file", "line")


def provenance(scores: Scores) -> ResultTable:
    """Every value of the framework that made the scores, with what it rests on.

    Returns
    -------
    ResultTable
        `path`, `value` (as text), `status`, `cite`, `facts`, `locator`, `quote`, `file`, `line`.
    """
    values = scores.framework.provenance()
    columns = {name: tuple(getattr(value, name) for value in values) for name in COLUMNS}
    columns["value"] = tuple(said(plainly(value.value), "zh") for value in values)
    columns["facts"] = tuple("、".join(value.facts) for value in values)
    return ResultTable("provenance", columns, scores.signature)


def assumed_share(scores: Scores) -> Fraction:
    """How much of the base's full marks rests on something assumed, from 0 to 1, exactly.

    The full marks of an indicator count where any value that decides its points is `assumed`: its points or weight,
    its rule or any number of it, the conditions it applies under, its treatment of gaps; or the points or weight of a
    dimension or indicator above it; or the total, where weights share it out. What decides no indicator (rounding,
    ties, weights of rounds, grades, money) is not counted, and what is `inferred` is not assumed.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> scores.assumed_share
    Fraction(0, 1)
    """
    assumed = {value.path for value in scores.framework.provenance() if value.status == "assumed"}
    dimensions = known(scores.framework.doc.dimensions)
    whole = "total" in assumed and any(node.weight is not None for node in dimensions.values())
    leaves = list(scores.plan.root.leaves())
    full = sum((leaf.points for leaf in leaves), ZERO)
    share = sum((leaf.points for leaf in leaves if whole or _rests_on(leaf.path, assumed)), ZERO)
    return share / full if full else ZERO


def _rests_on(path: tuple[str, ...], assumed: Collection[str]) -> bool:
    above = [dotted(path[:length]) for length in range(2, len(path), 2)]
    if any(f"{node}.{field}" in assumed for node in above for field in ("points", "weight")):
        return True
    own = dotted(path)
    return any(re.split(r"[.\[]", one[len(own) + 1 :])[0] in OWN for one in assumed if one.startswith(f"{own}."))
