"""`frameworks`, `show`, `framework lint|cases|schema`: what the frameworks say, without any data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from stationeval.cli.columns import Branch
from stationeval.cli.evaluating import reference
from stationeval.cli.screen import MOST_ERRORS, Screen
from stationeval.evaluation.phrases import COLON
from stationeval.exact import decimal_text
from stationeval.framework import registry
from stationeval.framework.abilities import ABILITIES
from stationeval.framework.documents import Condition, Extra, Node
from stationeval.framework.framework import Framework
from stationeval.framework.values import Unknown
from stationeval.report.grounds import WHYS


def frameworks(screen: Screen) -> int:
    """Every framework that is installed, and what each can answer."""
    entries = registry.frameworks()
    if screen.json:
        screen.emit([_entry(entry) for entry in entries])
        return 0
    rows = []
    for entry in entries:
        ref = f"{entry.id}@{entry.edition}"
        answers = screen.listed(screen.say(ABILITIES[name]) for name in entry.answers)
        share = "—" if entry.documented is None else f"{decimal_text(entry.documented * 100, 0)}%"
        label, place = _named(screen, entry, ref)
        rows.append([ref, label, place, answers or "—", str(entry.unknowns), share])
        rows += [
            [f"  +{name}", "", "", _more(screen, f"{ref}+{name}", entry.answers), "", ""] for name in entry.completions
        ]
    heads = ("head-framework", "head-label", "head-place-of", "head-answers", "head-unknowns", "head-documented")
    screen.table(
        [(screen.say(code), "right" if k > 3 else "left") for k, code in enumerate(heads)], rows, whole={0, 4, 5}
    )
    screen.line(screen.say("cli-frameworks-next"))
    broken = [problem for entry in entries for problem in entry.report.errors]
    if broken:
        screen.problems(broken, limit=MOST_ERRORS)
    return 0


def _named(screen: Screen, entry: registry.Entry, ref: str) -> tuple[str, str]:
    """Title and place in the language of the screen."""
    if screen.lang == "zh" or not entry.report.ok:
        return entry.label, entry.place
    fw = registry.load(ref)
    return fw.label(screen.lang), fw.doc.jurisdiction.label.say(screen.lang)


def _entry(entry: registry.Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "edition": entry.edition,
        "revision": entry.revision,
        "completions": list(entry.completions),
        "label": entry.label,
        "place": entry.place,
        "answers": list(entry.answers),
        "unknowns": entry.unknowns,
        "documented": None if entry.documented is None else decimal_text(entry.documented, 4),
        "package": entry.package,
        "problems": entry.report.to_dict(),
    }


def _more(screen: Screen, ref: str, already: tuple[str, ...]) -> str:
    """What a completion adds to the answers."""
    answers = [name for name in registry.load(ref).answers if name not in already]
    return (
        screen.say("cli-adds", answers=screen.listed(screen.say(ABILITIES[name]) for name in answers))
        if answers
        else ""
    )


def show(screen: Screen, *, framework: str) -> int:
    """The tree of points, entry conditions, grades, money, and what is unknown."""
    fw = registry.load(reference(framework))
    if screen.json:
        from stationeval.evaluation.listing import plain

        unknown = [{"path": one.path, "why": one.why, "between": plain(one.between)} for one in fw.unknowns()]
        shares = {status: decimal_text(share, 4) for status, share in fw.shares().items()}
        head = {"signature": fw.signature, "sha256": fw.sha256, "answers": list(fw.answers), "shares": shares}
        screen.emit({**head, "unknowns": unknown, "framework": plain(fw.tree)})
        return 0
    screen.tree(_tree(screen, fw))
    return 0


def _tree(screen: Screen, fw: Framework) -> Branch:
    lang, document = screen.lang, fw.doc
    root = Branch([(fw.label(lang), "bold"), ("  ", ""), (fw.signature, "dim")])
    root.add(screen.say("show-issuer", issuer=document.issuer.say(lang), place=document.jurisdiction.label.say(lang)))
    answers = screen.listed(screen.say(ABILITIES[name]) for name in fw.answers)
    root.add(screen.say("show-answers", answers=answers or "—"))
    shares = {status: decimal_text(share * 100, 0) for status, share in fw.shares().items()}
    root.add(screen.say("show-shares", **shares))
    if document.dimensions is not None:
        branch = root.add((screen.say("show-points", points=_points(screen, fw.points.get(()))), "bold"))
        _nodes(screen, fw, branch, document.dimensions, ("dimensions",))
    for code, lines in (
        ("head-bonus", _items(screen, document.bonus)),
        ("head-deductions", _items(screen, document.deductions)),
        ("show-rounds", _rounds(screen, fw)),
        ("show-grades", _grades(screen, fw)),
        ("sheet-gates", _gates(screen, fw)),
        ("show-tiers", _tiers(screen, fw)),
        ("sheet-money", _money(screen, fw)),
    ):
        listed = list(lines)
        if listed:
            branch = root.add((screen.say(code), "bold"))
            for line in listed:
                branch.add(line)
    if unknown := fw.unknowns():
        branch = root.add((screen.say("show-unknowns", count=len(unknown)), "bold yellow"))
        for one in unknown:
            bounds = ""
            if one.between is not None:
                low, high = (decimal_text(Fraction(each)) for each in one.between)
                bounds = screen.say("show-between", low=low, high=high)
            branch.add((one.path, "yellow"), f"  {screen.say(WHYS[one.why])}{bounds}")
    return root


def _nodes(screen: Screen, fw: Framework, branch: Branch, nodes: Any, path: tuple[str, ...]) -> None:
    if isinstance(nodes, Unknown):
        branch.add((screen.say("show-inside", what=screen.say(WHYS[nodes.unknown])), "yellow"))
        return
    children: Mapping[str, Node] = nodes
    for name, node in children.items():
        points = fw.points.get((*path, name))
        label = node.label.say(screen.lang)
        worth = (_points(screen, points), "yellow" if points is None else "cyan")
        inner = branch.add(label if len(path) == 1 else f"{name} {label}", "  ", worth)
        if node.indicators is not None:
            _nodes(screen, fw, inner, node.indicators, (*path, name, "indicators"))


def _points(screen: Screen, points: Fraction | None) -> str:
    if points is None:
        return screen.say("unknown-not-published")
    text = decimal_text(points, 2)
    exact = Fraction(text) == points
    return screen.say("show-exact-points", points=decimal_text(points) if exact else f"≈{text}")


def _items(screen: Screen, extra: Extra | None) -> Iterator[str]:
    items = {} if extra is None else extra.items
    if isinstance(items, Unknown):
        yield screen.say(WHYS[items.unknown])
        return
    for name, item in items.items():
        yield f"{name} {item.label.say(screen.lang)}"


def _rounds(screen: Screen, fw: Framework) -> Iterator[str]:
    rounds = fw.doc.rounds
    for one in () if isinstance(rounds, Unknown) else rounds.values():
        weight = "" if one.weight is None else f"  {_known(screen, one.weight)}"
        yield f"{one.label.say(screen.lang)}{weight}"


def _grades(screen: Screen, fw: Framework) -> Iterator[str]:
    grades = fw.doc.grades
    if isinstance(grades, Unknown):
        yield screen.say(WHYS[grades.unknown])
        return
    for name, grade in grades.items():
        label = name if grade.label is None else grade.label.say(screen.lang)
        bound = "" if grade.at_least is None else f"  ≥ {_known(screen, grade.at_least)}"
        yield f"{label}{bound}"


def _gates(screen: Screen, fw: Framework) -> Iterator[str]:
    colon = COLON[screen.lang]
    for gate in fw.doc.gates.values():
        if isinstance(gate.requires, Unknown):
            yield f"{gate.label.say(screen.lang)}{colon}{screen.say(WHYS[gate.requires.unknown])}"
        else:
            yield f"{gate.label.say(screen.lang)}{colon}{_all(screen, fw, gate.requires)}"


def _tiers(screen: Screen, fw: Framework) -> Iterator[str]:
    for tier in fw.doc.tiers.values():
        requires = tier.requires
        said = screen.say(WHYS[requires.unknown]) if isinstance(requires, Unknown) else _all(screen, fw, requires)
        yield f"{tier.label.say(screen.lang)}{COLON[screen.lang]}{said}"


def _money(screen: Screen, fw: Framework) -> Iterator[str]:
    subsidy = fw.doc.subsidy
    if subsidy is None:
        return
    if isinstance(subsidy.components, Unknown):
        yield screen.say(WHYS[subsidy.components.unknown])
        return
    for name, component in subsidy.components.items():
        label = name if component.label is None else component.label.say(screen.lang)
        parts = [
            f"{screen.say(code)} {_known(screen, value, percent=code == 'head-rate' and component.kind == 'rate')}"
            for code, value in (
                ("head-rate", getattr(component, "rate", None)),
                ("head-standard", getattr(component, "amount", None)),
                ("head-cap", component.cap),
            )
            if value is not None
        ]
        amounts: Mapping[str, Any] = getattr(component, "amounts", {})
        parts += [f"{key} {_known(screen, value)}" for key, value in amounts.items()]
        yield f"{label}{COLON[screen.lang]}{screen.listed(parts)}"


def _all(screen: Screen, fw: Framework, conditions: list[Condition]) -> str:
    return screen.listed(_condition(screen, fw, one) for one in conditions)


def _condition(screen: Screen, fw: Framework, one: Condition) -> str:
    """A condition as people write it: `志愿者人数 ≥ 5 × 全职社工人数`."""

    def label(name: str) -> str:
        spec = fw.doc.inputs.get(name) or fw.doc.derive.get(name)
        return name if spec is None else spec.label.say(screen.lang)

    said = label(one.input)
    if one.equals is not None:
        said += "" if one.equals is True else f" = {_known(screen, one.equals)}"
    if one.one_of is not None:
        said += f" ∈ {{{screen.listed(one.one_of)}}}"
    for sign, bound in (("≥", one.at_least), (">", one.more_than), ("≤", one.at_most), ("<", one.less_than)):
        if bound is not None:
            times = "" if one.times is None else f" × {label(one.times)}"
            said += f" {sign} {_known(screen, bound)}{times}"
    return said if one.when is None else screen.say("show-when", condition=said, when=_condition(screen, fw, one.when))


def _known(screen: Screen, value: Any, *, percent: bool = False) -> str:
    if isinstance(value, Unknown):
        return f"〔{screen.say(WHYS[value.unknown])}〕"
    if isinstance(value, bool):
        return screen.say("word-yes" if value else "word-no")
    if isinstance(value, Fraction):
        return f"{decimal_text(value * 100)}%" if percent else decimal_text(value)
    return str(value)


def lint(screen: Screen, *, path: Path | str) -> int:
    """Everything that is wrong with a file, and what is worth saying."""
    report = registry.lint(reference(str(path)))
    if screen.json:
        screen.emit({"ok": report.ok, "problems": report.to_dict(screen.lang)})
        return 0 if report.ok else 2
    counts = {"errors": len(report.errors), "notes": len(report.notes)}
    screen.line(screen.say("report-count", **counts), style="bold green" if report.ok else "bold red")
    if report.problems:
        screen.problems((*report.errors, *report.notes), limit=MOST_ERRORS)
    return 0 if report.ok else 2


def cases(screen: Screen, *, path: Path | str) -> int:
    """Lint a framework and run its cases."""
    from stationeval.testing import check_framework

    report = check_framework(reference(str(path)))
    if screen.json:
        screen.emit({"ok": report.ok, "problems": report.to_dict(screen.lang)})
    elif report.ok:
        screen.line(screen.say("cli-cases-passed", file=str(path)), style="bold green")
    else:
        screen.refuse(report)
    return 0 if report.ok else 1


def schema(screen: Screen, *, kind: str) -> int:
    """The JSON schema of a file format."""
    from stationeval.framework.schema import schema as made

    screen.emit(made(kind))
    return 0
