"""`demo`, `score`, `check`, `explain`, `verify`: a file and a framework in, a result out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stationeval.cli.roster import expected_stations
from stationeval.cli.screen import MOST_ERRORS, Screen
from stationeval.errors import InputError, Place, Problem, Report
from stationeval.evaluation import evaluate
from stationeval.evaluation.results import Scores
from stationeval.framework.framework import Framework
from stationeval.framework.registry import frameworks, load
from stationeval.framework.values import Unknown
from stationeval.messages import near
from stationeval.report.contents import Contents
from stationeval.report.excel import MARK
from stationeval.report.export import check_output, export
from stationeval.report.points import summary
from stationeval.report.typeset import visible

EXAMPLE = "haining-sppe@2021+reading"


def reference(text: str) -> str | Path:
    """An id, or a file where it looks like one."""
    return Path(text) if text.endswith((".yaml", ".yml")) or "/" in text or "\\" in text else text


def score(screen: Screen, *, out: Path, force: bool, **reading: Any) -> int:
    """Score a file and write the result."""
    check_output(out, overwrite=force)
    scores, strangers = _scored(screen, **reading)
    with screen.working(screen.say("cli-writing")):
        export(scores, out, overwrite=force, lang=screen.lang)
    _show(screen, scores, strangers, out)
    return 0


def check(screen: Screen, **reading: Any) -> int:
    """Name everything that would stop scoring, and everything worth saying."""
    framework = load(reference(reading["framework"]))
    options, strangers = _options(reading, framework)
    with screen.working(screen.say("cli-reading")):
        report = evaluate.check(reading["file"], framework, **options) + strangers
    if screen.json:
        screen.emit({"ok": report.ok, "problems": report.to_dict(screen.lang)})
        return 0 if report.ok else 2
    counts = {"errors": len(report.errors), "notes": len(report.notes)}
    screen.line(screen.say("report-count", **counts), style="bold green" if report.ok else "bold red")
    if report.problems:
        screen.problems((*report.errors, *report.notes), limit=MOST_ERRORS)
    return 0 if report.ok else 2


def explain(screen: Screen, *, station: str, **reading: Any) -> int:
    """Say how a station's total came about, down to cells and clauses."""
    scores, _ = _scored(screen, **reading)
    if station not in scores.stations:
        guess = near(station, list(scores.stations)) or ""
        raise InputError([Problem("no-such-station", value=station, values={"station": station, "near": guess})])
    explanation = scores.explain(station)
    if screen.json:
        screen.emit(explanation.to_dict(screen.lang))
    else:
        print("\n".join(map(visible, explanation.to_text(screen.lang).split("\n"))), end="")
    return 0


def demo(screen: Screen, *, out: Path | None) -> int:
    """Score the example and write its workbook; an earlier demo's workbook is replaced."""
    from stationeval.datasets import haining

    out = Path(screen.say("cli-demo-file")) if out is None else out
    ours = out.suffix.lower() == ".xlsx" and _written_here(out)
    if out.exists() and not ours:
        raise InputError([Problem("demo-output-not-ours", Place(file=str(out)))])
    check_output(out, overwrite=ours)
    file = haining() / "社工站数据采集表.xlsx"
    reading = {"file": file, "framework": EXAMPLE}
    scores, strangers = _scored(screen, **reading)
    export(scores, out, overwrite=ours, lang=screen.lang)
    _show(screen, scores, strangers, out)
    if not screen.json:
        print(screen.say("cli-demo-next", file=str(file), framework=EXAMPLE))
    return 0


def verify(screen: Screen, *, bundle: Path) -> int:
    """Recompute a saved result and compare."""
    from stationeval.evaluation.bundle import verify as recompute

    with screen.working(screen.say("cli-verifying")):
        report = recompute(bundle)
    if "bundle-unreadable" in report.codes():
        raise InputError(report)
    if screen.json:
        screen.emit({"ok": report.ok, "problems": report.to_dict(screen.lang)})
    elif report.ok:
        screen.line(screen.say("cli-verified", file=str(bundle)), style="bold green")
    else:
        screen.line(screen.say("cli-not-verified", file=str(bundle)), style="bold red", error=True)
        screen.problems(report.errors, error=True, limit=MOST_ERRORS)
    return 0 if report.ok else 1


def _options(reading: dict[str, Any], framework: Framework) -> tuple[dict[str, Any], Report]:
    """What `check` and `score` are called with, and what the list of townships says of the stations."""
    rounds = {} if isinstance(framework.doc.rounds, Unknown) else framework.doc.rounds
    names = {word: name for name, one in rounds.items() for word in (one.label.zh, one.label.en) if word}
    options = {name: reading.get(name) for name in ("ratings", "round", "sheet")}
    options["round"] = names.get(str(options["round"]), options["round"])
    options["keep"] = tuple(reading.get("keep") or ())
    if reading.get("any_station"):
        return options, Report()
    stations, notes = expected_stations(reading["file"], framework, sheet=reading.get("sheet"))
    return {**options, "stations": stations}, notes


def _scored(screen: Screen, **reading: Any) -> tuple[Scores, Report]:
    with screen.working(screen.say("cli-scoring")):
        framework = load(reference(reading["framework"]))
        _offer(screen, framework)
        options, strangers = _options(reading, framework)
        return evaluate.score(reading["file"], framework, **options), strangers


def _offer(screen: Screen, framework: Framework) -> None:
    """Name the completions of a framework that cannot be scored as it is published."""
    if "score" not in framework.defines or "score" in framework.answers or screen.json:
        return
    for entry in frameworks():
        if (entry.id, entry.edition) == (framework.id, framework.edition):
            refs = screen.listed(f"{entry.id}@{entry.edition}+{name}" for name in entry.completions)
            if refs:
                screen.line(screen.say("cli-completions", framework=framework.signature, refs=refs), error=True)


def _show(screen: Screen, scores: Scores, strangers: Report, out: Path) -> None:
    """The result table, what must be known of it, the notes, and where the file is."""
    contents = Contents(scores, screen.lang)
    notes = (*contents.problems, *strangers)
    if screen.json:
        answer = {"ok": True, "out": str(out), "result": scores.to_dict()}
        if contents.money is not None:
            answer["subsidy"] = contents.money.to_dict()["rows"]
        screen.emit(answer | {"notes": Report(notes).to_dict(screen.lang)})
        return
    screen.line(contents.heading.title, style="bold")
    screen.line(contents.heading.signature, style="dim")
    for warning in contents.heading.warnings:
        screen.line(f"! {warning}", style="yellow")
    screen.sheet(summary(contents), tuple(contents.grades.values()))
    if notes:
        screen.line(screen.say("cli-notes", count=len(notes)), style="bold")
        screen.notes(notes)
    screen.line(screen.say("cli-written", file=str(out)), style="green")


def _written_here(path: Path) -> bool:
    """Whether a workbook is one that this program wrote for the example."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return f"<dc:creator>{MARK}</dc:creator>" in core and EXAMPLE.partition("@")[0] in core
