"""What every analysis result is: tables signed by what made them, with notes, ready for frames, JSON and notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stationeval.analysis.rates import Rates
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable, Values

MOST_DRAWS = 10_000_000


@dataclass(frozen=True, eq=False)
class Made:
    """How a result was made.

    Attributes
    ----------
    signature
        The framework with its hash, the level and what was released; `rates` of plain rates.
    method
        In words.
    seed, draws
        None where nothing was drawn.
    constraints
        Every constraint on the weights, as written.
    notes
        What is worth saying of the input or the result.
    """

    signature: str
    method: str
    constraints: tuple[str, ...] = ()
    seed: int | None = None
    draws: int | None = None
    notes: tuple[Problem, ...] = ()

    def table(self, name: str, columns: Mapping[str, Any]) -> ResultTable:
        """A table of results, signed."""
        plain = {head: _column(values) for head, values in columns.items()}
        drawn = "" if self.seed is None else f" seed:{self.seed} draws:{self.draws}"
        return ResultTable(name, plain, f"{self.signature} {name}{drawn} [{self.method}]", self.notes)

    def to_dict(self) -> dict[str, Any]:
        """How it was made, ready for JSON."""
        return {
            "signature": self.signature,
            "method": self.method,
            "constraints": list(self.constraints),
            "seed": self.seed,
            "draws": self.draws,
            "notes": [note.to_dict() for note in self.notes],
        }


def made(rates: Rates, method: str, *, seed: int | None = None, draws: int | None = None,
         notes: Sequence[Problem] = ()) -> Made:  # fmt: skip
    """How a result on rates was made."""
    texts = tuple(dict.fromkeys(one.text for one in rates.polytope.constraints))
    return Made(rates.signature, method, texts, seed, draws, (*rates.notes, *notes))


def checked_draws(draws: Any) -> int:
    """A number of draws.

    Raises
    ------
    InputError
        If it is no whole number from 1 on.
    """
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or not 1 <= draws <= MOST_DRAWS:
        raise InputError([Problem("draws-needed", value=draws, values={"most": MOST_DRAWS})])
    return int(draws)


def _column(values: Any) -> Sequence[Any]:
    return Values(values) if isinstance(values, np.ndarray) else tuple(values)
