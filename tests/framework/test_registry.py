"""A framework is found by id, edition, revision, completion, day or file, or it is said what there is."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from tests.framework.small import SMALL

from stationeval.errors import FrameworkError, FrameworkNotFound, FrameworkSchemaError
from stationeval.framework import files, folders, registry
from stationeval.framework.folders import Folder, built_in
from stationeval.framework.reference import Reference, parse_reference
from stationeval.framework.registry import frameworks, lint, load

AMENDMENT = """schema: 1
extends: small@2021#1
edition: "2023"
revision: 2
history:
  - {revision: 1, on: 2023-01-31, why: {zh: 首次录入}}
  - {revision: 2, on: 2023-02-01, why: {zh: 更正}}
effective: {from: 2023-01-01}
sources: {}
basis: {status: documented, cite: notice}
changes:
  - {set: subsidy.components.operating.cap, was: 300000, to: 350000}
"""
COMPLETION = """schema: 1
completes: small@2021#1
name: extra
author: 某人
rationale: {zh: 试}
basis: {status: assumed}
fills: {contest: {annual: sum}}
"""
CASES = "schema: 1\nframework: small@2021#1\ncases: [{name: a, expect: {total: 1}}]\n"


def write(root: Path) -> Path:
    """An installed folder with an edition, a later one that amends it, and a completion."""
    home = root / "small"
    home.mkdir(parents=True)
    (home / "2021.yaml").write_text(SMALL, encoding="utf-8")
    (home / "2023.yaml").write_text(AMENDMENT, encoding="utf-8")
    (home / "2021+extra.yaml").write_text(COMPLETION, encoding="utf-8")
    (home / "2021.cases.yaml").write_text(CASES, encoding="utf-8")
    (home / "notes.txt").write_text("not a framework", encoding="utf-8")
    return root


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages: ours, and one that brings the small framework."""
    root = write(tmp_path / "theirs")
    found = ((built_in(), Folder("theirs", root)), ())
    monkeypatch.setattr(registry, "folders", lambda: found)
    return root


@pytest.mark.parametrize(
    ("ref", "signature"),
    [
        ("small", "small@2023#2"),
        ("small@2021", "small@2021#1"),
        ("small@2021#1", "small@2021#1"),
        ("small@2023#2", "small@2023#2"),
        ("small@2021+extra", "small@2021#1+extra"),
        ("small@2021#1+extra", "small@2021#1+extra"),
    ],
)
def test_a_reference_finds_exactly_what_it_names(installed: Path, ref: str, signature: str) -> None:
    assert load(ref).signature == signature


def test_a_completion_may_be_named_apart(installed: Path) -> None:
    wanted = load("small@2021+extra")
    assert load("small@2021", completion="extra") == wanted == load("small@2021").complete("extra")
    assert load("small@2021", completion=installed / "small" / "2021+extra.yaml") == wanted
    assert load("small@2021", completion={"contest": {"annual": "sum"}}).completions[0].startswith("custom-")


def test_the_file_of_a_framework_amendment_or_completion_is_enough(installed: Path) -> None:
    home = installed / "small"
    assert load(home / "2021.yaml") == load("small@2021")
    assert load(home / "2023.yaml") == load("small@2023")
    assert load(home / "2021+extra.yaml") == load("small@2021+extra")
    assert load(home / "2021.yaml", completion="extra") == load("small@2021+extra")


