"""Pictures are well-formed, show what they are given, hold every text as text, and nothing that could run or fetch."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.messages import Language
from stationeval.report.drawing import (
    COLOURS,
    INK,
    WIDE,
    Line,
    Span,
    Thumbnail,
    _ticks,
    amount,
    panels,
    plot,
    thumbnails,
)

SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "title", "desc", "text", "rect", "line", "polyline", "circle"}
ANY_TEXT = st.text(max_size=40)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1000)


def drawn(svg: str) -> ET.Element:
    """The picture as a tree, once it is certain that nothing in it could run or fetch."""
    assert "\n\n" not in svg, "an empty line would end the block of HTML in Markdown"
    root = ET.fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in HARMLESS
        assert not any("href" in name or name.startswith("on") for name in element.attrib)
        assert not any("url(" in value for value in element.attrib.values())
    return root


def words(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def bars(root: ET.Element, opacity: str | None) -> list[float]:
    """The widths of the filled boxes, pale or solid."""
    return [
        float(box.attrib["width"])
        for box in root.iter(f"{SVG}rect")
        if box.attrib["fill"] in COLOURS and box.attrib.get("fill-opacity") == opacity
    ]


def span(low: Fraction, high: Fraction, said: str = "") -> Span:
    return Span(min(low, high), max(low, high), said)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(["zh", "en"]))
def test_any_text_in_a_picture_is_text(label: str, title: str, description: str, lang: Language) -> None:
    one, two = Fraction(1), Fraction(2)
    for svg in (
        panels([(label, [Span(one, two, label)])], [label], whole=two, title=title, description=description, lang=lang),
        plot(
            [Line(label, [(one, one), (two, two)], two)],
            across=label,
            up=label,
            title=title,
            description=description,
            lang=lang,
        ),
        thumbnails(
            [Thumbnail(label, label, [[(one, one), (two, two)]], [(one, label)], label, two)],
            title=title,
            description=description,
            lang=lang,
        ),
    ):
        root = drawn(svg)
        assert root.attrib["role"] == "img"
        assert root.attrib["font-family"] == "sans-serif"
        for name, given_ in (("title", title), ("desc", description)):
            found = root.find(f"{SVG}{name}")
            assert found is not None
            if all(unicodedata.category(character)[0] != "C" for character in given_):
                assert (found.text or "").split() == given_.split()


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=4))
def test_a_bar_is_solid_as_far_as_is_certain_and_pale_as_far_as_is_possible(
    pairs: list[tuple[Fraction, Fraction]],
) -> None:
    spans = [span(*pair) for pair in pairs]
    root = drawn(panels([("A", spans)], ["x"] * len(spans), whole=Fraction(1), title="t", description="d"))
    outlines = [float(box.attrib["width"]) for box in root.iter(f"{SVG}rect") if box.attrib["fill"] == "none"]
    assert len(set(outlines)) == 1
    assert bars(root, None) == pytest.approx([float(one.low) * outlines[0] for one in spans], abs=0.12)
    pale = [float(one.high - one.low) * outlines[0] for one in spans if one.high > one.low]
    assert bars(root, "0.22") == pytest.approx(pale, abs=0.12)


def test_a_line_rises_to_its_cap_and_the_bend_is_named() -> None:
    cap, bend = Fraction(300_000), Fraction(750_000)
    line = Line("40%", [(Fraction(0), Fraction(0)), (bend, cap), (bend * 3 / 2, cap)], cap)
    root = drawn(plot([line], across="投入（元）", up="补助（元）", title="补助", description="说明"))
    polyline = next(root.iter(f"{SVG}polyline"))
    places = [tuple(map(float, place.split(","))) for place in polyline.attrib["points"].split()]
    assert all(a[0] < b[0] and a[1] >= b[1] for a, b in pairwise(places))
    assert places[1][1] == places[2][1]
    dashed = [rule for rule in root.iter(f"{SVG}line") if "stroke-dasharray" in rule.attrib]
    assert [float(rule.attrib["y1"]) for rule in dashed] == [places[1][1]]
    assert "75万 → 30万" in words(root)


@given(st.lists(st.text("补助奖励abc", min_size=1, max_size=60), min_size=1, max_size=4))
def test_the_names_of_lines_that_end_together_do_not_lie_on_one_another(labels: list[str]) -> None:
    lines = [Line(label, [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(1))]) for label in labels]
    root = drawn(plot(lines, across="", up="", title="t", description="d"))
    ends = [float(text.attrib["y"]) for text in root.iter(f"{SVG}text") if text.attrib["fill"] != INK]
    assert len(set(ends)) == len(ends)
    assert all(b - a >= 14 for a, b in pairwise(sorted(ends)))


def test_a_step_leaves_a_gap_and_a_tick_stands_below_its_x() -> None:
    pieces = [
        [(Fraction(0), Fraction(0)), (Fraction(4), Fraction(0))],
        [(Fraction(4), Fraction(5)), (Fraction(8), Fraction(5))],
    ]
    root = drawn(
        thumbnails([Thumbnail("A", "b", pieces, [(Fraction(4), "4 人")], "5", Fraction(5))], title="t", description="d")
    )
    first, second = (line.attrib["points"].split() for line in root.iter(f"{SVG}polyline"))
    assert first[1].split(",")[0] == second[0].split(",")[0]
    assert first[1].split(",")[1] != second[0].split(",")[1]
    tick = next(text for text in root.iter(f"{SVG}text") if text.text == "4 人")
    assert tick.attrib["x"] == second[0].split(",")[0]


@given(st.integers(1, 60), st.integers(1, 5))
def test_nothing_is_drawn_outside_the_picture(rows: int, heads: int) -> None:
    full = Span(Fraction(1), Fraction(1), "100%")
    labels = ["很长的框架名称" * 5 + "\nid@2021#1"] * rows
    svg = panels(
        [(label, [full] * heads) for label in labels], ["投入"] * heads, whole=Fraction(1), title="", description=""
    )
    root = drawn(svg)
    for box in root.iter(f"{SVG}rect"):
        assert 0 <= float(box.attrib["x"]) <= float(box.attrib["x"]) + float(box.attrib["width"]) <= WIDE
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= float(root.attrib["height"])


@given(st.fractions(min_value=Fraction(1, 10), max_value=10**12))
def test_an_axis_has_from_three_to_six_round_numbers_from_zero_up(most: Fraction) -> None:
    ticks = _ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] <= most
    assert 3 <= len(ticks) <= 6
    assert len({b - a for a, b in pairwise(ticks)}) <= 1


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("0", "0", "0"),
        ("9999.5", "9,999.5", "9,999.5"),
        ("300000", "30万", "300,000"),
        ("1666666.666667", "≈ 166.67万", "≈ 1,666,666.67"),
    ],
)
def test_a_sum_is_said_as_people_write_it(value: str, zh: str, en: str) -> None:
    assert (amount(Fraction(value), "zh"), amount(Fraction(value), "en")) == (zh, en)


@pytest.mark.parametrize("colour", [*COLOURS, INK])
def test_every_colour_stands_out_from_white(colour: str) -> None:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
