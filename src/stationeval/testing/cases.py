"""Lint a framework and run the cases beside it: every expectation is compared exactly, without margins."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from stationeval.errors import FrameworkError, FrameworkNotFound, Path, Place, Problem, Report, StationevalError
from stationeval.evaluation.evaluate import gates, score, subsidy, tiers
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.places import funding, targets
from stationeval.evaluation.plan import plan_of
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text
from stationeval.framework.documents import Case, CasesDocument
from stationeval.framework.files import beside
from stationeval.framework.folders import folders
from stationeval.framework.framework import Framework
from stationeval.framework.reference import Reference, parse_reference
from stationeval.framework.registry import load
from stationeval.framework.source import Source, scan_source
from stationeval.framework.validate import nearest, validate

STATION = "s1"
MOST_FILES = 1_000


def check_framework(framework: str | pathlib.Path) -> Report:
    """Everything that is wrong with a framework, and every case beside it that does not come out as it says.

    Parameters
    ----------
    framework
        An installed id (with edition, revision, completions), or the path of a framework, amendment, completion or
        cases file. Cases for it, and for further completions of it, are looked for in the same folder.

    Returns
    -------
    Report
        Of the checks and of the cases, each with file, line and column.

    Examples
    --------
    >>> check_framework("mof-self-evaluation@2020").ok
    True
    """
    try:
        if isinstance(framework, pathlib.Path) and framework.name.endswith(".cases.yaml"):
            return _of_cases_file(framework)
        fw = load(framework)
    except (FrameworkError, FrameworkNotFound) as error:
        return error.report
    folder = framework.parent if isinstance(framework, pathlib.Path) else _folder_of(fw)
    files = [_Cases.read(path) for path in sorted(folder.glob("*.cases.yaml"))[:MOST_FILES]]
    mine = [cases for cases in files if cases.reference is None or cases.is_for(fw)]
    problems = [problem for cases in mine for problem in cases.run(fw)]
    if "score" in fw.answers and not mine:
        name = "+".join((fw.edition, *fw.completions))
        values = {"framework": fw.signature, "file": f"{name}.cases.yaml"}
        problems.append(Problem("no-cases", Place(file=f"{name}.cases.yaml"), values=values))
    return fw.report + Report(tuple(problems))


def _of_cases_file(path: pathlib.Path) -> Report:
    cases = _Cases.read(path)
    if cases.reference is None:
        return Report(cases.problems)
    wanted = cases.reference
    name = wanted.id if wanted.edition is None else f"{wanted.id}@{wanted.edition}"
    mine = (file for file in beside(path.parent) if file.kind in ("framework", "amendment") and file.id == wanted.id)
    file = next((file for file in mine if wanted.edition in (None, file.edition)), None)
    base = name if file is None else pathlib.Path(file.name)
    fw = load(base, completion="+".join(wanted.completions) or None)
    return fw.report + Report(tuple(cases.run(fw)))


def _folder_of(fw: Framework) -> pathlib.Path:
    return next(folder.root / fw.id for folder in folders()[0] if folder.has(fw.id))


@dataclass(frozen=True)
class _Cases:
    """A file of cases as read."""

    source: Source
    problems: tuple[Problem, ...]
    document: CasesDocument | None
    reference: Reference | None

    @classmethod
    def read(cls, path: pathlib.Path) -> _Cases:
        source, report = scan_source(path, name=str(path))
        if not report.ok:
            return cls(source, report.problems, None, None)
        checked = validate(source.tree, CasesDocument, lambda at, of_key: source.place(at, key=of_key))
        if checked.part is None:
            return cls(source, checked.problems, None, None)
        try:
            return cls(source, (), checked.part, parse_reference(checked.part.framework))
        except FrameworkNotFound as error:
            found = tuple(replace(p, place=source.place(("framework",))) for p in error.problems)
            return cls(source, found, None, None)

    def is_for(self, fw: Framework) -> bool:
        """Whether these are cases of a framework, or of it with further completions."""
        wanted = self.reference
        if wanted is None or wanted.id != fw.id or wanted.edition not in (None, fw.edition):
            return False
        return wanted.completions[: len(fw.completions)] == fw.completions

    def run(self, fw: Framework) -> Iterator[Problem]:
        """Everything that does not come out as the cases say."""
        yield from self.problems
        if self.document is None or self.reference is None:
            return
        revision = self.reference.revision
        if revision is not None and revision != fw.revision:
            values = {"wanted": self.document.framework, "found": fw.pin}
            yield Problem("cases-other-revision", self.source.place(("framework",)), values=values)
            return
        try:
            for name in self.reference.completions[len(fw.completions) :]:
                fw = fw.complete(name)
        except (FrameworkError, FrameworkNotFound) as error:
            yield from error.problems
            return
        before: dict[str, dict[str, Any]] = {}
        for index, case in enumerate(self.document.cases):
            run = _Run(fw, case, self.source, ("cases", index))
            if case.name in before:
                yield run.say("case-twice", ("name",))
            yield from run.problems(before)


@dataclass
class _Run:
    """One case under one framework; what it asks for is computed when it is asked."""

    framework: Framework
    case: Case
    source: Source
    path: Path
    rows: list[dict[str, Any]] = field(default_factory=list)

    def say(self, code: str, at: Path, **values: Any) -> Problem:
        """A problem at a place in the case."""
        return Problem(code, self.source.place((*self.path, *at)), values={"case": self.case.name, **values})

    def problems(self, before: dict[str, dict[str, Any]]) -> Iterator[Problem]:
        """What is wrong with the case, or with the framework under it; `before` are the earlier cases' inputs."""
        like = self.case.like
        if like is not None and like not in before:
            yield self.say("case-not-before", ("like",), key=like, near=nearest(like, before))
            return
        given = _changed(_changed(before[like] if like else {}, self.case.given), self.case.change)
        before[self.case.name] = given
        unknown = [*self._unknown(self.case.given, "given"), *self._unknown(self.case.change, "change")]
        yield from unknown
        if unknown:
            return
        self.rows = self._rows(given)
        for key, expected in self.case.expect.items():
            if key not in self._answers:
                near = nearest(key, self._answers)
                yield self.say("case-unknown-key", ("expect", key), key=key, near=near)
                continue
            try:
                found = self._answers[key]()
            except StationevalError as error:
                place = self.source.place((*self.path, "expect", key))
                yield from (replace(problem, place=place) for problem in error.report.errors)
                return
            if not _same(expected, found):
                said = {"key": key, "expected": _words(expected), "found": _words(found)}
                yield replace(self.say("case-differs", ("expect", key), **said), value=_words(found))

    def _unknown(self, inputs: Mapping[str, Any], section: str) -> Iterator[Problem]:
        document = self.framework.doc
        groups = plan_of(self.framework).groups if "score" in self.framework.answers else ()
        known, rounds = [*document.inputs, *groups], list(self._rounds)
        whole = {name: value for name, value in inputs.items() if name != "rounds"}
        apart = inputs.get("rounds", {})
        for name, values in apart.items() if isinstance(apart, dict) else ():
            if name not in rounds or not isinstance(values, dict):
                near = nearest(name, rounds)
                yield self.say("case-unknown-round", (section, "rounds", name), key=name, near=near)
                continue
            for one in values:
                if one not in known:
                    at = (section, "rounds", name, one)
                    yield self.say("case-unknown-input", at, key=one, near=nearest(one, known))
        for name in whole:
            if name not in known:
                yield self.say("case-unknown-input", (section, name), key=name, near=nearest(name, known))

    @property
    def _rounds(self) -> Sequence[str]:
        rounds = self.framework.doc.rounds
        return list(rounds) if isinstance(rounds, dict) else []

    def _rows(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        whole = {name: value for name, value in given.items() if name != "rounds"}
        apart = given.get("rounds", {})
        if not self._rounds:
            return [{"station": STATION, **whole}]
        return [{"station": STATION, "round": name, **whole, **apart.get(name, {})} for name in self._rounds]

    @cached_property
    def _scores(self) -> Scores:
        return score(self.rows, self.framework)

    @cached_property
    def _answers(self) -> dict[str, Callable[[], Any]]:
        """What a case of this framework may expect."""
        fw, document = self.framework, self.framework.doc
        found: dict[str, Callable[[], Any]] = {}
        if "score" in fw.defines:
            found |= {"total": lambda: self._scores.totals[0], "rank": lambda: self._scores.ranks[0]}
            plan = plan_of(fw) if "score" in fw.answers else None
            for node in () if plan is None else (*plan.root.nodes(), *plan.bonus, *plan.deductions):
                found[f"points.{node.id}"] = lambda name=node.id: self._scores.exact_points(name, STATION)  # type: ignore[misc]
                if node.path[:-1] == ("dimensions",):
                    found[f"dimensions.{node.id}"] = found[f"points.{node.id}"]
        if "grades" in fw.defines:
            found["grade"] = lambda: (self._scores.grades or (None,))[0]
        if "tiers" in fw.defines:
            found["tier"] = lambda: tiers(self.rows, fw).row(STATION)["tier"]
        if "subsidy" in fw.defines:
            found["subsidy"] = self._amount
        for target in document.targets:
            found[f"targets.{target}"] = lambda name=target: self._of_place(targets, "target", name, "state")  # type: ignore[misc]
        for fund in document.funding:
            found[f"funding.{fund}"] = lambda name=fund: self._of_place(funding, "funding", name, "amount")  # type: ignore[misc]
        for gate in document.gates:
            found[f"gates.{gate}"] = lambda name=gate: gates(self.rows, fw).row(STATION)[name]  # type: ignore[misc]
        return found

    def _of_place(self, ask: Callable[..., ResultTable], column: str, name: str, wanted: str) -> Any:
        return next(row[wanted] for row in ask(self.rows, self.framework) if row[column] == name)

    def _amount(self) -> Any:
        scored = "score" in self.framework.answers
        paid = subsidy(self._scores) if scored else subsidy(self.rows, self.framework)
        return paid.row(STATION)["amount"]


def _changed(inputs: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs with some replaced; rounds are changed one input at a time."""
    found = {**inputs, **change}
    rounds, more = inputs.get("rounds", {}), change.get("rounds", {})
    if isinstance(rounds, dict) and isinstance(more, dict) and (rounds or more):
        found["rounds"] = {name: {**rounds.get(name, {}), **more.get(name, {})} for name in {**rounds, **more}}
    return found


def _same(expected: Any, found: Any) -> bool:
    if _is_number(expected) and _is_number(found):
        return Fraction(expected) == Fraction(found)
    return type(expected) is type(found) and bool(expected == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)


def _words(value: Any) -> str:
    return decimal_text(Fraction(value)) if _is_number(value) else "null" if value is None else str(value)