def test_a_file_elsewhere_finds_what_it_builds_on_among_the_installed(installed: Path, tmp_path: Path) -> None:
    for name, text in (("mine.yaml", COMPLETION.replace("extra", "mine")), ("later.yaml", AMENDMENT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load(tmp_path / "mine.yaml").signature == "small@2021#1+mine"
    assert load(tmp_path / "later.yaml").signature == "small@2023#2"


@pytest.mark.parametrize(
    ("day", "edition"), [("2021-01-01", "2021"), ("2022-12-31", "2021"), ("2023-01-01", "2023"), ("2050-01-01", "2023")]
)
def test_a_day_finds_the_edition_in_force(installed: Path, day: str, edition: str) -> None:
    assert load("small", on=day).edition == edition


@pytest.mark.parametrize(
    ("ref", "on", "code", "said"),
    [
        ("smalll", None, "no-such-framework", "small"),
        ("small@2022", None, "no-such-edition", "2023"),
        ("small@2021#2", None, "no-such-revision", "2021#1"),
        ("small@2021+extar", None, "no-such-completion", "extra"),
        ("small@2023+extra", None, "no-such-completion", "—"),
        ("small", "2020-12-31", "not-in-force", "2021-01-01"),
        ("small", "2021/1/1", "not-a-date", ""),
        ("Small", None, "bad-reference", ""),
        ("small#1", None, "bad-reference", ""),
        ("../small", None, "bad-reference", ""),
        ("small@../2021", None, "bad-reference", ""),
        ("", None, "bad-reference", ""),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    installed: Path, ref: str, on: str | None, code: str, said: str
) -> None:
    with pytest.raises(FrameworkNotFound) as caught:
        load(ref, on=on)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert said in str([*problem.values.get("near", []), *problem.values.get("known", [])])


def test_a_file_that_is_not_there_or_holds_cases_is_said_so(installed: Path) -> None:
    with pytest.raises(FrameworkNotFound) as caught:
        load(installed / "nothing.yaml")
    assert caught.value.problems[0].code == "no-such-file"
    with pytest.raises(FrameworkError) as wrong:
        load(installed / "small" / "2021.cases.yaml")
    assert wrong.value.problems[0].code == "file-of-cases"


def test_the_table_lists_every_edition_with_what_it_can_answer(installed: Path) -> None:
    rows = {(row.id, row.edition): row for row in frameworks()}
    row = rows["small", "2021"]
    assert (row.revision, row.completions, row.label, row.place, row.package) == (
        1,
        ("extra",),
        "小框架",
        "某市",
        "theirs",
    )
    assert "score" in row.answers
    assert (row.unknowns, row.report.ok) == (0, True)
    assert row.documented is not None
    assert rows["small", "2023"].completions == ()
    assert rows["haining-sppe", "2021"].package == "stationeval"


def test_a_framework_with_a_mistake_stays_in_the_table_with_its_report(installed: Path) -> None:
    (installed / "small" / "2021.yaml").write_text(SMALL.replace("total: 100", "total: 99"), encoding="utf-8")
    row = next(row for row in frameworks() if (row.id, row.edition) == ("small", "2021"))
    assert row.report.codes() == ("points-do-not-add-up",)
    assert lint("small@2021").codes() == row.report.codes()


def test_the_latest_edition_is_not_passed_over_because_it_is_broken(installed: Path) -> None:
    (installed / "small" / "2023.yaml").write_text(
        AMENDMENT.replace("effective: {from: 2023-01-01}", "effective: soon"), encoding="utf-8"
    )
    assert not lint("small").ok


@pytest.mark.parametrize(("name", "code"), [("2022.yaml", "misplaced-file"), ("2021b.yaml", "misplaced-file")])
def test_an_installed_file_is_called_what_it_is(installed: Path, name: str, code: str) -> None:
    (installed / "small" / "2021.yaml").rename(installed / "small" / name)
    assert lint("small@2021").codes() == (code,)


def test_one_id_from_two_packages_is_refused_naming_both(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Folder("others", write(tmp_path / "others"))
    monkeypatch.setattr(registry, "folders", lambda: ((Folder("theirs", installed), second), ()))
    with pytest.raises(FrameworkSchemaError) as caught:
        load("small")
    assert caught.value.problems[0].values["packages"] == ["theirs", "others"]
    assert all("two-packages" in row.report.codes() for row in frameworks())


def test_what_an_amendment_extends_must_be_there_and_be_pinned(installed: Path, tmp_path: Path) -> None:
    for said, code in (("small@2020#1", "no-such-base"), ("small@2021", "not-a-pin"), ("small 2021", "not-a-pin")):
        path = tmp_path / "later.yaml"
        path.write_text(AMENDMENT.replace("small@2021#1", said), encoding="utf-8")
        assert code in lint(path).codes()


def test_what_is_read_twice_is_worked_out_once_until_it_changes(installed: Path) -> None:
    first = load("small@2021+extra")
    assert load("small@2021+extra") is first
    path = installed / "small" / "2021.yaml"
    path.write_text(SMALL.replace("小框架", "大框架"), encoding="utf-8")
    assert load("small@2021+extra").label() == "大框架"


def announced(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = [EntryPoint(f"e{i}", value, folders.GROUP) for i, value in enumerate(values)]
    monkeypatch.setattr(folders, "entry_points", lambda group: points if group == folders.GROUP else [])
    folders._announced.cache_clear()


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that must not be imported, with a folder of frameworks."""
    home = tmp_path / "site" / "small_plugin"
    write(home / "data")
    (home / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield home
    folders._announced.cache_clear()


def test_a_package_brings_a_folder_without_its_code_being_run(plugin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    announced(monkeypatch, "small_plugin:data")
    assert load("small@2021").signature == "small@2021#1"
    assert "small_plugin" in {row.package for row in frameworks()}
    assert "small_plugin" not in sys.modules


@pytest.mark.parametrize(
    "value",
    ["small_plugin:nothing", "small_plugin:..", "small_plugin:/", "no_such_package:data", "json:data", ":", "a..b:c"],
)
def test_a_broken_package_is_reported_and_stops_no_other(
    plugin: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    announced(monkeypatch, value, "small_plugin:data")
    rows = frameworks()
    (broken,) = [row for row in rows if row.id == ""]
    assert broken.report.codes() == ("plugin-broken",)
    assert "small" in {row.id for row in rows}
    with pytest.raises(FrameworkNotFound) as caught:
        load("nothing-like-it")
    assert [problem.code for problem in caught.value.problems] == ["no-such-framework", "plugin-broken"]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("a", Reference("a")),
        ("a-b@2021 年版", None),
        ("a@第二版", Reference("a", "第二版")),
        ("a@2021#12+x+y-z", Reference("a", "2021", 12, ("x", "y-z"))),
        ("a+x", Reference("a", completions=("x",))),
        ("a@1#0", None),
        ("a@", None),
        ("a@1+", None),
    ],
)
def test_a_reference_has_its_parts_or_is_none(text: str, reference: Reference | None) -> None:
    if reference is None:
        with pytest.raises(FrameworkNotFound):
            parse_reference(text)
    else:
        assert parse_reference(text) == reference


def test_loading_needs_neither_frames_nor_arrays() -> None:
    code = "import sys, stationeval; stationeval.load('haining-sppe@2021+reading'); print(sorted({'numpy', 'pandas', 'scipy', 'narwhals'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_too_large_is_never_read_in_full(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (files.MAX_BYTES + 10))
    assert lint(path).codes() == ("yaml-too-large",)
