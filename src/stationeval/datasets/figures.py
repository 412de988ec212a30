"""What is documented of places, in numbers: coverage, stations, staff, funds, each with the words that it stands in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

HERE = Path(__file__).resolve().parent
MULTIPLES: dict[str, Fraction] = {"亿": Fraction(10**8), "万": Fraction(10**4), "%": Fraction(1, 100)}


@dataclass(frozen=True, slots=True)
class ProvinceFigure:
    """A number that a source gives of a place, or one that it lost.

    Attributes
    ----------
    place, measure
        `hunan`, `share_evaluated_on_site`.
    qualifier
        Empty, or how the source qualifies it: `about`, `at least`, `more than`.
    value, unit
        As written: `2.1` and `亿元`. `value` is None where the source lost it.
    as_of
        A year, month or day; `?` after it where that is inferred, as ISO 8601-2 has it.
    status
        `documented`, `lost` or `inferred`.
    fact, source, phrase
        The fact, the source's id, and its words.
    """

    place: str
    measure: str
    qualifier: str
    value: str | None
    unit: str
    as_of: str
    status: Literal["documented", "lost", "inferred"]
    fact: str
    source: str
    phrase: str

    @property
    def number(self) -> Fraction | None:
        """The number in the plain unit, exactly: 2.1 亿元 is 210,000,000 yuan, 65.1 % is 0.651; None where lost.

        Examples
        --------
        >>> [one.number for one in provinces("fujian") if one.measure in ("coverage", "towns")]
        [Fraction(651, 1000), None]
        """
        if self.value is None:
            return None
        return Fraction(self.value.replace(",", "")) * MULTIPLES.get(self.unit[:1], Fraction(1))


def provinces(place: str | None = None) -> tuple[ProvinceFigure, ...]:
    """What is documented of provinces, cities and the country: nothing is guessed into a gap.

    The speeches of 2021 lost every number of three or more digits; where it is known that a number stood there, it is
    listed as lost. Bases and dates differ between places: a figure of one is not what the other lacks.

    Parameters
    ----------
    place
        One place alone, such as `"hunan"`; by default all.

    Returns
    -------
    tuple of ProvinceFigure
        In the order of the facts; empty where nothing is documented of the place.

    Examples
    --------
    >>> [(one.measure, one.value, one.status) for one in provinces("heilongjiang")][1:3]
    [('pilot_stations', '20', 'documented'), ('provincial_funds', None, 'lost')]
    """
    return tuple(one for one in _figures() if place in (None, one.place))


@cache
def _figures() -> tuple[ProvinceFigure, ...]:
    facts = {row["fact"]: row for name in ("facts.csv", "published.csv") for row in _rows(name)}
    return tuple(
        ProvinceFigure(
            place=row["place"],
            measure=row["measure"],
            qualifier=row["qualifier"],
            value=row["value"] or None,
            unit=row["unit"],
            as_of=row["as_of"],
            status=row["status"],  # type: ignore[arg-type]  # a test holds them
            fact=row["fact"],
            source=facts[row["fact"]]["source"],
            phrase=facts[row["fact"]]["phrase"],
        )
        for row in _rows("figures.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    installed = HERE.parent / "_frameworks"
    folder = installed if installed.is_dir() else HERE.parents[2] / "frameworks"
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
