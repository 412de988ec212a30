"""A file is read exactly as it is written, or every problem is named where it stands."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stationeval.errors import FrameworkSyntaxError, Problem
from stationeval.framework import survey as survey_module
from stationeval.framework.scalars import MAX_DIGITS, MAX_TEXT
from stationeval.framework.source import MAX_BYTES, _quick_tree, read_source, scan_source
from stationeval.framework.survey import HIDDEN, MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, survey

SAMPLE = """\
# a framework, cut short
schema: 1
id: haining-sppe
edition: "2021"                # the issuer's
label: {zh: 海宁市社工站 SPPE 综合评价, en: Haining SPPE station evaluation}
effective: {from: 2021-01-01}
total: {unknown: not-published}
dimensions:
  standard: {label: {zh: 规范建设}, points: 25, indicators: {S1: {rule: {kind: ratio, target: 0.80}}}}
gates:
  staffing:
    basis: {quote: {zh: "不少于6名全职社工,其中持证社工不少于4人"}}
    requires: [{input: full_time_staff, at_least: 6}, {input: certified_staff, at_least: 4}]
  outside:
    requires:
      - {input: operator_grade, at_least: 3, when: {input: external, equals: true}}
      - input: trainees
        note: |
          第一行
          second line
    knots: [[0, 0], [24, 2.50], [48, -4]]
grades:
  合格: {at_least: 60, written: "60-79"}
  不合格: {otherwise: true, cap: null}
