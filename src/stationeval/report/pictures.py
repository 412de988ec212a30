"""What a framework looks like: its points by stage, its money rule, the curves of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from stationeval.evaluation.curves import ZERO, Curve
from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.evaluation.phrases import CLAUSES, COLON, LIST, quantity
from stationeval.evaluation.plan import UNCAPPED, Leaf, plan_of
from stationeval.evaluation.side_by_side import ANYTHING, STAGES, Interval, stage_shares
from stationeval.exact import decimal_text
from stationeval.framework import documents as d
from stationeval.framework import rules
from stationeval.framework.framework import Framework
from stationeval.framework.values import Unknown
from stationeval.messages import Language, say
from stationeval.report.describing import Words
from stationeval.report.drawing import Line, Span, Thumbnail, amount, panels, plot, thumbnails

STAGE_HEADS = {
    "input": "stage-input",
    "process": "stage-process",
    "output": "stage-output",
    "effect": "stage-effect",
}
SAMPLES = 48
MANY = 10
"""How far a count without an end is drawn."""


def draw_comparison(frameworks: Sequence[FrameworkLike], *, lang: Language = "zh") -> str:
    """How much of each framework's points go to inputs, process, output and effect, as bars with bounds.

    What is certain is solid; what the gaps of a framework leave possible is pale; frameworks of which nothing is known
    in this are named below. `compare_frameworks` gives the same numbers as a table.

    Parameters
    ----------
    frameworks
        Ids, files or frameworks; those that score nothing are left out.
    lang
        The language of the words.

    Returns
    -------
    str
        One `<svg>` element, with a title and a description for those who cannot see it; empty where no framework
        scores anything.

    Examples
    --------
    >>> "<svg" in draw_comparison(["mof-self-evaluation", "haining-sppe"], lang="en")
    True
    """
    loaded = [fw for fw in map(framework_of, frameworks) if fw.doc.dimensions is not None]
    if not loaded:
        return ""
    rows: list[tuple[str, Sequence[Span]]] = []
    said: list[str] = []
    heads = [say(STAGE_HEADS[stage], lang) for stage in STAGES]
    silent: list[str] = []
    for fw in loaded:
        shares = stage_shares(fw)
        if len(loaded) > 1 and set(shares.values()) == {ANYTHING}:
            silent.append(fw.label(lang))
            continue
        spans = [_span(shares[stage], lang) for stage in STAGES]
        rows.append((f"{fw.label(lang)}\n{fw.signature}", spans))
        parts = LIST[lang].join(f"{head} {span.said}" for head, span in zip(heads, spans, strict=True))
        said.append(f"{fw.label(lang)}{COLON[lang]}{parts}")
    title = say("picture-stages", lang)
    note = say("picture-stages-reads", lang)
    if silent:
        note = f"{note} {say('picture-stages-silent', lang, names=silent)}"
    description = f"{CLAUSES[lang].join(said)} {note}"
    return panels(rows, heads, whole=Fraction(1), title=title, description=description, note=note, lang=lang)


def _span(bounds: Interval, lang: Language) -> Span:
    low, high = (decimal_text(edge * 100, 0) for edge in bounds)
    if bounds == ANYTHING:
        return Span(*bounds, say("stage-open", lang))
    return Span(*bounds, f"{low}%" if low == high else f"{low}–{high}%")


def money(document: d.Document, lang: Language) -> list[str]:
    """The money rule as pictures: shares of a base up to their cap, sums by month, and single sums."""
    components = document.subsidy.components if document.subsidy is not None else {}
    if isinstance(components, Unknown):
        return []
    words = Words(document, lang)
    named = [(one.label.say(lang) if one.label is not None else key, one) for key, one in components.items()]
    bases = dict.fromkeys(one.base for _, one in named if isinstance(one, d.RateComponent))
    drawn = [_shares(words, base, named) for base in bases]
    return [svg for svg in (*drawn, _months(words, named), _sums(words, named)) if svg]


def _shares(words: Words, base: str, named: Sequence[tuple[str, d.Component]]) -> str:
    """What a share of one base pays, by the base."""
    mine = [
        (label, one, one.rate, one.cap if isinstance(one.cap, Fraction) else None)
        for label, one in named
        if isinstance(one, d.RateComponent) and one.base == base and isinstance(one.rate, Fraction) and one.rate > 0
    ]
    if not mine:
        return ""
    far = max((cap / rate * Fraction(3, 2) for _, _, rate, cap in mine if cap), default=Fraction(1_000_000))
    lines = []
    for label, _, rate, cap in mine:
        bend = far if cap is None else cap / rate
        points = [(ZERO, ZERO), (bend, bend * rate)] + ([(far, cap)] if cap is not None and bend < far else [])
        said = f"{label} {words.value(rate, percent=True)}"
        if cap is not None:
            said = words.say("says-cap", words=said, cap=amount(cap, words.lang))
        lines.append(Line(said, points, cap))
    factors = dict.fromkeys(words.label(one.factor) for _, one, _, _ in mine if one.factor is not None)
    across = words.say("picture-yuan", what=words.label(base))
    if factors:
        across = words.clauses([across, words.say("picture-factor-one", factors=list(factors))])
    return _plotted(words, lines, across, words.say("picture-shares", base=words.label(base)))


def _months(words: Words, named: Sequence[tuple[str, d.Component]]) -> str:
    """What one person gets, by months."""
    mine = [
        (label, one.rate, one.max_months if isinstance(one.max_months, Fraction) else None)
        for label, one in named
        if isinstance(one, d.PersonMonthComponent) and isinstance(one.rate, Fraction)
    ]
    if not mine:
        return ""
    far = max((most * Fraction(4, 3) for _, _, most in mine if most), default=Fraction(12))
    lines = []
    for label, rate, most in mine:
        bend = far if most is None else min(most, far)
        points = [(ZERO, ZERO), (bend, bend * rate)] + ([(far, bend * rate)] if bend < far else [])
        named_line = words.say("picture-rate", label=label, rate=amount(rate, words.lang))
        lines.append(Line(named_line, points, None if most is None else most * rate))
    return _plotted(words, lines, words.say("picture-months"), words.say("picture-person"))


def _plotted(words: Words, lines: Sequence[Line], across: str, title: str) -> str:
    said = [
        f"{line.label}{COLON[words.lang]}"
        + words.listed(f"{amount(x, words.lang)} → {amount(y, words.lang)}" for x, y in line.points[1:])
        for line in lines
    ]
    up = words.say("picture-yuan", what=words.say("sheet-money"))
    return plot(lines, across=across, up=up, title=title, description=words.clauses(said), lang=words.lang)


def _sums(words: Words, named: Sequence[tuple[str, d.Component]]) -> str:
    """Single sums: flat, by grade, by tier; what is not published within its bounds, where there are any."""
    found: list[tuple[str, Fraction | Unknown]] = []
    for label, one in named:
        match one:
            case d.FlatComponent():
                found.append((label, one.amount))
            case d.GradeComponent():
                found += [(f"{label} {words.grade(name)}", each) for name, each in one.amounts.items()]
            case d.TierComponent():
                found += [(f"{label} {words.tier(name)}", each) for name, each in one.amounts.items()]
            case _:
                pass
    rows = [(label, [_sum(words, value)]) for label, value in found]
    whole = max((span.high for _, (span,) in rows), default=ZERO)
    if whole == 0:
        return ""
    title = words.say("picture-sums")
    said = words.clauses(f"{label} {span.said}" for label, (span,) in rows)
    head = words.say("head-amount")
    return panels(rows, [head], whole=whole, title=title, description=said, lang=words.lang)


def _sum(words: Words, value: Fraction | Unknown) -> Span:
    if isinstance(value, Fraction):
        return Span(value, value, amount(value, words.lang))
    low, high = value.between or (ZERO, ZERO)
    return Span(low, high, words.unknown(value))


def curves(fw: Framework, lang: Language) -> str:
    """The rule of every indicator as a small curve; empty where the framework cannot be scored as it stands."""
    if "score" not in fw.answers:
        return ""
    words = Words(fw.doc, lang)
    drawn = [one for leaf in plan_of(fw).leaves() for one in _thumbnail(words, leaf)]
    if not drawn:
        return ""
    said = words.clauses(f"{one.label}{COLON[lang]}{one.across}, 0 – {one.top}" for one in drawn)
    return thumbnails(drawn, title=words.say("picture-curves"), description=said, lang=lang)


def _thumbnail(words: Words, leaf: Leaf) -> Iterator[Thumbnail]:
    """The curve of one rule; none where it is the sum of unequal parts, or goes below zero."""
    first = leaf.terms[0]
    curve, least, most = first.curve, first.curve.least(), max(first.curve.best(), leaf.points)
    if least < 0 or any(term.curve != curve for term in leaf.terms) or most >= UNCAPPED:
        return
    rule, name = leaf.rule, leaf.inputs[0]
    spec = words.document.inputs.get(name)
    low, high = _range(curve, None if first.argument.of else spec)
    unit = None if first.argument.of else words.unit(name)
    bends = [edge for edge in curve.edges() if low <= edge <= high] or [low, high]
    ticks = [(x, quantity(x, unit)) for x in dict.fromkeys((bends[0], bends[-1]))]
    pieces = list(_pieces(curve, low, high))
    across = words.label(name)
    if first.argument.of is not None:
        across += f" ÷ {words.label(first.argument.of)}"
    match rule:
        case rules.Checklist():
            count = Fraction(len(leaf.terms))
            pieces = [[(ZERO, ZERO), (count, count * curve.best())]]
            ticks = [(ZERO, words.say("picture-none")), (count, words.say("picture-all", count=len(rule.items)))]
            across = words.listed(words.label(item) for item in rule.items)
        case rules.Lookup():
            choices = spec.choices if spec is not None else ()
            last = Fraction(len(choices))
            pieces = list(_pieces(curve, ZERO, last))
            ticks = [(ZERO, choices[0]), (last, choices[-1])] if choices else []
        case rules.Relative():
            ticks = [(ZERO, words.say("picture-worst")), (Fraction(1), words.say("picture-best"))]
        case rules.Ratio() if first.argument.inverse:
            target = 1 / curve.edges()[-1]
            xs = [target * (Fraction(1, 2) + Fraction(5 * k, 2 * SAMPLES)) for k in range(SAMPLES + 1)]
            pieces, ticks = [[(x, curve.exact(1 / x)) for x in xs]], [(target, quantity(target, unit))]
        case _:
            pass
    yield Thumbnail(_label(words, leaf), across, pieces, ticks, words.points(most), most)


def _label(words: Words, leaf: Leaf) -> str:
    """What an indicator or an item is called."""
    document = words.document
    if leaf.path[0] != "dimensions":
        extra = document.bonus if leaf.path[0] == "bonus" else document.deductions
        items = extra.items if extra is not None else {}
        return items[leaf.id].label.say(words.lang) if isinstance(items, dict) else leaf.id
    nodes, label = document.dimensions, leaf.id
    for name in leaf.path[1::2]:
        if isinstance(nodes, dict):
            label, nodes = nodes[name].label.say(words.lang), nodes[name].indicators
    return label


def _range(curve: Curve, spec: d.Input | None) -> tuple[Fraction, Fraction]:
    """From where to where a curve is worth looking at: its bends and a little beyond, within what may be entered."""
    edges = [edge for edge in curve.edges() if edge < UNCAPPED / MANY] or [ZERO]
    if len(edges) < len(curve.edges()):
        return edges[0], edges[-1] + MANY
    room = (edges[-1] - edges[0] or abs(edges[-1]) or Fraction(1)) / 4
    low, high = edges[0] - room, edges[-1] + room
    if edges[0] >= 0:
        low = max(low, ZERO)
    if spec is not None:
        low = max(low, spec.min) if isinstance(spec.min, Fraction) else low
        high = min(high, spec.max) if isinstance(spec.max, Fraction) else high
    return (low, high) if low < high else (low, low + 1)


def _pieces(curve: Curve, low: Fraction, high: Fraction) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """The straight pieces of a curve: each from just beyond one bend to just short of the next."""
    for a, b in pairwise(sorted({low, high, *(edge for edge in curve.edges() if low < edge < high)})):
        third = (b - a) / 3
        left, right = curve.exact(a + third), curve.exact(b - third)
        yield [(a, 2 * left - right), (b, 2 * right - left)]
