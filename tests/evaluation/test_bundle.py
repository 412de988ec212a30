"""A bundle is evidence: the same bytes for the same scores, and any change is found and named."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evaluation.explained import haining, nine_rules

import stationeval as se
from stationeval.evaluation import bundle
from stationeval.evaluation.bundle import ORDER, PARTS, save, verify


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small bundle."""
    rows = [{"station": "甲", "budget": 100, "spent": 96, "output_achievement": 90, "benefit_achievement": 88}]
    rows[0]["satisfaction_achievement"] = 90
    return save(se.score(rows, "mof-self-evaluation"), tmp_path_factory.mktemp("bundle") / "small.zip").read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundle") / "changed.zip"


@pytest.mark.parametrize("scores", [haining(), nine_rules()], ids=["haining", "nine-rules"])
def test_what_is_saved_verifies(scores: se.Scores, tmp_path: Path) -> None:
    path = scores.save(tmp_path / "result.zip")
    report = verify(path)
    assert report.problems == ()
    assert list(tmp_path.iterdir()) == [path]
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert tuple(archive.namelist()) == ORDER


def test_the_same_scores_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = (save(haining(), tmp_path / name).read_bytes() for name in ("one.zip", "other.zip"))
    assert one == other


def container(content: bytes) -> list[str]:
    """For every byte, the part whose content it belongs to, or nothing."""
    owners = [""] * len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            owners[start : start + info.file_size] = [info.filename] * info.file_size
    return owners


def test_every_single_changed_byte_is_found_and_named(saved: bytes, place: Path) -> None:
    """A flipped bit in any byte is reported, with the part it stands in where it stands in one."""
    for i, owner in enumerate(container(saved)):
        place.write_bytes(saved[:i] + bytes([saved[i] ^ 1 << i % 8]) + saved[i + 1 :])
        report = verify(place)
        assert not report.ok, f"byte {i} of {owner or 'the container'}"
        if owner:
            assert [problem.values["part"] for problem in report.errors] == [owner]
        assert all(problem.place.file == place.name for problem in report)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_any_other_change_is_found_too(saved: bytes, place: Path, data: st.DataObject) -> None:
    """Bytes set, cut away, put in, or put at the end: never a traceback, never ok."""
    i = data.draw(st.integers(0, len(saved) - 1))
    length = data.draw(st.integers(0, 40))
    new = data.draw(st.binary(max_size=40))
    changed = saved[:i] + new + saved[i + length :]
    if changed == saved:
        return
    place.write_bytes(changed)
    assert not verify(place).ok


@given(content=st.binary(max_size=200))
def test_what_is_no_bundle_is_refused(place: Path, content: bytes) -> None:
    place.write_bytes(content)
    assert not verify(place).ok


def forged(content: bytes, part: str, change: Any) -> bytes:
    """A bundle in which a part was changed by somebody who also mended the hashes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in ORDER}
    parts[part] = change(parts[part])
    manifest = json.loads(parts["manifest.json"])
    manifest["parts"] = {name: sha256(parts[name]).hexdigest() for name in PARTS}
    parts["manifest.json"] = bundle.to_json(manifest)
    return bundle._archive(parts)


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("results.json", b'"total":"90.00"', b'"total":"95.00"', "exchange-result-differs"),
        ("data.json", b'"spent":["96"]', b'"spent":["99"]', "exchange-result-differs"),
        ("framework.yaml", b"points: 50", b"points: 60", "points-do-not-add-up"),
        ("framework.yaml", b"at_least: 90", b"at_least: 91", "exchange-framework-differs"),
        ("framework.yaml", b"schema: 1", b"schema: *a", "yaml-alias"),
        ("results.json", b"{", b"", "exchange-malformed"),
        ("data.json", b'"spent":["96"]', b'"spent":["1/0"]', "two-values"),
        ("data.json", b'"spent":[', b'"spemt":[', "exchange-malformed"),
    ],
)
def test_mended_hashes_do_not_hide_a_change(
    saved: bytes, place: Path, part: str, old: bytes, new: bytes, code: str
) -> None:
    content = forged(saved, part, lambda text: text.replace(old, new, 1))
    assert content != saved
    place.write_bytes(content)
    report = verify(place)
    assert not report.ok
    assert code in report.codes()


def test_a_station_whose_result_was_forged_is_named(tmp_path: Path) -> None:
    content = save(haining(), tmp_path / "a.zip").read_bytes()
    path = tmp_path / "forged.zip"
    path.write_bytes(forged(content, "results.json", lambda text: text.replace(b'"total":"85.77"', b'"total":"95.77"')))
    (problem,) = verify(path).errors
    assert (problem.place.station, problem.place.path) == ("斜桥镇", ("total",))
    assert "95.77" in problem.why("zh")
    assert "85.77" in problem.why("zh")


def test_a_changed_framework_under_an_installed_name_is_noted(saved: bytes, place: Path) -> None:
    """Whoever forges framework, results and hashes alike is found out where the true one is installed."""
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        text = archive.read("framework.yaml").decode().replace("at_least: 90", "at_least: 91", 1)
    from stationeval.framework.framework import assemble
    from stationeval.framework.source import read_source

    rows = [{"station": "甲", "budget": 100, "spent": 96, "output_achievement": 90, "benefit_achievement": 88}]
    rows[0]["satisfaction_achievement"] = 90
    save(se.score(rows, assemble((read_source(text, name="forged.yaml"),))), place, overwrite=True)
    report = verify(place)
    assert report.ok
    assert report.codes() == ("bundle-framework-elsewhere",)


def test_another_version_is_noted(saved: bytes, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write_bytes(saved)
    monkeypatch.setattr(bundle, "_version", lambda: "99.0.0")
    report = verify(place)
    assert report.ok
    assert report.codes() == ("bundle-other-version",)


def test_an_existing_file_is_kept_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    path.write_bytes(b"mine")
    with pytest.raises(se.InputError) as error:
        haining().save(path)
    assert error.value.report.codes() == ("output-exists",)
    assert path.read_bytes() == b"mine"
    haining().save(path, overwrite=True)
    assert verify(path).ok


def test_a_folder_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(se.InputError) as error:
        haining().save(tmp_path / "nowhere" / "a.zip")
    assert error.value.report.codes() == ("output-unwritable",)


def test_nothing_is_read_that_is_missing_or_too_large(
    tmp_path: Path, saved: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verify(tmp_path / "nowhere.zip").codes() == ("bundle-unreadable",)
    assert verify(tmp_path).codes() == ("bundle-unreadable",)
    path = tmp_path / "large.zip"
    path.write_bytes(saved)
    monkeypatch.setattr(bundle, "MOST_BYTES", len(saved) - 1)
    assert verify(path).codes() == ("bundle-too-large",)
    with pytest.raises(se.InputError):
        haining().save(tmp_path / "more.zip")
    assert not (tmp_path / "more.zip").exists()


def test_nothing_compressed_is_unfolded(tmp_path: Path, saved: bytes) -> None:
    """A zip bomb in the place of a part is refused before a byte of it is read."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ORDER:
            archive.writestr(name, b"0" * 10**6)
    report = verify(path)
    assert set(report.codes()) == {"bundle-part-differs"}
    assert len(saved) < 20_000