"""


def read(text: str | bytes) -> Any:
    return read_source(text, name="f.yaml").tree


def problems(text: str | bytes) -> list[Problem]:
    _, report = scan_source(text, name="f.yaml")
    return list(report)


def found(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.place.line, p.place.column) for p in problems(text)]


def typed(value: Any) -> Any:
    """A value with its type, because `1 == True == Decimal(1)`."""
    if isinstance(value, dict):
        return {key: typed(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [typed(entry) for entry in value]
    return type(value).__name__, str(value)


# ---- what is read ----------------------------------------------------------------------------------------


def test_the_sample_is_read_as_it_is_meant() -> None:
    source = read_source(SAMPLE.encode(), name="f.yaml")
    tree = source.tree
    assert tree["schema"] == 1
    assert tree["edition"] == "2021"
    assert tree["effective"] == {"from": "2021-01-01"}
    assert typed(tree["gates"]["outside"]["knots"][1]) == [("int", "24"), ("Decimal", "2.50")]
    assert tree["gates"]["outside"]["requires"][1]["note"] == "第一行\nsecond line\n"
    assert tree["grades"]["不合格"] == {"otherwise": True, "cap": None}
    assert source.sha256 == sha256(SAMPLE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("-7", -7),
        ("300000", 300000),
        ("0.40", Decimal("0.40")),
        ("-0.5", Decimal("-0.5")),
        ("687501.25", Decimal("687501.25")),
        ("9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
        ("true", True),
        ("false", False),
        ("null", None),
        ("2021-01-01", "2021-01-01"),
        ("12:30:45", "12:30:45"),
        ("100-109", "100-109"),
        ("1.2.3", "1.2.3"),
        ("40%", "40%"),
        ("P2Y", "P2Y"),
        ("haining-sppe@2021#1", "haining-sppe@2021#1"),
        ("http://a.cn/b?c=1&d=2", "http://a.cn/b?c=1&d=2"),
        ("通知：关于标准", "通知：关于标准"),
        ("'no'", "no"),
        ('"0123"', "0123"),
        ('"a\\u200bb"', "a\u200bb"),
        ("'1.10'", "1.10"),
        ("y", "y"),
        ("Nanjing", "Nanjing"),
        ("|\n  a\n  b", "a\nb\n"),
        (">-\n  a\n  b", "a b"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, value: Any) -> None:
    assert typed(read(f"a: {written}\n")) == typed({"a": value})


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("no", "false"),
        ("Yes", "true"),
        ("ON", "true"),
        ("off", "false"),
        ("True", "true"),
        ("FALSE", "false"),
        ("Null", "null"),
        ("~", "null"),
        ("0123", "123"),
        ("-007", "-7"),
        ("00.5", "0.5"),
        ("1e5", "100000"),
        ("1.5E-3", "0.0015"),
        ("0x10", "16"),
        ("0o17", "15"),
        ("0b11", "3"),
        ("1_000", "1000"),
        ("1,000,000.5", "1000000.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("２０", "20"),
        ("9０．5", "90.5"),
        ("1e999999999999999999999", "123.45"),
    ],
)
def test_an_ambiguous_value_is_refused_with_what_to_write(written: str, instead: str) -> None:
    (problem,) = problems(f"a:\n  - 1\n  - {written}\n")
    assert (problem.code, problem.place.line, problem.place.column) == ("yaml-ambiguous-value", 3, 5)
    assert problem.place.path == ("a", 1)
    assert problem.value == written
    assert instead in problem.hint("zh")
    assert typed(read(f'a: "{written}"\n')) == {"a": ("str", written)}


@pytest.mark.parametrize("data", [SAMPLE.encode(), SAMPLE, "\ufeff" + SAMPLE, SAMPLE.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_line_ends_change_no_value(data: str | bytes) -> None:
    assert read(data) == read(SAMPLE)


def test_old_line_ends_keep_the_line_numbers() -> None:
    assert found("a: 1\rb: no\r") == [("yaml-ambiguous-value", 2, 4)]


def test_a_path_is_read_from_disk_and_one_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(SAMPLE, encoding="utf-8")
    assert read_source(file, name="f.yaml") == read_source(SAMPLE, name="f.yaml")
    for missing in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(FrameworkSyntaxError) as caught:
            read_source(missing, name="none.yaml")
        assert caught.value.report.codes() == ("yaml-unreadable-file",)


# ---- what is refused, and where --------------------------------------------------------------------------

MISTAKES = {
    # structure
    "anchor": ("a: &x [1]\n", "yaml-anchor", 1, 4),
    "anchor on text": ("a: 1\nb: &x y\n", "yaml-anchor", 2, 4),
    "alias": ("a: {𠮷野: 1, b: *x}\n", "yaml-alias", 1, 15),
    "merge key": ("a:\n  <<: {b: 1}\n", "yaml-merge-key", 2, 3),
    "tag": ("a: !!str 1\n", "yaml-tag", 1, 4),
    "python tag": ("a: !!python/object:os.system [x]\n", "yaml-tag", 1, 4),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, 1),
    "duplicate in brackets": ("海宁: {中: 1, 中: 2}\n", "yaml-duplicate-key", 1, 12),
    "number as key": ("a:\n  2021: x\n", "yaml-key-not-text", 2, 3),
    "decimal as key": ("tiers: {1.0: x}\n", "yaml-key-not-text", 1, 9),
    "truth as key": ("true: x\n", "yaml-key-not-text", 1, 1),
    "null as key": ("a: {~: x}\n", "yaml-key-not-text", 1, 5),
    "octal as key": ("a: {007: x}\n", "yaml-key-not-text", 1, 5),
    "list as key": ("a: 1\n? [b]\n: c\n", "yaml-key-not-text", 2, 3),
    "mapping as key": ("a: {{b: 1}: c}\n", "yaml-key-not-text", 1, 5),
    "no key": ("a: {: b}\n", "yaml-value-expected", 1, 5),
    "empty key": ("a: 1\n? \n: b\n", "yaml-key-not-text", 2, 2),
    "second document": ("a: 1\n---\nb: 2\n", "yaml-several-documents", 2, 1),
    "directive": ("%YAML 1.1\n---\na: 1\n", "yaml-directive", 1, 1),
    "empty file": ("", "yaml-empty-document", 1, 1),
    "only comments": ("# nothing\n\n", "yaml-empty-document", 1, 1),
    "list on top": ("- a\n- b\n", "yaml-top-level", 1, 1),
    "text on top": ("\n海宁\n", "yaml-top-level", 2, 1),
    "text before the first key": ("海宁市\nschema: 1\nb: 2\n", "yaml-top-level", 1, 1),
    "comma cuts a text": ("label: {zh: 海宁, 浙江}\n", "yaml-key-without-value", 1, 17),
    "comma cuts a number": ("a: {cap: 300,000}\n", "yaml-key-not-text", 1, 14),
    "no value in brackets": ("a: {b: , c: 1}\n", "yaml-empty-value", 1, 5),
    "no value": ("a: 1\nb:\nc: 2\n", "yaml-empty-value", 2, 1),
    "no list item": ("a:\n  -\n  - 1\n", "yaml-empty-value", 2, 4),
    "no space after colon": ("a: {b:1, c: 2}\n", "yaml-key-without-value", 1, 5),
    "not finite": ("a: .inf\n", "yaml-not-finite", 1, 4),
    "not a number": ("a: nan\n", "yaml-not-finite", 1, 4),
    "text over lines": ("a: b\n  c\nd: 1\n", "yaml-text-over-lines", 1, 4),
    # full width
    "full-width colon": ("a: 1\nid：haining\nb: 2\n", "yaml-fullwidth-colon", 2, 3),
    "full-width colon in first line": ("id：haining\nb: 2\n", "yaml-fullwidth-colon", 1, 3),
    "full-width colon alone": ("id：haining\n", "yaml-fullwidth-colon", 1, 1),
    "full-width colon below a key": ("label:\n  zh：海宁\n  en: H\n", "yaml-fullwidth-colon", 2, 5),
    "full-width colon, one line below": ("label:\n  zh：海宁\n", "yaml-fullwidth-colon", 2, 3),
    "full-width colon before a bracket": ("label：{zh: 海宁}\n", "yaml-fullwidth-colon", 1, 1),
    "full-width colon in brackets": ("a: {zh：海宁, en: X}\n", "yaml-fullwidth-colon", 1, 5),
    "full-width comma": ("a: {zh: 海宁，en: X}\n", "yaml-fullwidth-comma", 1, 11),
    "full-width braces": ("a: ｛zh: 海宁｝\n", "yaml-fullwidth-bracket", 1, 4),
    "full-width brackets": ("a: ［1，2］\n", "yaml-fullwidth-bracket", 1, 4),
    "full-width closing brace": ("a: {zh: 海宁｝\nb: 1\n", "yaml-fullwidth-bracket", 1, 11),
    "full-width blank": ("a: 1\nb:\u30001\nc: 2\n", "yaml-fullwidth-space", 2, 3),
    "full-width blank in brackets": ("a: {b:\u30001}\n", "yaml-fullwidth-space", 1, 5),
    "full-width indent": ("a:\n  b: 1\n\u3000\u3000c: 1\n", "yaml-fullwidth-space", 3, 1),
    # characters
    "tab as indent": ("a:\n\tb: 1\n", "yaml-tab", 2, 1),
    "tab after blanks": ("a:\n  b: 1\n \tc: 2\n", "yaml-tab", 3, 2),
    "NUL": ("a: 海\0宁 ok ok\n", "yaml-hidden-character", 1, 5),
    "zero-width space": ("a: 1\n海\u200b宁: 2\n", "yaml-hidden-character", 2, 2),
    "right to left": ("a: x\u202ey\n", "yaml-hidden-character", 1, 5),
    "next line": ("a: x\u0085y\n", "yaml-hidden-character", 1, 5),
    # syntax
    "open brace": ("a: {x: 1\nb: 2\n", "yaml-unclosed", 1, 4),
    "open inner brace": ("a:\n  海: {y: {z: 1}\n  c: 2\n", "yaml-unclosed", 2, 6),
    "open brace at the end": ("a: 1\nb: {x: {y: 1}\n", "yaml-unclosed", 2, 4),
    "open bracket": ("a: [x, y\nb: 2\n", "yaml-unclosed", 1, 4),
    "open quote": ('a: 1\nb: "x\nc: 2\n', "yaml-unclosed", 2, 4),
    "no comma": ("a: {b: 1 c: 2}\n", "yaml-missing-comma", 1, 11),
    "text after a quote in brackets": ('a: {b: "海"宁, c: 1}\n', "yaml-missing-comma", 1, 11),
    "text after a quote": ('a: "海"宁\n', "yaml-text-after-value", 1, 7),
    "one brace too many": ("a: {b: 1}}\n", "yaml-text-after-value", 1, 10),
    "colon in text": ("a: 1\nb: 注意: 事项\n", "yaml-colon-in-text", 2, 6),
    "reserved %": ("unit: %\n", "yaml-reserved-character", 1, 7),
    "reserved @": ("a: [@x]\n", "yaml-reserved-character", 1, 5),
    "block sign in text": ("a: >=110\n", "yaml-reserved-character", 1, 4),
    "question mark": ("a: ? b\n", "yaml-reserved-character", 1, 4),
    "no blank after colon": ("a: {b:{c: 1}}\n", "yaml-colon-without-blank", 1, 6),
    "no colon in brackets": ("a: {b {c: 1}}\n", "yaml-missing-comma", 1, 7),
    "reserved *": ("a: *\n", "yaml-reserved-character", 1, 4),
    "undefined tag": ("a: !x!y z\n", "yaml-reserved-character", 1, 4),
    "bad indent": ("a:\n    b: 1\n  c: 2\n", "yaml-bad-indentation", 3, 3),
    "indent below a value": ("a: 1\n  b: 2\n", "yaml-bad-indentation", 2, 3),
    "list and keys": ("a:\n  - b\n  c: 1\n", "yaml-bad-indentation", 3, 3),
    "dash after colon": ("a: - b\n", "yaml-misplaced-dash", 1, 4),
    "two commas": ("a: {b: 1,, c: 2}\n", "yaml-value-expected", 1, 10),
    "closing bracket for a value": ("a: ]\n", "yaml-value-expected", 1, 4),
    "backslash": ('a: "C:\\dir"\n', "yaml-bad-escape", 1, 7),
    "half a surrogate pair": ('a: "\\ud800"\n', "yaml-bad-escape", 1, 5),
    "no colon": ("a: 1\n海宁\nb: 2\n", "yaml-missing-colon", 2, 1),
    # bounds
    "deep brackets": ("a: " + "[" * 100 + "]" * 100, "yaml-too-deep", 1, 3 + MAX_DEPTH),
    "deep blocks": ("".join(" " * n + "a:\n" for n in range(100)), "yaml-too-deep", MAX_DEPTH + 1, MAX_DEPTH + 1),
    "long whole number": (f"a: {'1' * 31}\n", "yaml-number-too-long", 1, 4),
    "long decimal": (f"a: 0.{'1' * 31}\n", "yaml-number-too-long", 1, 4),
    "long text": (f"a: {'海' * (MAX_TEXT + 1)}\n", "yaml-text-too-long", 1, 4),
    "long quoted text": (f"a: '{'海' * (MAX_TEXT + 1)}'\n", "yaml-text-too-long", 1, 4),
    "many values": (f"a: [{'1,' * MAX_NODES}]\n", "yaml-too-many-values", 1, 2 * MAX_NODES - 1),
    "large": ("#" * (MAX_BYTES + 1), "yaml-too-large", 1, 1),
    # encodings
    "GBK": ("a: 1\nb: 海宁".encode("gbk"), "yaml-other-encoding", 2, 4),
    "UTF-16": ("a: 海宁".encode("utf-16"), "yaml-other-encoding", 1, 1),
    "UTF-16 without mark": ("a: x\n".encode("utf-16-le"), "yaml-other-encoding", 1, 1),
    "UTF-32": ("a: 海宁".encode("utf-32"), "yaml-other-encoding", 1, 1),
    "not text": ("a: 海".encode() + b"\xff\xff", "yaml-not-utf-8", 1, 5),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_once_where_it_stands(text: str | bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(FrameworkSyntaxError) as caught:
        read_source(text, name="f.yaml")
    assert found(text) == [(code, line, column)]
    (problem,) = caught.value.problems
    assert problem.place.file == "f.yaml"
    assert problem.why("zh")
    assert problem.why("en")


def test_a_duplicate_names_the_line_of_the_first() -> None:
    (problem,) = problems("a: 1\nb: {c: 1}\nb:\n  d: 2\n")
    assert problem.values["first"] == 2
    assert problem.place.path == ("b",)


def test_a_cut_text_is_shown_whole_in_the_hint() -> None:
    (problem,) = problems("label: {zh: 海宁, 浙江, en: Haining}\n")
    assert '"海宁, 浙江"' in problem.hint("en")


def test_problems_of_a_file_come_all_at_once_in_order_also_after_syntax_errors() -> None:
    text = SAMPLE.replace("id: haining", "id：haining")
    text = text.replace("{from: 2021-01-01}", "{from: 0123")
    text = text.replace("points: 25", "points: 1e5, points: no")
    text = text.replace("  合格:", "  合格: [\n  良好:").replace("total:", "schema: 2\ntotal:")
    assert found(text) == [
        ("yaml-fullwidth-colon", 3, 3),
        ("yaml-unclosed", 6, 12),
        ("yaml-duplicate-key", 7, 1),
        ("yaml-ambiguous-value", 10, 41),
        ("yaml-duplicate-key", 10, 46),
        ("yaml-ambiguous-value", 10, 54),
        ("yaml-unclosed", 24, 7),
    ]


def test_what_can_be_read_is_kept_beside_the_problems() -> None:
    source, report = scan_source("a: 1\nb: {c: 1\nd: no\ne: [2]\n", name="f.yaml")
    assert report.codes() == ("yaml-unclosed", "yaml-ambiguous-value")
    assert source.tree["a"] == 1
    assert source.tree["d"] == "no"
    assert source.tree["e"] == [2]


def test_problems_without_end_are_counted_to_the_limit() -> None:
    codes = [p.code for p in problems("".join(f"k{n}: no\n" for n in range(MAX_PROBLEMS + 5)))]
    assert codes == ["yaml-ambiguous-value"] * MAX_PROBLEMS + ["yaml-too-many-problems"]
    assert [p.code for p in problems("".join(f"k{n}: @\n" for n in range(500)))][-1] == "yaml-too-many-problems"


# ---- laws ------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
LEAVES = TEXTS | st.integers(-(10**28), 10**28) | DECIMALS | st.booleans() | st.none()
TREES = st.dictionaries(
    TEXTS,
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)),
    max_size=5,
)
NASTY = [
    *"{}[]:,-?&*!|>'\"%@`#~：，｛｝［］\t\n\0\u3000\ufeff\u2028𠮷\\",
    ": ",
    " #",
    "\n  ",
    "\n- ",
    "---\n",
    "no",
    "1e5",
    "<<: ",
]
EDITS = st.lists(
    st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 3), st.sampled_from(NASTY) | st.text(max_size=2)),
    min_size=1,
    max_size=4,
)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, length, insert in edits:
        at = start % (len(text) + 1)
        text = text[:at] + insert + text[at + length :]
    return text


def json_text(tree: Any) -> str:
    """A tree as JSON with numbers as written: an emitter that knows nothing of ours."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{json_text(k)}: {json_text(v)}" for k, v in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(map(json_text, tree)) + "]"
    if isinstance(tree, Decimal):
        return format(tree, "f")
    if isinstance(tree, str):
        return HIDDEN.sub(lambda m: f"\\U{ord(m[0]):08x}", json.dumps(tree, ensure_ascii=False))
    return json.dumps(tree)


