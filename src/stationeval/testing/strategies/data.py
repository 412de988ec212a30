"""Tables for a framework that sit on its edges: tied, huge, tiny, and missing where that is allowed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from stationeval.exact import decimal_text, finite_places
from stationeval.framework.documents import Document, Input, Node
from stationeval.framework.rules import rule_inputs
from stationeval.framework.values import Unknown
from stationeval.testing.edges import asked_by, edges, items
from stationeval.testing.strategies.drawing import COUNTY, HUGE, Draw, Tree, decimals


@st.composite
def tables(
    draw: Draw, document: Document, *, min_stations: int = 1, max_stations: int = 6, missing: bool = True
) -> list[Tree]:
    """Rows for a framework: on its edges and just beside them, tied, huge, tiny, and missing where that is allowed.

    Parameters
    ----------
    document
        A framework that can be scored.
    min_stations, max_stations
        How many stations.
    missing
        Whether values that may be missing sometimes are.

    Returns
    -------
    strategy of list of dict
        `station`, `round` where the framework has rounds, and every input as int, Decimal, float, bool, text or None.
    """
    turns = edges(document)
    values = {name: _cells(turns.values.get(name, []), spec) for name, spec in document.inputs.items()}
    needed = required(document)
    rounds = list(document.rounds) if isinstance(document.rounds, dict) else []
    rows: list[Tree] = []
    for number in range(draw(st.integers(min_stations, max_stations))):
        alike = rows and draw(st.integers(0, 3)) == 0
        model = draw(st.sampled_from(rows)) if alike else None
        for round_ in rounds or [""]:
            row: Tree = {"station": f"s{number}"} | ({"round": round_} if round_ else {})
            for name, strategy in values.items():
                if model is not None and draw(st.integers(0, 9)) > 0:
                    row[name] = model[name]
                elif missing and name not in needed and draw(st.integers(0, 5)) == 0:
                    row[name] = None
                else:
                    row[name] = draw(strategy)
            for name, pairs in turns.multiples.items():
                if name in document.inputs and draw(st.booleans()):
                    _put_multiple(row, name, draw(st.sampled_from(pairs)), document.inputs[name])
            rows.append(row)
    return list(draw(st.permutations(rows)))


def _put_multiple(row: Tree, name: str, pair: tuple[str, Fraction], spec: Input) -> None:
    other = row.get(pair[0])
    if row[name] is None or other is None:
        return
    value = Fraction(other) * pair[1]
    if _allowed(value, spec):
        row[name] = _written(value)


def required(document: Document) -> set[str]:
    """The inputs that may not be missing: what points need under the policy `error`, and what money is paid on."""
    asked: set[str] = {COUNTY}
    default = document.policies.missing

    def below(nodes: Any, policy: str) -> None:
        for node in nodes.values():
            here = node.missing or policy
            asked.update(asked_by(node.applies))
            if isinstance(node, Node) and isinstance(node.indicators, dict):
                below(node.indicators, here)
            elif here == "error" and not isinstance(node.rule, Unknown | None):
                asked.update(rule_inputs(node.rule))

    if isinstance(document.dimensions, dict):
        below(document.dimensions, default)
    if default != "zero":
        for scored in (*items(document, "bonus"), *items(document, "deductions")):
            asked.update(rule_inputs(scored.rule))
    if isinstance(document.vetoes, dict):
        for veto in document.vetoes.values():
            asked.update(asked_by(veto.when))
    subsidy = document.subsidy
    if subsidy is not None and isinstance(subsidy.components, dict):
        for component in subsidy.components.values():
            names = (getattr(component, part, None) for part in ("base", "factor", "persons", "months"))
            asked.update(name for name in names if name is not None)
    for name, spec in document.derive.items():
        if name in asked:
            asked.update(spec.of)
    return asked


def _cells(turns: list[Fraction], spec: Input) -> st.SearchStrategy[Any]:
    if spec.type == "boolean":
        return st.booleans()
    if spec.type == "choice":
        return st.sampled_from(spec.choices)
    ends = [end for end in (spec.min, spec.max, spec.more_than) if isinstance(end, Fraction)]
    beside = [Fraction(0), Fraction(1, 10**9), Fraction(1, 2), Fraction(1), Fraction(1, 1000)]
    tried = [turn + sign * step for turn in (*turns, *ends, Fraction(0)) for step in beside for sign in (1, -1)]
    tried += [Fraction(1, 10**15), Fraction(HUGE), Fraction(HUGE, 7).limit_denominator(1)]
    plain: list[Any] = [_written(value) for value in sorted(set(tried)) if _allowed(value, spec)]
    whole = st.integers(0, 40).filter(lambda n: _allowed(Fraction(n), spec))
    options: list[st.SearchStrategy[Any]] = [whole]
    if plain:
        options = [st.sampled_from(plain), st.sampled_from(plain), whole]
    if spec.type != "integer":
        options.append(decimals(0, 120, places=3).filter(lambda n: _allowed(Fraction(n), spec)))
        options.append(st.floats(0.001, 1e6).filter(lambda x: _allowed(Fraction(repr(x)), spec)))
    return st.one_of(options)


def _allowed(value: Fraction, spec: Input) -> bool:
    if abs(value) > HUGE or (places := finite_places(value)) is None or places > (spec.places or 15):
        return False
    if spec.type == "integer" and value.denominator != 1:
        return False
    if isinstance(spec.min, Fraction) and value < spec.min:
        return False
    if isinstance(spec.max, Fraction) and value > spec.max:
        return False
    return not (isinstance(spec.more_than, Fraction) and value <= spec.more_than)


def _written(value: Fraction) -> int | Decimal:
    return value.numerator if value.denominator == 1 else Decimal(decimal_text(value))
