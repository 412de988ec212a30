"""Every fact of the sources is encoded in a framework or listed with the reason, and what was lost stays unknown."""

from __future__ import annotations

import pytest
from docs.tools.facts import KINDS, PAGE, documents, encoded, page, table, tree

from stationeval.framework.provenance import ground, leaves
from stationeval.framework.values import is_unknown

FACTS = {row["fact"]: row for row in table("facts.csv")}
LISTED = {row["fact"]: row for row in table("not-encoded.csv")}
PUBLISHED = {name: file for name, file in documents().items() if "+" not in name}
LOST = {fact for fact, row in FACTS.items() if row["status"] == "lost"}


def test_every_fact_is_encoded_or_listed_and_none_is_both() -> None:
    cited = encoded().keys() & FACTS.keys()
    counts = f"{len(cited)} encoded + {len(LISTED)} listed of {len(FACTS)}"
    assert len(FACTS) == 191, counts
    assert sorted(cited & LISTED.keys()) == [], f"both; {counts}"
    assert sorted(FACTS.keys() - cited - LISTED.keys()) == [], f"neither; {counts}"
    assert sorted(LISTED.keys() - FACTS.keys()) == [], f"no such fact; {counts}"
    assert len(cited) + len(LISTED) == len(FACTS), counts


def test_every_fact_that_is_not_encoded_is_listed_once_with_a_kind_and_both_reasons() -> None:
    rows = table("not-encoded.csv")
    assert [row["fact"] for row in rows] == [fact for fact in FACTS if fact in LISTED]
    assert {row["kind"] for row in rows} == set(KINDS)
    assert [row["fact"] for row in rows if not row["reason_zh"].strip() or not row["reason_en"].strip()] == []


def test_a_fact_is_listed_as_lost_just_where_the_text_lost_something() -> None:
    assert {fact for fact, row in LISTED.items() if row["kind"] == "lost"} == LOST & LISTED.keys()


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_a_lost_fact_is_encoded_as_is_unknown_at_the_node_that_cites_it(name: str) -> None:
    document = tree(PUBLISHED[name])
    known: dict[tuple, bool] = {}
    for path, value, owner in leaves(document):
        for fact in LOST & set(ground(document, path, owner).get("facts", [])):
            known[fact, owner] = known.get((fact, owner), True) and not is_unknown(value)
    assert [place for place, all_known in known.items() if all_known] == []


def test_a_vanished_count_may_be_anything_from_100_to_9999() -> None:
    bounds = {
        (name, path): value["between"]
        for name, file in PUBLISHED.items()
        for path, value, _ in leaves(tree(file))
        if is_unknown(value) and value["unknown"] == "lost-in-source" and "between" in value
    }
    assert bounds
    assert all(each == [100, 9999] for each in bounds.values()), bounds


def test_the_page_of_facts_is_what_the_tool_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