def assert_read_or_refused(data: str | bytes) -> None:
    """The reader's whole contract: a tree, or problems in order that each stand inside the file."""
    _, report = scan_source(data, name="f.yaml")
    if report.ok:
        return
    with pytest.raises(FrameworkSyntaxError) as caught:
        read_source(data, name="f.yaml")
    assert caught.value.report == report
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [(p.place.line or 0, p.place.column or 0) for p in report]
    assert places == sorted(places)
    for line, column in places:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    assert report.to_text("zh") != report.to_text("en")


@given(TREES)
def test_a_tree_written_as_json_is_read_back(tree: dict[str, Any]) -> None:
    assert typed(read(json_text(tree))) == typed(tree)


@given(st.binary(max_size=60) | st.text(max_size=60) | st.text("ab: {}[],-\n#\"'：1", max_size=60))
def test_whatever_comes_is_read_or_refused_inside_the_file(data: str | bytes) -> None:
    assert_read_or_refused(data)


@given(EDITS)
def test_a_damaged_file_is_read_or_refused_inside_the_file(edits: list[tuple[int, int, str]]) -> None:
    assert_read_or_refused(edited(SAMPLE, edits))


@given(EDITS)
def test_the_quick_way_reads_what_the_survey_reads(edits: list[tuple[int, int, str]]) -> None:
    text = edited(SAMPLE, edits).replace("\r", "")
    tree = _quick_tree(text)
    looked = survey(text, name="f.yaml")
    if tree is not None:
        assert looked.problems == ()
        assert typed(looked.tree) == typed(tree)
    elif text.replace("\n", "").isprintable():
        assert looked.problems


