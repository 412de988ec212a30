"""A completion or amendment moves to the current revision only where what it touches still fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.framework.small import SMALL

from stationeval.errors import FrameworkNotFound, FrameworkSchemaError
from stationeval.framework.registry import lint
from stationeval.framework.upgrading import upgrade

HISTORY = "revision: 2\nhistory: [{revision: 1, on: 2021-01-31, why: {zh: 首次录入}}, {revision: 2, on: 2021-02-01, why: {zh: 更正}}]"
OPEN = SMALL.replace("{label: {zh: 支出}}", "{label: {zh: 支出}}").replace(
    "share: 0.1, kind", "share: {unknown: not-published}, kind"
)
NEXT = OPEN.replace("revision: 1\n", f"{HISTORY}\n", 1)
COMPLETION = """# kept as it is
schema: 1
completes: "small@2021#1"   # the pin
name: extra
author: 某人
rationale: {zh: 试}
basis: {status: assumed}
fills:
  funding.levy.share: 0.1   # a guess
"""
AMENDMENT = """schema: 1
extends: small@2021#1
edition: "2023"
revision: 1
effective: {from: 2023-01-01}
sources: {}
basis: {status: documented, cite: notice}
changes:
  - {set: subsidy.components.operating.cap, was: 300000, to: 350000}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the framework in its second revision, and the first one apart."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "2021.yaml").write_text(NEXT, encoding="utf-8")
    (folder / "2021+extra.yaml").write_text(COMPLETION, encoding="utf-8")
    (folder / "2023.yaml").write_text(AMENDMENT, encoding="utf-8")
    (tmp_path / "older.yaml").write_text(OPEN, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["2021+extra.yaml", "2023.yaml"])
@pytest.mark.parametrize("compare", [False, True])
def test_what_still_fits_is_moved_and_nothing_else_in_the_file_changes(name: str, compare: bool, home: Path) -> None:
    path = home / name
    before = path.read_text(encoding="utf-8")
    moved = upgrade(path, older=home.parent / "older.yaml" if compare else None)
    assert (moved.old, moved.new) == ("small@2021#1", "small@2021#2")
    assert moved.report.ok
    assert moved.text == before.replace("small@2021#1", "small@2021#2")
    assert moved.report.codes() == (("upgrade-history",) if compare else ("upgrade-history", "upgrade-not-compared"))
    path.write_text(moved.text or "", encoding="utf-8")
    assert lint(path).ok
    again = upgrade(path)
    assert (again.old, again.new, again.report.codes()) == ("small@2021#2", "small@2021#2", ())


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("2021+extra.yaml", ("share: {unknown: not-published}", "share: 0.2"), "completion-changes-known"),
        (
            "2021+extra.yaml",
            ("share: {unknown: not-published}", "share: {unknown: ambiguous, between: [0.2, 0.3]}"),
            "outside-bounds",
        ),
        ("2021+extra.yaml", ("  levy:", "  lottery:"), "no-such-path"),
        ("2023.yaml", ("cap: 300000", "cap: 320000"), "stale-was"),
    ],
)
def test_what_no_longer_fits_is_not_moved_and_is_listed(
    name: str, change: tuple[str, str], code: str, home: Path
) -> None:
    assert change[0] in NEXT
    (home / "2021.yaml").write_text(NEXT.replace(*change), encoding="utf-8")
    moved = upgrade(home / name)
    assert moved.text is None
    assert code in moved.report.codes()
    assert next(p for p in moved.report.errors if p.code == code).place.line is not None


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("levy: {label: {zh: 福彩}", "levy: {label: {zh: 体彩}"), "funding.levy.label"),
        (("share: {unknown: not-published}", "share: {unknown: not-found}"), "funding.levy.share"),
    ],
)
def test_with_the_older_file_another_meaning_is_seen(change: tuple[str, str], path: str, home: Path) -> None:
    (home / "2021.yaml").write_text(NEXT.replace(*change), encoding="utf-8")
    assert upgrade(home / "2021+extra.yaml").report.ok
    moved = upgrade(home / "2021+extra.yaml", older=home.parent / "older.yaml")
    assert moved.text is None
    assert [problem.values["path"] for problem in moved.report.errors] == [path]


def test_the_older_file_must_be_the_one_that_was_pinned(home: Path) -> None:
    moved = upgrade(home / "2021+extra.yaml", older=home / "2021.yaml")
    assert [problem.code for problem in moved.report.errors] == ["upgrade-other-older"]


def test_what_is_newer_than_what_is_here_is_refused(home: Path) -> None:
    path = home / "2021+extra.yaml"
    path.write_text(COMPLETION.replace("#1", "#3"), encoding="utf-8")
    assert "upgrade-newer" in upgrade(path).report.codes()


def test_only_a_pinned_completion_or_amendment_can_be_moved(home: Path) -> None:
    with pytest.raises(FrameworkSchemaError) as caught:
        upgrade(home / "2021.yaml")
    assert caught.value.problems[0].code == "upgrade-not-pinned"
    (home / "2021+extra.yaml").write_text(COMPLETION.replace("#1", ""), encoding="utf-8")
    with pytest.raises(FrameworkSchemaError):
        upgrade(home / "2021+extra.yaml")
    with pytest.raises(FrameworkNotFound):
        upgrade(home / "gone.yaml")
