"""`framework new|from-excel|to-excel|diff|upgrade`: for those who write frameworks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, Any

from stationeval.cli.columns import Lines
from stationeval.cli.evaluating import reference
from stationeval.cli.screen import MOST_ERRORS, Screen
from stationeval.errors import InputError, Place, Problem, Report
from stationeval.framework.differing import Difference, differences
from stationeval.framework.from_excel import OfficialTable, framework_from_excel
from stationeval.framework.official.cells import write_value
from stationeval.framework.official.drafting import SOURCE
from stationeval.framework.registry import load
from stationeval.framework.skeleton import PLACE, skeleton
from stationeval.framework.upgrading import upgrade as move
from stationeval.framework.values import CODE, ID, is_unknown
from stationeval.report.export import write_whole
from stationeval.report.framework_table import framework_to_excel
from stationeval.report.grounds import WHYS

_EDITION = re.compile(r"[^@#+\s/\\\"]{1,40}\Z")


def from_excel(
    screen: Screen,
    *,
    table: Path,
    out: Path | None,
    completes: str | None,
    name: str | None,
    id_: str | None,
    sheet: str | None,
    force: bool,
    **head: str | None,
) -> int:
    """Read a table and write the framework or completion that it comes to."""
    if out is not None:
        _free([out], force=force)
    read = framework_from_excel(
        table,
        id=id_,
        sheet=sheet,
        completes=None if completes is None else reference(completes),
        name=name or SOURCE,
        head=_head(screen, id_=id_, **head),
    )
    if out is None and not screen.json:
        print(read.to_yaml(), end="")
    elif out is not None:
        _write(out, read.to_yaml().encode())
    _say_table(screen, read, out)
    return 0 if read.report.ok else 2


def _say_table(screen: Screen, read: OfficialTable, out: Path | None) -> None:
    errors = read.report.errors
    counts = {"rows": len(read.rows), "made": len(read.made), "understood": read.understood}
    if screen.json:
        answer: dict[str, Any] = {"ok": read.report.ok, "kind": read.kind, "out": None if out is None else str(out)}
        answer |= counts | {"problems": read.report.to_dict(screen.lang), "yaml": read.to_yaml()}
        screen.emit(answer)
        return
    aside = out is None
    said = screen.say("cli-table-read", **counts, listed=len(read.report.notes), errors=len(errors))
    screen.line(said, style="bold red" if errors else "bold", error=aside)
    if read.report.problems:
        screen.problems((*errors, *read.report.notes), error=aside, limit=MOST_ERRORS)
    if out is not None:
        screen.line(screen.say("cli-written", file=str(out)), style="green")
        screen.line(screen.say("cli-table-differs" if errors else "cli-table-next", file=str(out)))


def _head(screen: Screen, *, id_: str | None, **given: str | None) -> dict[str, Any]:
    """Top-level values from options, each looked at."""
    problems = [] if id_ is None or re.match(ID, id_) else [Problem("not-an-id", value=id_)]
    head: dict[str, Any] = {key: {screen.lang: value} for key in ("label", "issuer") if (value := given.get(key))}
    if (edition := given.get("edition")) is not None:
        problems += [] if _EDITION.match(edition) else [Problem("not-an-edition", value=edition)]
        head["edition"] = edition
        if re.fullmatch("20[0-9]{2}", edition):
            head["effective"] = {"from": f"{edition}-01-01"}
    if (code := given.get("place")) is not None:
        problems += [] if re.match(CODE, code) else [Problem("bad-jurisdiction-code", value=code)]
        head["jurisdiction"] = {"code": code, "label": {"zh": code if problems else _place(code)}}
    if problems:
        raise InputError(problems)
    return head


def _place(code: str) -> str:
    """The name of a division, where the list of townships has it; else its code."""
    from stationeval.datasets import townships

    found = townships(code) if code != PLACE else ()
    if not found:
        return code
    whole = found[0]
    return whole.province if code.endswith("0000") else whole.prefecture if code.endswith("00") else whole.county


def to_excel(screen: Screen, *, framework: str, out: Path, force: bool) -> int:
    """Write a framework as a flat workbook."""
    framework_to_excel(load(reference(framework)), out, overwrite=force)
    if screen.json:
        screen.emit({"ok": True, "out": str(out)})
    else:
        screen.line(screen.say("cli-written", file=str(out)), style="green")
    return 0


def new(screen: Screen, *, id_: str, out: Path | None, force: bool, **given: str | None) -> int:
    """Write the draft of a framework and its cases."""
    head = _head(screen, id_=id_, **given)
    place = head.get("jurisdiction", {"code": PLACE, "label": {}})
    made = skeleton(
        id_,
        edition=head.get("edition", "draft"),
        code=place["code"],
        place=place["label"].get("zh"),
        label=given.get("label"),
        issuer=given.get("issuer"),
        lang=screen.lang,
    )
    folder = (out or Path()) / id_
    files = [(folder / made.name, made.text), (folder / made.cases_name, made.cases)]
    _free([path for path, _ in files], force=force, parents=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("output-unwritable", Place(file=str(folder)), values={"reason": reason})]) from None
    for path, text in files:
        _write(path, text.encode())
    if screen.json:
        screen.emit({"ok": True, "files": [str(path) for path, _ in files]})
        return 0
    for path, _ in files:
        screen.line(screen.say("cli-written", file=str(path)), style="green")
    screen.line(screen.say("cli-new-next", file=str(files[0][0])))
    return 0


def diff(screen: Screen, *, framework: str, other: str) -> int:
    """Every value in which two frameworks differ."""
    old, new = load(reference(framework)), load(reference(other))
    found = differences(old, new)
    if screen.json:
        from stationeval.evaluation.listing import plain

        rows = [
            {
                "path": d.path,
                "old": plain(d.old),
                "new": plain(d.new),
                "old_status": d.old_status,
                "new_status": d.new_status,
            }
            for d in found
        ]
        screen.emit({"old": old.signature, "new": new.signature, "differences": rows})
        return 0
    if not found:
        screen.line(screen.say("cli-diff-none"), style="bold green")
        return 0
    screen.line(screen.say("cli-diff-count", old=old.signature, new=new.signature, count=len(found)), style="bold")
    heads = [(screen.say(code), "left") for code in ("head-path", "head-old", "head-new")]
    rows_ = [[Lines(((one.path, "cyan"),)), _side(screen, one, "old"), _side(screen, one, "new")] for one in found]
    screen.table(heads, rows_)  # type: ignore[arg-type]
    return 0


def _side(screen: Screen, one: Difference, side: str) -> Lines:
    """A value with what it rests on below it."""
    value, status = (one.old, one.old_status) if side == "old" else (one.new, one.new_status)
    if status is None:
        return Lines((("—", "dim"),))
    if is_unknown(value):
        return Lines(((screen.say(WHYS[value["unknown"]]), "yellow"),))
    if isinstance(value, dict):
        said = str(value.get(screen.lang) or value.get("zh") or value.get("en") or "{…}")
    else:
        said = str(write_value(value) if not isinstance(value, str) else value)
    return Lines(((said, "red" if side == "old" else "green"), (screen.say(f"status-{status}"), "dim")))


def upgrade(screen: Screen, *, file: Path, older: Path | None, out: Path | None, force: bool) -> int:
    """Move a completion or amendment to the current revision, or list what changed."""
    target = out or file
    if out is not None:
        _free([out], force=force)
    moved = move(file, older=older)
    done = moved.report.ok and moved.old != moved.new and moved.text is not None and (out is not None or force)
    backup = file.with_name(f"{file.name}.bak") if done and target == file else None
    if done and moved.text is not None:
        if backup is not None:
            _write(backup, file.read_bytes())
        _write(target, moved.text.encode())
    if screen.json:
        answer = {"ok": moved.report.ok, "old": moved.old, "new": moved.new, "out": str(target) if done else None}
        screen.emit(answer | {"problems": moved.report.to_dict(screen.lang)})
        return 0 if moved.report.ok else 2
    if moved.report.problems:
        screen.problems((*moved.report.errors, *moved.report.notes), limit=MOST_ERRORS, error=not moved.report.ok)
    if not moved.report.ok:
        return 2
    if moved.old == moved.new:
        screen.line(screen.say("cli-upgrade-current", pin=moved.new), style="bold green")
    elif not done:
        screen.line(screen.say("cli-upgrade-fits", new=moved.new), style="bold")
    else:
        screen.line(screen.say("cli-upgraded", old=moved.old, new=moved.new, file=str(target)), style="bold green")
        if backup is not None:
            screen.line(screen.say("cli-upgrade-backup", file=str(backup)))
    return 0


def _write(path: Path, data: bytes) -> None:
    def write(stream: IO[bytes]) -> None:
        stream.write(data)

    write_whole(path, write)


def _free(paths: list[Path], *, force: bool, parents: bool = False) -> None:
    """Refuse to write over files, or where there is no folder."""
    problems: list[Problem] = []
    for path in paths:
        place = Place(file=str(path))
        if path.is_dir():
            problems.append(Problem("output-is-folder", place))
        elif path.exists() and not force:
            problems.append(Problem("output-exists", place))
        elif not parents and not path.parent.is_dir():
            problems.append(Problem("output-folder", place))
    if problems:
        raise InputError(Report(tuple(problems)))