@given(TREES)
def test_a_place_points_at_the_text_of_its_value_and_of_its_key(tree: dict[str, Any]) -> None:
    entries = ",\n".join(f"{json_text(key)}: {json_text(value)}" for key, value in tree.items())
    text = f"# 𠮷\n{{{entries}}}\n"
    source = read_source(text, name="f.yaml")
    lines = text.split("\n")

    def after(path: tuple[str | int, ...], *, key: bool = False) -> str:
        place = source.place(path, key=key)
        assert place.line is not None
        assert place.column is not None
        return "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])

    def visit(value: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            assert after(path).startswith("{")
            for name, entry in value.items():
                assert after((*path, name), key=True).startswith(json_text(name) + ": ")
                visit(entry, (*path, name))
        elif isinstance(value, list):
            assert after(path).startswith("[")
            for number, entry in enumerate(value):
                visit(entry, (*path, number))
        else:
            assert after(path).startswith(json_text(value))

    visit(source.tree, ())


def test_places_in_block_style_and_of_paths_that_are_not_there() -> None:
    source = read_source(SAMPLE, name="f.yaml")
    requires = ("gates", "outside", "requires")

    def at(path: tuple[str | int, ...], *, key: bool = False) -> str:
        return str(source.place(path, key=key)).split(" ")[0]

    assert at(()) == "f.yaml:2:1"
    assert at(("edition",)) == "f.yaml:4:10"
    assert at(("edition",), key=True) == "f.yaml:4:1"
    assert at(("label", "en")) == "f.yaml:5:35"
    assert at(requires) == "f.yaml:16:7"
    assert at(requires, key=True) == "f.yaml:15:5"
    assert at((*requires, 1)) == "f.yaml:17:9"
    assert at((*requires, 1, "note")) == "f.yaml:18:15"
    assert at(("gates", "outside", "knots", 1, 1)) == "f.yaml:21:26"
    assert at((*requires, 7, "input")) == "f.yaml:16:7"
    assert source.place(("nowhere", 3)).path == ("nowhere", 3)
    assert at(("nowhere", 3)) == "f.yaml:2:1"


def test_no_character_stops_the_parser_that_the_reader_has_not_named() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    seen = HIDDEN.sub("", everything).replace("'", "").replace("\r", "")
    text = "\n".join(f"k{n}: '{seen[n : n + 1000]}'" for n in range(0, len(seen), 1000))
    events = iter(survey_module.events(text), None)
    assert sum(isinstance(event, yaml.ScalarEvent) for event in events) == 2 * len(range(0, len(seen), 1000))


# ---- the parser in pure Python ---------------------------------------------------------------------------


def test_without_libyaml_the_same_is_read_and_all_but_two_mistakes_are_refused_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = {name: row for name, row in MISTAKES.items() if len(row[0]) < 10_000}
    for read_without in ("half a surrogate pair", "no blank after colon"):
        del short[read_without]
    with_libyaml = {name: found(row[0]) for name, row in short.items()}
    tree = read(SAMPLE)
    monkeypatch.setattr(survey_module, "_Loader", yaml.BaseLoader)
    assert read(SAMPLE) == tree
    without = {name: found(row[0]) for name, row in short.items()}
    assert without == with_libyaml
    assert found('a: "\\UFFFFFFFF"\nb: no\n') == [("yaml-bad-escape", 1, 1), ("yaml-ambiguous-value", 2, 4)]


# ---- the sketches ----------------------------------------------------------------------------------------


def test_the_sketches_of_the_format_are_read_the_quick_way(shared: Path) -> None:
    sketches = sorted((shared / "design" / "examples").glob("*/*.yaml"))
    assert sketches
    for sketch in sketches:
        tree = _quick_tree(sketch.read_text(encoding="utf-8"))
        assert tree is not None
        assert tree["schema"] == 1


@given(data=st.data())
def test_a_damaged_sketch_is_read_or_refused_inside_the_file(shared: Path, data: st.DataObject) -> None:
    sketch = data.draw(st.sampled_from(sorted((shared / "design" / "examples").glob("*/*.yaml"))))
    assert_read_or_refused(edited(sketch.read_text(encoding="utf-8"), data.draw(EDITS)))
