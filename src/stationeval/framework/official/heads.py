"""The head of a framework that a table does not have: what can be told from its title, the rest plainly open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stationeval.framework.documents import Document
from stationeval.framework.values import ID, Part
from stationeval.framework.vocabulary import Shape, child, keys, part_of

NOT_GIVEN = "待填"
"""What stands where the head needs words that the table does not have."""

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def head_of(
    stem: str, title: str, digest: str, source: str, given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The head of a framework, and the keys in it that were neither given nor found.

    Parameters
    ----------
    stem, title
        The name of the file and the words above the table.
    digest
        The sha256 of the file.
    source
        The id of the table among the sources.
    given
        Top-level values that the caller knows.

    Examples
    --------
    >>> head, open = head_of("pingfen", "某市评分表（2023年）", "00", "official-table", {"id": "mou-shi"})
    >>> head["id"], head["edition"], open
    ('mou-shi', '2023', ('jurisdiction', 'issuer', 'effective', 'licence'))
    """
    year = _YEAR.search(title) or _YEAR.search(stem)
    name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    edition = year[1] if year else "draft"
    words = title or stem
    head: dict[str, Any] = {
        "schema": 1,
        "id": name if re.match(ID, name) else "official-table",
        "edition": edition,
        "revision": 1,
        "label": {"zh": words},
        "jurisdiction": {"code": "100000", "label": {"zh": NOT_GIVEN}},
        "issuer": {"zh": NOT_GIVEN},
        "effective": {"from": f"{year[1]}-01-01" if year else "2000-01-01"},
        "licence": NOT_GIVEN,
        "maturity": "draft",
        "sources": {source: {"kind": "sheet", "title": {"zh": words}, "sha256": digest}},
        "basis": {"status": "inferred", "cite": source},
        **given,
    }
    guessed = ["jurisdiction", "issuer", "effective", "licence"]
    guessed += [] if year else ["edition"]
    guessed += ["id"] if head["id"] == "official-table" else []
    return head, tuple(key for key in guessed if key not in given)


def in_order(tree: Mapping[str, Any], document: type[Part] = Document) -> dict[str, Any]:
    """A tree with the keys of every part in the order of the format; entries of lists and maps as they are."""
    ordered: dict[str, Any] = _ordered(Shape((document,)), dict(tree))
    return ordered


def _ordered(here: Shape | None, value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(child(here, value, index), each) for index, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    part = part_of(here, value)
    names = list(value)
    if part is not None:
        order = {key: place for place, key in enumerate(keys(part))}
        last = len(order)
        names.sort(
            key=lambda key: last + 1 if key == "basis" and "schema_" not in part.model_fields else order.get(key, last)
        )
    return {key: _ordered(child(here, value, key), value[key]) for key in names}
