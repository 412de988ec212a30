"""Which frameworks there are, how one is loaded, and what is wrong with one."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from stationeval.errors import FrameworkError, FrameworkNotFound, FrameworkSchemaError, Problem, Report
from stationeval.framework.files import OPEN, File, assembled, beside, read
from stationeval.framework.folders import Folder, folders
from stationeval.framework.framework import Framework
from stationeval.framework.reference import Reference, parse_reference
from stationeval.framework.validate import nearest
from stationeval.framework.values import DATE


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition of an installed framework.

    Attributes
    ----------
    id, edition, revision
        What it is.
    completions : tuple of str
        The names of the completions beside it.
    label, place : str
        Its title and the place it is for.
    answers : tuple of str
        What it can answer as published.
    unknowns : int
        How many of its values are unknown.
    blocking : dict of str to tuple of str
        What it speaks of but cannot answer yet, with the paths of the unknown values in the way.
    shares : dict of str to Fraction
        Of what decides a result, the shares that are `documented`, `inferred`, `assumed`, `unknown`.
    package : str
        The package that brings it.
    report : Report
        Errors, where it cannot be loaded, and notes.
    """

    id: str
    edition: str
    revision: int | None
    completions: tuple[str, ...]
    label: str
    place: str
    answers: tuple[str, ...]
    unknowns: int
    blocking: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, Fraction]
    package: str
    report: Report

    @property
    def documented(self) -> Fraction | None:
        """The share of what decides a result that is documented; None where it cannot be loaded."""
        return self.shares.get("documented")


def frameworks() -> tuple[Entry, ...]:
    """Every framework in this installation, by id and edition.

    Returns
    -------
    tuple of Entry
        One that cannot be loaded, or a package whose folder cannot be found, is in it with its report.

    Examples
    --------
    >>> "haining-sppe" in {entry.id for entry in frameworks()}
    True
    """
    places, broken = folders()
    entries = [_broken(problem) for problem in broken]
    for folder in places:
        for name in folder.ids():
            files = _editions(folder, name)
            twice = Report(tuple(_brought_twice(name)))
            entries += [_entry(folder, file, twice) for file in files]
    return tuple(sorted(entries, key=lambda entry: (entry.id, entry.edition, entry.package)))


def load(
    ref: str | pathlib.Path,
    *,
    completion: str | pathlib.Path | Mapping[str, Any] | None = None,
    on: str | None = None,
) -> Framework:
    """Load a framework.

    Parameters
    ----------
    ref : str or Path
        An id (`haining-sppe`: the latest edition here), an edition (`haining-sppe@2021`), a strict pin
        (`haining-sppe@2021#1`), each with completions (`haining-sppe@2021+reading`); or the path of a file: a
        framework, an amendment or a completion.
    completion : str, Path or mapping, optional
        A further completion, by name, file or value.
    on : str, optional
        A day, `2022-06-30`: the edition in force on it.

    Returns
    -------
    Framework
        As published, amended and completed as asked.

    Raises
    ------
    FrameworkNotFound
        If there is no such id, edition, revision or completion; lists what there is.
    FrameworkError
        With every problem in all the files.

    Examples
    --------
    >>> load("haining-sppe@2021#1").signature
    'haining-sppe@2021#1'
    """
    names = completion.split("+") if isinstance(completion, str) else []
    fillings: list[File] = []
    if on is not None and not re.fullmatch(DATE, on):
        raise FrameworkNotFound([Problem("not-a-date", value=on)])
    if isinstance(ref, pathlib.Path):
        file = read(ref)
        if on is not None:
            _in_force([file], on, file.id)
        if file.kind == "cases":
            raise FrameworkSchemaError([Problem("file-of-cases", file.place(("cases",), key=True))])
        extra: list[Problem] = []
        if file.kind == "completion":
            fillings.append(file)
            base = _base_of(file, extra)
            chain = [] if base is None else _chain(base, extra)
        else:
            chain = _chain(file, extra)
    else:
        wanted = parse_reference(ref)
        file = _installed(wanted, on)
        extra = list(_misplaced(file, wanted.id))
        chain = _chain(file, extra)
        names = [*wanted.completions, *names]
    if chain:
        fillings += [_named(chain, name) for name in names]
    if isinstance(completion, pathlib.Path):
        fillings.append(read(completion))
    framework = assembled(tuple(chain), tuple(fillings), tuple(extra))
    return framework.complete(completion) if isinstance(completion, Mapping) else framework


