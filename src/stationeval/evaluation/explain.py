"""Explains one station's result: the exact breakdown of its total, in words, with data and clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stationeval.evaluation.breakdown import Part, breakdown
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.eligibility import MET
from stationeval.evaluation.explanation import Clause, Datum, Explanation, Node
from stationeval.evaluation.findings import findings
from stationeval.evaluation.phrases import PLUS, Joined, Phrase, Saying, both_languages, figure
from stationeval.evaluation.plan import Leaf, known
from stationeval.evaluation.readings import CHANGED, OWN, clauses_of, condition_of, data_of, datum, label_of, state_of
from stationeval.evaluation.results import Scores
from stationeval.evaluation.wording import Worked, in_words
from stationeval.framework.values import Text

LABELS = {"total": "explain-total", "bonus": "explain-bonus", "deductions": "explain-deductions"} | CHANGED


def explain(scores: Scores, station: str) -> Explanation:
    """Why a station has its result, from the total down to cells and clauses.

    Computed for this station alone, so that it takes no longer among 40,000 stations than among 12.

    Parameters
    ----------
    scores
        From `score`.
    station
        Its name.

    Returns
    -------
    Explanation
        With `to_text`, `to_dict` and `root.all()`.

    Raises
    ------
    KeyError
        If there is none of that name; the message names the nearest.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> scores.explain("甲镇").node("budget_execution").words[0].text("en")
    'Spending in the year 96 元 ÷ Budget for the year 100 元 × full marks 10 = 9.6'
    """
    s = scores.index(station)
    document = scores.framework.doc
    parts = breakdown(scores, s)
    return Explanation(
        station=station,
        framework=document.label,
        signature=scores.signature,
        root=_Explainer(scores, s).node(parts),
        total=scores.totals[s],
        grade=None if scores.grades is None else scores.grades[s],
        rank=scores.ranks[s],
        stations=len(scores),
        findings=tuple(findings(scores, s, parts.points)),
    )


class _Explainer:
    def __init__(self, scores: Scores, s: int) -> None:
        self.scores, self.s = scores, s
        self.document = scores.framework.doc
        self.leaves: Mapping[tuple[str, ...], Leaf] = {leaf.path: leaf for leaf in scores.plan.leaves()}

    def node(self, part: Part) -> Node:
        words: tuple[Phrase, ...] = ()
        data: tuple[Datum, ...] = ()
        clauses: tuple[Clause, ...] = ()
        if part.row is not None:
            leaf = self.leaves[part.path[:-1] if part.kind == "round" else part.path]
            words = tuple(self.words(leaf, part, part.row))
            data = tuple(data_of(self.scores, self.asked(leaf), part.row))
        if part.kind == "total":
            words, clauses = tuple(self.rounds()), clauses_of(self.scores, (), ("total", "rounds"))
        elif part.kind in ("bonus", "deductions"):
            clauses = clauses_of(self.scores, part.path, ("cap",))
        elif part.kind in ("dimension", "indicator", "item"):
            clauses = clauses_of(self.scores, part.path, OWN)
        inside = tuple(map(self.node, part.parts))
        label = self.label(part)
        return Node(part.kind, part.path, label, part.points, part.full, part.weight, words, data, clauses, inside)

    def asked(self, leaf: Leaf) -> tuple[str, ...]:
        """The inputs that its points depend on."""
        return tuple(dict.fromkeys((*(one.input for one in leaf.applies), *leaf.inputs)))

    def rounds(self) -> Iterator[Phrase]:
        """How the rounds are weighed, where there are several."""
        names = self.scores.data.standing
        if len(names.rows) > 1:
            labels = [known(self.document.rounds)[name].label for name in self.scores.data.rounds]
            pairs = zip(labels, names.weights, strict=True)
            sums = Joined(tuple(Joined((label, f" × {figure(weight)}")) for label, weight in pairs), PLUS)
            yield Saying("explain-rounds", {"rounds": sums})

    def words(self, leaf: Leaf, part: Part, row: int) -> Iterator[Phrase]:
        """The rule as it worked out in a row, or why it did not."""
        for condition in leaf.applies:
            if state_of(self.scores, [condition], row) != MET:
                yield Saying("rule-inapplicable", {"condition": condition_of(self.scores, condition, row)})
                return
        data = {name: datum(self.scores, name, row) for name in leaf.inputs}
        empty = [one.label for one in data.values() if one.value is None]
        if empty:
            yield Saying("rule-missing-excluded" if part.left_out else "rule-missing-zero", {"labels": empty})
            return
        worked = list(self.scores.engine.terms(leaf, row))
        points = sum((earned for _, _, earned in worked), ZERO)
        yield in_words(Worked(leaf, data, worked[0][1], points, self.document.inputs))
        if points != part.points:
            rounding = self.document.policies.rounding
            places = rounding.indicator if rounding.dimension == "none" else rounding.dimension
            yield Saying("rule-rounded", {"places": places, "before": figure(points, 4), "after": figure(part.points)})

    def label(self, part: Part) -> Text:
        if part.kind == "round":
            return known(self.document.rounds)[part.path[-1]].label
        extra = {"bonus": self.document.bonus, "deductions": self.document.deductions}.get(part.kind)
        if extra is not None and extra.label is not None:
            return extra.label
        if part.kind in LABELS:
            return both_languages(LABELS[part.kind])
        return label_of(self.document, part.path)
