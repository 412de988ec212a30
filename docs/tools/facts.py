"""The page that says of every fact of the sources where it is encoded, or why it is not.

`python docs/tools/facts.py` writes `docs/facts.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stationeval.errors import dotted
from stationeval.framework.source import read_source

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORKS = ROOT / "frameworks"
PAGE = ROOT / "docs" / "facts.md"
KINDS = {"figure": "数字 figure", "title": "名称 title", "lost": "有丢失 lost", "narrative": "叙述 narrative"}
PLACES = {
    "haining": "海宁 Haining",
    "hunan": "湖南 Hunan",
    "chengdu": "成都 Chengdu",
    "heilongjiang": "黑龙江 Heilongjiang",
    "fujian": "福建 Fujian",
    "hubei": "湖北 Hubei",
    "sichuan": "四川 Sichuan",
    "xinjiang": "新疆 Xinjiang",
    "tibet": "西藏 Tibet",
    "guizhou": "贵州 Guizhou",
    "hezhou": "贺州 Hezhou",
    "otog": "鄂托克旗 Otog",
    "fengqiao": "枫桥 Fengqiao",
    "kaili": "凯里 Kaili",
    "ningxia": "宁夏 Ningxia",
    "ningbo": "宁波 Ningbo",
}

HEADER = "| 事实 fact | 原文 phrase | 编入何处，或为何不编 where, or why not |"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside the frameworks."""
    with (FRAMEWORKS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents() -> dict[str, Path]:
    """The file of every framework and completion, by the name that it is loaded by."""
    files = sorted(FRAMEWORKS.glob("*/*.yaml"), key=lambda file: (file.parent.name, file.stem))
    return {f"{file.parent.name}@{file.stem}": file for file in files if not file.name.endswith(".cases.yaml")}


def tree(file: Path) -> dict[str, Any]:
    """What a file says, as plain values."""
    return read_source(file, name=file.name).tree


def citations(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every fact that a basis names, with the dotted path of the node or field that rests on it."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from citations(each, (*path, index))
    elif isinstance(value, dict):
        for key, each in value.items():
            if key != "basis":
                yield from citations(each, (*path, key))
                continue
            fields = {name: ground for name, ground in each.get("fields", {}).items() if isinstance(ground, dict)}
            for name, ground in {"": each, **fields}.items():
                yield from ((fact, dotted((*path, name) if name else path)) for fact in ground.get("facts", []))


def encoded() -> dict[str, dict[str, list[str]]]:
    """Of each fact that is cited: by which document, and where in it."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, file in documents().items():
        for fact, path in citations(tree(file)):
            places = found.setdefault(fact, {}).setdefault(name, [])
            if path and path not in places:
                places.append(path)
    return found


def page() -> str:
    """The text of the page."""
    facts, left = table("facts.csv"), {row["fact"]: row for row in table("not-encoded.csv")}
    cited = encoded()
    there = sum(row["fact"] in cited for row in facts)
    lines = ["# 每条事实编在哪里 / Where each fact is encoded", "", *_counts(len(facts), there)]
    for place in dict.fromkeys(row["place"] for row in facts):
        lines += ["", f"## {PLACES[place]}", "", HEADER, "|---|---|---|"]
        lines += [
            f"| {row['fact']} | {_cell(row['phrase'])} | {_cell(_where(row['fact'], cited, left))} |"
            for row in facts
            if row["place"] == place
        ]
    return "\n".join(lines) + "\n"


def _counts(facts: int, there: int) -> tuple[str, str, str]:
    zh = (
        f"来源中共有 {facts} 条事实：{there} 条已编入框架或其解读，{facts - there} 条未编入并注明原因。"
        "引文照录原文，丢失的数字保持丢失。本页由 `docs/tools/facts.py` 生成。"
    )
    en = (
        f"The sources hold {facts} facts: {there} are encoded in a framework or its reading, {facts - there} are not,"
        " each with the reason. Phrases are verbatim; what was lost stays lost. Made by `docs/tools/facts.py`."
    )
    return zh, "", en


def _where(fact: str, cited: dict[str, dict[str, list[str]]], left: dict[str, dict[str, str]]) -> str:
    if fact in cited:
        return "; ".join(
            f"`{name}`" + (": " if paths else "") + ", ".join(map(_short, paths)) for name, paths in cited[fact].items()
        )
    row = left[fact]
    return f"未编入 not encoded ({KINDS[row['kind']]}): {row['reason_zh']}。 {row['reason_en']}."


def _short(path: str) -> str:
    return f"`{path.removeprefix('fills.')}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
