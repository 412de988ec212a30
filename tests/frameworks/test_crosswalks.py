"""Crosswalks name indicators that there are, in the frameworks that their files name, for every pair of five places."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

import stationeval as se

FOLDER = Path(__file__).resolve().parents[2] / "frameworks" / "crosswalks"
FILES = sorted(FOLDER.glob("*.csv"))
PLACES = ("haining-sppe", "hunan-star", "guangzhou-stations", "fujian-guide", "huaian-stations")
COLUMNS = ["a", "a_id", "b", "b_id", "relation", "note_zh", "note_en", "basis"]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def ids(name: str) -> set[str]:
    """The ids of all dimensions and indicators of a framework."""
    dimensions = se.load(name).doc.dimensions
    found: set[str] = set()
    stack = list(dimensions.items())
    while stack:
        each, node = stack.pop()
        found.add(each)
        stack += node.indicators.items() if isinstance(node.indicators, dict) else []
    return found


def test_every_pair_of_the_five_has_one_crosswalk() -> None:
    pairs = [frozenset(file.stem.split("--")) for file in FILES]
    assert sorted(map(sorted, pairs)) == sorted(sorted(pair) for pair in combinations(PLACES, 2))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_crosswalk_maps_what_there_is_and_says_how_in_both_languages(file: Path) -> None:
    mapped = rows(file)
    assert mapped
    for side, name in zip("ab", file.stem.split("--"), strict=True):
        pinned = {row[side] for row in mapped}
        assert {each.partition("@")[0] for each in pinned} == {name}
        assert {row[f"{side}_id"] for row in mapped} <= set.union(*map(ids, pinned))
    assert {row["relation"] for row in mapped} <= {"same", "part", "related"}
    assert {row["basis"] for row in mapped} == {"inferred"}
    assert all(row["note_zh"].strip() and row["note_en"].strip() for row in mapped)
    links = [(row["a_id"], row["b_id"]) for row in mapped]
    assert len(links) == len(set(links))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_indicator_is_part_of_or_the_same_as_at_most_one_other(file: Path) -> None:
    firm = [row["a_id"] for row in rows(file) if row["relation"] != "related"]
    assert len(firm) == len(set(firm))
