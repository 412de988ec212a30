"""What everything drawn shares: the data dictionary, plain decimals, choices, conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

Tree: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

HUGE = 10**15 - 1
NUMBERS: Mapping[str, Tree] = {
    "plain": {"type": "number", "min": 0},
    "other": {"type": "number", "min": 0},
    "signed": {"type": "number"},
    "percent": {"type": "number", "unit": "%", "min": 0, "max": 100},
    "whole": {"type": "integer", "min": 0},
    "persons": {"type": "integer", "min": 0, "max": 40},
    "budget": {"type": "money", "unit": "元", "more_than": 0},
    "spent": {"type": "money", "unit": "元", "min": 0},
}
DIVISORS = ("budget", "plain", "whole")
FLAGS = ("flag", "sign", "seal")
CHOICES = ("full", "part", "none")
RATED: Mapping[str, Tree] = {
    "marked": {"type": "rating", "min": 0, "max": 10},
    "judged": {"type": "rating", "min": 1, "max": 5},
}
COUNTY = "county"
DICTIONARY: Mapping[str, Tree] = {
    **NUMBERS,
    **{name: {"type": "boolean"} for name in FLAGS},
    "degree": {"type": "choice", "choices": list(CHOICES)},
    COUNTY: {"type": "choice", "choices": ["east", "west"]},
    **RATED,
}


def decimals(low: int, high: int, *, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Plain decimals from `low` to `high` with at most so many places."""
    unit = 10**places
    return st.integers(low * unit, high * unit).map(lambda n: Decimal(n).scaleb(-places).normalize() + 0)


POSITIVE = st.one_of(
    st.integers(1, 12),
    decimals(0, 30).filter(bool),
    st.sampled_from([Decimal("0.005"), Decimal("0.3"), 3, 7, 100, 99999, Decimal("0.000001")]),
)

BOUNDS = ("at_least", "more_than", "at_most", "less_than")


@dataclass(slots=True)
class Drawing:
    """One document being drawn; remembers which names are taken."""

    draw: Draw
    kinds: tuple[str, ...]
    rising: bool
    derived: dict[str, Tree] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def name(self, letter: str) -> str:
        """A fresh id."""
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def yes(self, times_in_ten: int = 5) -> bool:
        """Yes or no, yes so many times in ten; no is simpler."""
        return bool(self.draw(st.integers(0, 9)) >= 10 - times_in_ten)

    def of(self, *options: Any) -> Any:
        """One of some options; the first is simplest."""
        return self.draw(st.sampled_from(options))

    def number(self) -> str:
        """The id of a numeric input, perhaps a derived one."""
        return str(self.of(*NUMBERS, *self.derived))

    def within(self, x: Tree) -> Any:
        """A positive number that the argument of a rule or condition can reach and pass."""
        most = NUMBERS.get(x["input"], {}).get("max")
        value = self.draw(POSITIVE)
        return value if most is None or "of" in x else min(value, most - 1)

    def condition(self, *, unknown: bool = False, depth: int = 1) -> Tree:
        """A condition that can be met and can fail; with `unknown`, some of its bounds are not known."""
        kind = self.of("number", "number", "flag", "choice")
        if kind == "flag":
            tree: Tree = {"input": self.of(*FLAGS), "equals": self.of(True, False)}
        elif kind == "choice":
            wanted = self.of({"equals": "full"}, {"one_of": ["full", "part"]}, {"one_of": ["none"]})
            tree = {"input": "degree", **wanted}
        else:
            tree = {"input": self.number()}
            pairs = [(low, high) for low in BOUNDS[:2] for high in BOUNDS[2:]]
            kinds = self.of(*((bound,) for bound in BOUNDS), *pairs)
            tree |= {bound: self._bound(unknown, tree) for bound in kinds}
            if len(kinds) == 2 and isinstance(low := tree[kinds[0]], int | Decimal):
                tree[kinds[1]] = low + 1
            if self.yes(2):
                tree["times"] = self.of(*(name for name in ("whole", "persons") if name != tree["input"]))
        if depth and self.yes(2):
            tree["when"] = self.condition(unknown=unknown, depth=depth - 1)
        return tree

    def _bound(self, unknown: bool, x: Tree) -> Any:
        if not unknown or not self.yes(4):
            return self.within(x)
        low, high = sorted([self.within(x), self.within(x)])
        return {"unknown": "lost-in-source", **({"between": [low, high]} if self.yes(7) else {})}