def lint(framework: Framework | str | pathlib.Path) -> Report:
    """Everything that is wrong or worth saying, without raising for it.

    Examples
    --------
    >>> lint("haining-sppe@2021").ok
    True
    """
    if isinstance(framework, Framework):
        return framework.report
    try:
        return load(framework).report
    except FrameworkError as error:
        return error.report


def completion_file(chain: Sequence[object], filling: pathlib.Path | str) -> File:
    """A completion by its path, or by its name among those installed for a framework."""
    if isinstance(filling, pathlib.Path):
        return read(filling)
    return _named([file for file in chain if isinstance(file, File)], filling)


def _installed(wanted: Reference, on: str | None) -> File:
    """The file of an edition: the one named, the one in force on a day, or the latest."""
    places, broken = folders()
    folder = next((each for each in places if each.has(wanted.id)), None)
    if folder is None:
        known = [name for each in places for name in each.ids()]
        raise FrameworkNotFound((*_not_found("no-such-framework", wanted.id, known).problems, *broken))
    if problems := list(_brought_twice(wanted.id)):
        raise FrameworkSchemaError(problems)
    files = _editions(folder, wanted.id)
    if wanted.edition is not None:
        editions = [file.edition for file in files]
        files = [file for file in files if file.edition == wanted.edition]
        if not files:
            raise _not_found("no-such-edition", wanted.edition, editions, id=wanted.id)
    if on is not None:
        files = _in_force(files, on, wanted.id)
    if not files:
        raise _not_found("no-such-framework", wanted.id, [])
    file = max(files, key=lambda file: (file.effective[0], file.edition))
    if wanted.revision is not None and file.revision != wanted.revision:
        raise _not_found("no-such-revision", f"{wanted.edition}#{wanted.revision}", [f"{file.edition}#{file.revision}"])
    return file


def _in_force(files: Sequence[File], on: str, name: str) -> list[File]:
    found = [file for file in files if file.effective[0] <= on <= file.effective[1]]
    if not found:
        spans = [f"{file.edition} ({' – '.join(file.effective)})".replace(OPEN, "") for file in files]
        raise _not_found("not-in-force", on, spans, id=name)
    return found


def _editions(folder: Folder, name: str) -> list[File]:
    """The framework and amendment files of an id."""
    return [file for file in _files(folder, name) if file.kind in ("framework", "amendment")]


def _files(folder: Folder, name: str) -> list[File]:
    shown = "frameworks" if folder.package == "stationeval" else folder.package
    paths = sorted(each for each in (folder.root / name).iterdir() if each.suffix == ".yaml")
    return [read(path, name=f"{shown}/{name}/{path.name}") for path in paths if not path.name.endswith(".cases.yaml")]


def _chain(file: File, problems: list[Problem]) -> list[File]:
    """A file after all that it extends, the base first where it can be found."""
    chain = [file]
    while chain[0].kind == "amendment":
        parent = _base_of(chain[0], problems)
        if parent is None:
            break
        if parent in chain:
            path = " → ".join(f"{each.id}@{each.edition}" for each in (*reversed(chain), parent))
            problems.append(Problem("extends-cycle", chain[0].place(("extends",)), path, {"path": path}))
            break
        chain.insert(0, parent)
    return chain


