"""What the frameworks quote and count stands in the facts that ship beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from stationeval.exact import decimal_text
from stationeval.framework.provenance import ground, leaves
from stationeval.framework.source import read_source
from stationeval.framework.values import is_unknown

FOLDER = Path(__file__).resolve().parents[2] / "frameworks"
FILES = sorted(file for file in FOLDER.rglob("*.yaml") if not file.name.endswith(".cases.yaml"))
PUBLISHED = [file for file in FILES if "+" not in file.name]
DIGITS = "零一二三四五六七八九十"


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FACTS = {row["fact"]: row for name in ("facts.csv", "published.csv") for row in table(name)}


def shown(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def tree(file: Path) -> dict[str, Any]:
    return read_source(file, name=file.name).tree


def grounds(value: Any) -> Iterator[dict[str, Any]]:
    """Every basis in a tree, and every ground of a single field."""
    if isinstance(value, list):
        for each in value:
            yield from grounds(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "basis":
                yield each
                yield from (ground for ground in each.get("fields", {}).values() if isinstance(ground, dict))
            else:
                yield from grounds(each)


def counted(tree: dict[str, Any]) -> Iterator[tuple[str, Fraction, dict[str, Any]]]:
    """Every number of a framework that calls itself documented, with what it rests on."""
    for path, value, owner in leaves(tree):
        rests = ground(tree, path, owner)
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and rests["status"] == "documented":
            yield ".".join(map(str, path)), Fraction(value), rests
    for claim in tree.get("facts", []):
        if not is_unknown(claim["equals"]) and claim["basis"]["status"] == "documented":
            yield f"facts.{claim['claim']}", Fraction(claim["equals"]), claim["basis"]


def written(number: Fraction) -> set[str]:
    """The ways in which a text writes a number: digits, thousands apart, per cent, ten thousands, a word."""
    forms = {decimal_text(number), decimal_text(number * 100) + "%", decimal_text(number * 100) + " %"}
    if number.denominator == 1:
        forms.add(f"{int(number):,}")
    if number % 10000 == 0:
        forms.add(decimal_text(number / 10000) + "万")
    if number in range(11):
        forms.add(DIGITS[int(number)])
    return forms | {"每"} if number == 1 else forms


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_fact_that_is_named_exists(file: Path) -> None:
    named = {fact for basis in grounds(tree(file)) for fact in basis.get("facts", [])}
    assert named - FACTS.keys() == set()


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_quotation_is_verbatim_in_a_fact_that_its_basis_names(file: Path) -> None:
    for basis in grounds(tree(file)):
        for quotation in basis.get("quote", {}).values():
            phrases = [FACTS[fact]["phrase"] for fact in basis.get("facts", [])]
            assert any(quotation in phrase for phrase in phrases), quotation


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_fact_is_from_the_source_that_is_cited(file: Path) -> None:
    for basis in grounds(tree(file)):
        assert {FACTS[fact]["source"] for fact in basis.get("facts", [])} <= {basis.get("cite")}


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_source_that_is_cited_is_described(file: Path) -> None:
    parent = file.with_name(file.name.partition("+")[0].removesuffix(".yaml") + ".yaml")
    sources = tree(file).get("sources", {}).keys() | tree(parent)["sources"].keys()
    assert {basis["cite"] for basis in grounds(tree(file)) if "cite" in basis} <= sources


@pytest.mark.parametrize("file", PUBLISHED, ids=shown)
def test_every_documented_number_can_be_read_in_a_fact_that_its_basis_names(file: Path) -> None:
    for path, number, basis in counted(tree(file)):
        phrases = [FACTS[fact]["phrase"] for fact in basis.get("facts", [])]
        assert any(form in phrase for form in written(number) for phrase in phrases), (path, number)


def test_the_numbers_of_hainings_subsidy_are_among_the_documented_ones() -> None:
    found = {path: number for path, number, _ in counted(tree(FOLDER / "haining-sppe" / "2021.yaml"))}
    operating = "subsidy.components.operating"
    assert (found[f"{operating}.rate"], found[f"{operating}.cap"]) == (Fraction(2, 5), 300000)


@pytest.mark.parametrize("file", [file for file in FILES if "+" in file.name], ids=shown)
def test_nothing_in_a_completion_calls_itself_documented(file: Path) -> None:
    found = list(grounds(tree(file)))
    assert found
    for basis in found:
        assert basis["status"] != "documented"
        assert "documented" not in basis.get("fields", {}).values()


def test_no_fact_has_two_rows() -> None:
    assert len(FACTS) == len(table("facts.csv")) + len(table("published.csv"))


def test_the_fact_table_is_the_one_of_the_research_material(shared: Path) -> None:
    with (shared / "sources" / "facts.csv").open(encoding="utf-8", newline="") as file:
        assert table("facts.csv") == list(csv.DictReader(file))


def test_what_was_found_in_public_is_verbatim_in_the_research_material(shared: Path) -> None:
    text = (shared / "sources" / "published.md").read_text(encoding="utf-8")
    rows = table("published.csv")
    assert rows
    assert [row["fact"] for row in rows if row["phrase"] not in text] == []
