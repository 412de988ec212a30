"""A framework's page says everything the framework says, escaped; the pages in the documentation are up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docs.tools.pages import FIGURE, FOLDER, pages
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.framework.small import edited, framework

import stationeval as se
from stationeval.evaluation.evaluate import framework_of
from stationeval.framework import rules
from stationeval.framework.documents import Node
from stationeval.framework.values import Unknown
from stationeval.messages import Language
from stationeval.report.describing import Words
from stationeval.report.markdown import code, table, text

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ALL = [
    f"{entry.id}@{entry.edition}" + (f"+{name}" if name else "")
    for entry in se.frameworks()
    for name in ("", *entry.completions)
]
TAGS = {
    "p",
    "h1",
    "h2",
    "h3",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "em",
    "strong",
    "br",
    "ul",
    "li",
    "a",
}
TAGS |= {"blockquote", "details", "summary", "figure"}
READABLE = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=40).filter(str.strip)
HOSTILE = "<script>alert(1)</script> | *a* _b_ `c` [d](http://e) ~~f~~ $g$ &lt; \\ # - 1. https://h.i :smile: {j}"


class Reader(HTMLParser):
    """What a reader sees of a page, and every tag in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("code", "em", "strong", "a"):
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.said).split())


def read(page: str) -> Reader:
    """The page as a host of code shows it, its pictures left out."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Reader(markdown.render(FIGURE.sub("", page)))


def plain(words: str) -> str:
    return " ".join(words.split())


@given(READABLE)
@example(HOSTILE)
@example("- a")
@example("1. a")
@example("---")
def test_any_text_reads_the_same_in_prose_and_in_a_table_and_makes_no_markup(words: str) -> None:
    head = "\n".join(table(["a"], [[text(words)]]))
    for page, before in ((text(words), ""), (head, "a "), (f"- {text(words)}", "")):
        seen = read(page)
        assert seen.words == before + plain(words)
        assert seen.tags <= {"p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}


@given(READABLE)
def test_any_name_reads_the_same_as_code(name: str) -> None:
    assert read(code(name)).words == plain(name)


@given(READABLE)
@example(HOSTILE)
@settings(max_examples=20)
def test_any_text_of_a_framework_stands_on_its_page_as_text(words: str) -> None:
    changes: list[tuple[str, Any]] = [
        (f"{path}.label", {"zh": words})
        for path in (
            "inputs.staff",
            "dimensions.site",
            "dimensions.site.indicators.S1",
            "gates.staffing",
            "rounds.midterm",
        )
    ]
    changes += [
        ("sources.notice.title", {"zh": words}),
        ("sources.notice.defects", {"zh": words}),
        ("dimensions.site.indicators.S2.basis.quote", {"zh": words}),
        ("dimensions.site.indicators.S2.basis.note", {"zh": words}),
        ("consequences", [{"when": {"zh": words}, "label": {"zh": words}}]),
        ("label", {"zh": words}),
    ]
    for lang in LANGUAGES:
        seen = read(se.framework_page(framework(*changes), lang=lang))
        assert seen.tags <= TAGS
        assert seen.words.count(plain(words)) >= 14


@pytest.mark.parametrize("ref", ALL)
def test_the_page_of_a_framework_says_all_that_is_unknown_and_all_that_is_quoted(ref: str) -> None:
    fw = se.load(ref)
    for lang in LANGUAGES:
        page = se.framework_page(ref, lang=lang)
        seen = read(page)
        assert seen.tags <= TAGS
        assert page.count("```") == 0
        quotes = {plain(value.quote) for value in fw.provenance() if value.quote}
        assert sorted(quote for quote in quotes if quote not in seen.words) == []
        paths = [one.path for one in fw.unknowns()]
        assert [path for path in paths if path not in seen.words] == []
        for one in fw.unknowns():
            if one.note and lang == "zh":
                assert plain(one.note) in seen.words
        for section in (fw.doc.gates, fw.doc.tiers, fw.doc.targets, fw.doc.funding):
            assert all(plain(part.label.say(lang)) in seen.words for part in section.values())
        for source in fw.doc.sources.values():
            assert plain(source.title.say(lang)) in seen.words
            assert source.defects is None or plain(source.defects.say(lang)) in seen.words
        assert fw.sha256 in seen.words


@pytest.mark.parametrize("ref", [ref for ref in ALL if "+" in ref])
def test_the_page_of_what_was_published_tells_its_completions(ref: str) -> None:
    published, _, name = ref.partition("+")
    seen = read(se.framework_page(published)).words
    assert f"补全：{name}" in seen
    quotes = {plain(value.quote) for value in se.load(ref).provenance() if value.quote}
    assert sorted(quote for quote in quotes if quote not in seen) == []


def test_a_completed_framework_says_that_it_is_one_and_what_was_filled() -> None:
    page = read(se.framework_page("haining-sppe+reading", lang="en")).words
    assert "was not published by the issuer" in page
    assert "Full marks total not published 100 assumed" in page
    completed = se.load("haining-sppe").complete({"total": 100}, name="mine")
    before, _, _ = se.framework_page(completed, lang="en", base="haining-sppe").partition("## Points and rules")
    assert "`total`" in before
    assert before in se.framework_page(completed, lang="en")


def test_a_framework_that_is_not_installed_has_a_page_without_cases() -> None:
    page = se.framework_page(framework(), lang="en")
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert headings == [
        "Points and rules",
        "Bonus",
        "Entry conditions",
        "Vetoes",
        "Rounds",
        "Evaluators",
        "Conventions of scoring",
        "Grades",
        "Tiers",
        "Subsidy",
        "Funding",
        "Targets",
        "Catalogue",
        "Consequences",
        "What the source says of the whole",
        "Inputs",
        "Sources",
    ]


def test_a_file_has_the_cases_and_completions_of_its_folder(tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "frameworks" / "haining-sppe"
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "broken.cases.yaml").write_text("cases: [", encoding="utf-8")
    (tmp_path / "other.cases.yaml").write_text("framework: '?'\ncases: []\nschema: 1\n", encoding="utf-8")
    assert se.framework_page(tmp_path / "2021.yaml") == se.framework_page("haining-sppe@2021")


RULES = {
    "S1": ("人数 ÷ 面积达到 2 得满分，不足的按比例", "人数 ÷ 面积: full marks from 2, in proportion below"),
    "S2": ("人数：不低于 20 20 分；高于 5 8 分；其余 0 分", "人数: at least 20 20; more than 5 8; otherwise 0"),
    "S3": ("2 项，每具备一项 10 分：公开、共享", "10 for each of 2: 公开, 共享"),
    "W1": ("调查：好 10 分、中 5 分、差 0 分", "调查: 好 10, 中 5, 差 0"),
    "W2": ("评分：评分，0 不得分，10 得满分，其间按比例", "评分: rated, nothing at 0, full marks at 10"),
    "W3": (
        "单位支出：0 得 10 分、50 得 0 分，其间按直线，两端以外不变",
        "单位支出: 10 at 0, 0 at 50, in a straight line between, level outside",
    ),
    "W4": ("人数每 1 得 0.5 分，不超过本项分值", "人数: 0.5 for each 1, up to full marks"),
    "W5": ("满分起评，人数每 1 扣 1 分，最低 0 分", "人数: from full marks, 1 off for each 1, not below 0"),
}


def leaves(nodes: Any) -> Iterator[tuple[str, Node]]:
    for name, node in nodes.items():
        yield name, node
        if isinstance(node.indicators, dict):
            yield from leaves(node.indicators)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_said_in_words(name: str) -> None:
    document = framework().doc
    node = dict(leaves(document.dimensions))[name]
    points = node.points if isinstance(node.points, Fraction) else None
    assert tuple(Words(document, lang).rule(node.rule, points) for lang in LANGUAGES) == RULES[name]


def rule(kind: type, **fields: Any) -> Any:
    return kind.model_validate({"kind": kind.__name__.lower(), **fields})


@pytest.mark.parametrize(
    ("said", "made"),
    [
        (
            "人数不高于 3 得满分，高于的按 3 ÷ 实际值；低于满分的 60% 不得分",
            rule(rules.Ratio, input="staff", target=3, direction="lower", floor=Fraction(3, 5)),
        ),
        (
            "人数 ÷ 面积达到 1 得满分，不足的按比例；面积为 0 得满分",
            rule(rules.Ratio, input="staff", of="area", target=1, when_zero="full"),
        ),
        (
            "人数达到 〔来源中丢失，在 100 与 9999 之间〕 得满分，不足的按比例",
            rule(
                rules.Ratio,
                input="staff",
                target=Unknown(unknown="lost-in-source", between=(Fraction(100), Fraction(9999))),
            ),
        ),
        (
            "全部具备得满分，缺一项不得分：公开、共享",
            rule(rules.Checklist, items={"shown": 1, "shared": 2}, all_or_nothing=True),
        ),
        (
            "公开 1 分、共享 2 分（以 3 分为满分，折算到本项分值）",
            rule(rules.Checklist, items={"shown": 1, "shared": 2}, out_of=3),
        ),
        ("起评 2 分，人数每 1 加 1 分，不超过本项分值", rule(rules.Count, input="staff", points_each=1, start=2)),
        (
            "人数越低越好，与同场站点比较（名次法）",
            rule(rules.Relative, input="staff", method="rank", direction="lower"),
        ),
    ],
)
def test_what_a_rule_adds_is_said_too(said: str, made: Any) -> None:
    assert Words(framework().doc, "zh").rule(made, Fraction(10)) == said


def test_numbers_that_do_not_end_are_marked_and_others_are_in_full() -> None:
    words = Words(framework().doc, "zh")
    assert words.points(Fraction(25, 7)) == "≈ 3.57"
    assert words.points(Fraction("2.5")) == "2.5"
    assert words.value(Fraction("0.123456")) == "0.123456"
    assert words.money(Fraction(300_000)) == "300,000 元"


def test_every_number_of_the_comparison_stands_on_its_page() -> None:
    refs = ["haining-sppe", "haining-sppe+reading", "guangzhou-stations", "mof-self-evaluation", "otog-allowance"]
    for lang in LANGUAGES:
        compared = se.compare_frameworks(refs, lang=lang)
        page = se.comparison_page(refs, lang=lang)
        seen = read(page).words
        told = [aspect for aspect in compared["aspect"] if not aspect.startswith("share_")]
        told = [aspect for aspect in told if aspect not in ("place", "answers", "unknowns")]
        for ref in refs:
            column = dict(zip(compared["aspect"], compared[framework_of(ref).signature], strict=True))
            assert [aspect for aspect in told if plain(column[aspect]) not in seen] == []


def test_the_picture_of_a_comparison_shows_the_shares_of_its_table() -> None:
    refs = ["haining-sppe+reading", "mof-self-evaluation", "hunan-star", "guangzhou-stations"]
    compared = se.compare_frameworks(refs, lang="en")
    svg = se.draw_comparison(refs, lang="en")
    for ref in refs[:2]:
        column = dict(zip(compared["aspect"], compared[framework_of(ref).signature], strict=True))
        for stage in ("input", "process", "output", "effect"):
            low = round(float(column[f"share_{stage}"].rstrip("%")))
            assert re.search(rf">{low}%</text>", svg), (ref, stage)
    assert "Nothing is known of, and not drawn: Guangzhou index system" in " ".join(svg.split())
    assert se.draw_comparison(["otog-allowance"]) == ""


@pytest.mark.parametrize("amount", [{"unknown": "not-published"}, {"unknown": "not-published", "between": [0, 20000]}])
def test_money_that_is_not_published_is_drawn_only_within_its_bounds(amount: dict[str, Any]) -> None:
    tree = edited(("subsidy.components", {"reward": {"kind": "flat", "amount": amount}}), ("subsidy.pool", None))
    del tree["subsidy"]["pool"]
    page = se.framework_page(framework(("subsidy.components", tree["subsidy"]["components"])))
    section = page.split("## 补助")[1].split("\n## ")[0]
    assert "未公布" in section
    assert ("<svg" in section) == ("between" in amount)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Every page and picture of the documentation, made afresh."""
    return pages()


def test_the_pages_of_the_documentation_are_up_to_date(made: dict[str, str]) -> None:
    there = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    assert sorted(made.keys() ^ there.keys()) == [], "make pages"
    assert [name for name, path in there.items() if path.read_text(encoding="utf-8") != made[name]] == [], "make pages"


def test_every_link_of_the_pages_leads_somewhere(made: dict[str, str]) -> None:
    for name, page in made.items():
        if name.endswith(".md"):
            for target in re.findall(r"\]\(([^)#]+)\)", page):
                found = (FOLDER / name).parent.joinpath(target).resolve().relative_to(FOLDER.resolve()).as_posix()
                assert found in made, f"{name}: {target}"
