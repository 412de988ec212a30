"""Figures of provinces stand in the words of their facts, and what was lost stays lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from stationeval.datasets import ProvinceFigure, provinces

FIGURES = provinces()
FACTS = {
    row["fact"]: row
    for name in ("facts.csv", "published.csv")
    for row in csv.DictReader(
        (Path(__file__).resolve().parents[2] / "frameworks" / name).read_text(encoding="utf-8").splitlines()
    )
}
SIGNS = {"about": ("约", "about"), "at least": ("以上", ">="), "more than": ("超过", "多")}


@pytest.mark.parametrize("one", FIGURES, ids=lambda one: f"{one.fact}-{one.measure}")
def test_a_figure_stands_in_the_words_of_its_fact_with_its_qualifier(one: ProvinceFigure) -> None:
    if one.status == "lost":
        assert one.value is one.number is None
        assert FACTS[one.fact]["status"] == "lost"
        return
    assert re.search(rf"(?<![\d.,]){re.escape(one.value)}(?![\d])", one.phrase), one.phrase
    said = [name for name, words in SIGNS.items() if any(f"{word}" in one.phrase for word in words)]
    assert (not one.qualifier) or one.qualifier in said
    assert one.number > 0


def test_a_chinese_unit_follows_its_number_and_scales_it() -> None:
    scaled = [one for one in FIGURES if one.unit[:1] in "亿万%" and one.value]
    assert len(scaled) > 15
    for one in scaled:
        assert re.search(rf"{re.escape(one.value)} ?(多|余)?{re.escape(one.unit[:1])}", one.phrase), one
    assert {one.number for one in provinces("chengdu")} >= {Fraction(120_000_000), Fraction(220_000_000)}


def test_every_figure_is_listed_once_of_a_known_fact_and_dated() -> None:
    assert max(Counter((one.fact, one.measure) for one in FIGURES).values()) == 1
    assert all(one.fact in FACTS and one.place == FACTS[one.fact]["place"] for one in FIGURES if one.fact != "mof-01")
    assert all(re.fullmatch(r"\d{4}(-\d{2}){0,2}\??", one.as_of) for one in FIGURES)
    assert {one.status for one in FIGURES} == {"documented", "lost"}
    assert all(one.qualifier in ("", *SIGNS) for one in FIGURES)


def test_a_place_has_its_own_figures_and_an_unknown_one_has_none() -> None:
    assert {one.place for one in provinces("hunan")} == {"hunan"}
    assert provinces("atlantis") == ()


def test_arithmetic_that_reconciles_does() -> None:
    numbers = {(one.place, one.measure): one.number for one in FIGURES}
    assert (
        numbers["ningbo", "stations_built_2020"] + numbers["ningbo", "stations_built_2021"]
        == numbers["ningbo", "stations"]
    )
