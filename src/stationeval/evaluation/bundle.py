"""A result kept as evidence: framework, data and scores in one file, which anybody can check and compute again.

The file is a zip archive of four parts: `framework.yaml` (resolved), `data.json`, `results.json`, and `manifest.json`
with the sha256 of the other three and the version that wrote it. Nothing in it is compressed or dated, so that its
bytes depend on nothing but its parts: whoever reads it can write it again and compare every byte.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from stationeval.errors import InputError, Place, Problem, Report, StationevalError
from stationeval.evaluation.exchange import differences, restored, scores_to_dict, to_json
from stationeval.evaluation.results import Scores
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.registry import load
from stationeval.framework.source import read_source

PARTS = ("data.json", "framework.yaml", "results.json")
MANIFEST = "manifest.json"
ORDER = tuple(sorted((*PARTS, MANIFEST)))
DATA = ("data", "ratings")
MOST_BYTES = 2**30
"""The largest bundle that is written or read; nothing in one is compressed, so that nothing in it can unfold."""


def save(scores: Scores, path: str | Path, *, overwrite: bool = False) -> Path:
    """Keep scores as a bundle that `verify` computes again.

    Parameters
    ----------
    scores
        From `score`.
    path
        Where to; the same scores give the same bytes.
    overwrite
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file, whole: it is written beside its place and then moved there.

    Raises
    ------
    InputError
        If the file exists, cannot be written, or would be too large.
    """
    path = Path(path)
    place = Place(file=str(path))
    content = _archive(_parts(scores))
    if len(content) > MOST_BYTES:
        raise InputError([Problem("bundle-too-large", place, values={"size": len(content), "limit": MOST_BYTES})])
    if path.exists() and not overwrite:
        raise InputError([Problem("output-exists", place)])
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError([Problem("output-unwritable", place, values={"reason": error.strerror})]) from None
    return path


def verify(path: str | Path) -> Report:
    """Check that a bundle is as it was saved, and that its scores come out again.

    Where a byte is changed, the part it stands in is named, or its offset where it is in none. Where none is, the
    scores are computed again from the framework and the data within, and every difference is named.

    Parameters
    ----------
    path
        A file that `Scores.save` wrote.

    Returns
    -------
    Report
        `ok` where nothing differs; notes say if another version wrote it, or the framework installed here is another.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     verify(scores.save(Path(folder) / "result.zip")).ok
    True
    """
    path = Path(path)
    return Report(tuple(replace(p, place=_inside(path, p.place)) for p in _verified(path)))


def _inside(path: Path, place: Place) -> Place:
    return replace(place, file="/".join(filter(None, (path.name, place.file))))


def _verified(path: Path) -> Iterator[Problem]:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            yield Problem("bundle-too-large", values={"size": size, "limit": MOST_BYTES})
            return
        content = path.read_bytes()
    except OSError as error:
        yield Problem("bundle-unreadable", values={"reason": error.strerror})
        return
    parts, problems = _opened(content)
    if problems:
        yield from problems
        return
    yield from _recomputed(parts)


# ---- the archive ----------------------------------------------------------------------------------------------


def _parts(scores: Scores) -> dict[str, bytes]:
    document = scores_to_dict(scores)
    parts = {
        "data.json": to_json({name: document.pop(name) for name in DATA}),
        "framework.yaml": scores.framework.to_yaml().encode(),
        "results.json": to_json(document),
    }
    manifest = {
        "bundle": 1,
        "library": _version(),
        "signature": scores.signature,
        "parts": {name: sha256(part).hexdigest() for name, part in parts.items()},
    }
    return {**parts, MANIFEST: to_json(manifest)}


def _version() -> str:
    from importlib.metadata import version

    return version("stationeval")


def _archive(parts: Mapping[str, bytes]) -> bytes:
    """The archive of some parts, the same bytes for the same parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in ORDER:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return stream.getvalue()


def _opened(content: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """The parts of an archive, and everything in it that is not as it was written."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = {info.filename: info for info in archive.infolist()}
    except Exception as error:  # noqa: BLE001  (a damaged archive fails in any of many ways)
        return {}, [Problem("bundle-unreadable", values={"reason": type(error).__name__})]
    parts: dict[str, bytes] = {}
    problems = [Problem("bundle-part-extra", values={"part": name}) for name in infos if name not in ORDER]
    for name in ORDER:
        if name not in infos:
            problems.append(Problem("bundle-part-missing", values={"part": name}))
            continue
        part = _part(archive, infos[name], len(content))
        if part is None:
            problems.append(Problem("bundle-part-differs", Place(path=(name,)), values={"part": name}))
        else:
            parts[name] = part
    if not problems:
        problems = [*_unlike_manifest(parts)] or [*_unlike_archive(content, parts)]
    return parts, problems


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    """One part; None where it is damaged or claims to be what a bundle never holds."""
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
        return None
    try:
        return archive.read(info)
    except Exception:  # noqa: BLE001  (a damaged part fails in any of many ways)
        return None


def _unlike_manifest(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    try:
        hashes = json.loads(parts[MANIFEST])["parts"]
        recorded = {name: str(hashes[name]) for name in PARTS}
    except (ValueError, TypeError, LookupError, RecursionError):
        yield Problem("bundle-part-differs", Place(path=(MANIFEST,)), values={"part": MANIFEST})
        return
    for name in PARTS:
        if sha256(parts[name]).hexdigest() != recorded[name]:
            yield Problem("bundle-part-differs", Place(path=(name,)), values={"part": name})


def _unlike_archive(content: bytes, parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether the bytes around the parts are those that these parts make."""
    again = _archive(parts)
    if content != again:
        pairs = enumerate(zip(content, again, strict=False))
        offset = next((i for i, (one, other) in pairs if one != other), min(len(content), len(again)))
        yield Problem("bundle-container-differs", values={"offset": offset})


# ---- the scores -------------------------------------------------------------------------------------------------


def _recomputed(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Where the scores do not come out again from the framework and data within."""
    try:
        manifest, document = json.loads(parts[MANIFEST]), _document(parts)
        framework = assemble((read_source(parts["framework.yaml"], name="framework.yaml"),))
        again = scores_to_dict(restored(document, framework))
    except StationevalError as error:
        yield from error.problems
        return
    except (ValueError, TypeError, LookupError, RecursionError, ArithmeticError) as error:
        yield Problem("exchange-malformed", values={"reason": type(error).__name__})
        return
    yield from differences(document, again)
    if manifest["signature"] != again["signature"]:
        values = {"found": str(manifest["signature"]), "again": again["signature"]}
        yield Problem("exchange-result-differs", Place(path=(MANIFEST, "signature")), values=values)
    yield from _notes(manifest, framework)


def _document(parts: Mapping[str, bytes]) -> dict[str, Any]:
    results, data = json.loads(parts["results.json"]), json.loads(parts["data.json"])
    return {**results, **data}


def _notes(manifest: Mapping[str, Any], framework: Framework) -> Iterator[Problem]:
    if manifest["library"] != _version():
        values = {"version": str(manifest["library"]), "here": _version()}
        yield Problem("bundle-other-version", values=values, severity="note")
    try:
        installed = load(framework.signature)
    except StationevalError:
        return
    if installed != framework:
        values = {"framework": framework.signature}
        yield Problem("bundle-framework-elsewhere", values=values, severity="note")