def _base_of(file: File, problems: list[Problem]) -> File | None:
    """What a file extends or completes: beside it, or installed."""
    key = "extends" if file.kind == "amendment" else "completes"
    wanted, said = file.base, file.tree.get(key)
    if wanted is None or wanted.revision is None or wanted.completions:
        problems.append(Problem("not-a-pin", file.place((key,)), said))
        if wanted is None:
            return None
    known: list[str] = []
    for other in _around(file, wanted.id):
        if other.kind in ("framework", "amendment") and other.id == wanted.id:
            if other.edition == wanted.edition:
                return other
            known.append(f"{other.id}@{other.edition}#{other.revision}")
    problems.append(Problem("no-such-base", file.place((key,)), said, {"near": nearest(str(said), known)}))
    return None


def _around(file: File, name: str) -> Iterable[File]:
    """The files that may be meant by a name: those beside a file, then the installed ones of that id."""
    if file.folder is not None:
        yield from beside(file.folder)
    for folder in folders()[0]:
        if folder.has(name):
            yield from _files(folder, name)


def _named(chain: Sequence[File], name: str) -> File:
    """The completion of a name."""
    last = chain[-1] if chain else None
    known: list[str] = []
    if last is not None:
        for file in _around(last, last.id):
            base = file.base
            if file.kind != "completion" or base is None or (base.id, base.edition) != (last.id, last.edition):
                continue
            found = str(file.tree.get("name"))
            if found == name:
                return file
            known.append(found)
    raise _not_found("no-such-completion", name, known, id="" if last is None else f"{last.id}@{last.edition}")


def _not_found(code: str, name: str, known: Iterable[str], **values: Any) -> FrameworkNotFound:
    there = sorted(set(known))
    return FrameworkNotFound(
        [Problem(code, value=name, values={"near": nearest(name, there), "known": there, **values})]
    )


def _misplaced(file: File, name: str) -> Iterable[Problem]:
    """An installed file calls itself what its folder and its own name do."""
    if file.id != name:
        yield Problem("misplaced-file", file.place(("id",)), file.id, {"expected": name})
    expected = file.name.rpartition("/")[2].removesuffix(".yaml")
    if file.edition != expected:
        yield Problem("misplaced-file", file.place(("edition",)), file.edition, {"expected": expected})


def _brought_twice(name: str) -> Iterable[Problem]:
    packages = [folder.package for folder in folders()[0] if folder.has(name)]
    if len(packages) > 1:
        yield Problem("two-packages", value=name, values={"id": name, "packages": packages})


def _entry(folder: Folder, file: File, twice: Report) -> Entry:
    completions = (
        tuple(
            str(each.tree.get("name"))
            for each in _files(folder, file.id)
            if each.kind == "completion" and each.base is not None and each.base.edition == file.edition
        )
        if folder.has(file.id)
        else ()
    )
    problems = list(_misplaced(file, file.name.split("/")[-2]))
    framework: Framework | None = None
    report = twice
    try:
        framework = assembled(tuple(_chain(file, problems)), (), tuple(problems))
        report += framework.report
    except FrameworkError as error:
        report += error.report
    return Entry(
        id=file.id,
        edition=file.edition,
        revision=file.revision,
        completions=completions,
        label="" if framework is None else framework.label(),
        place="" if framework is None else framework.doc.jurisdiction.label.say(),
        answers=() if framework is None else framework.answers,
        unknowns=0 if framework is None else len(framework.unknowns()),
        blocking={} if framework is None else _blocking(framework),
        shares={} if framework is None else framework.shares(),
        package=folder.package,
        report=report,
    )


def _blocking(framework: Framework) -> dict[str, tuple[str, ...]]:
    still = (ability for ability in framework.defines if ability not in framework.answers)
    return {ability: tuple(one.path for one in framework.blocking(ability)) for ability in still}


def _broken(problem: Problem) -> Entry:
    package = str(problem.values["package"])
    return Entry("", "", None, (), "", "", (), 0, {}, {}, package, Report((problem,)))
