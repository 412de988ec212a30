"""Small pictures as SVG text: bars with bounds, lines with a cap, thumbnails of curves. No script, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import cycle

from stationeval.evaluation.phrases import figure
from stationeval.messages import Language
from stationeval.report.typeset import width, wrap

INK, FAINT, PAPER = "#1f2933", "#c4ccd4", "#ffffff"
COLOURS = ("#1f5fa8", "#b45309", "#2f7d32", "#7b3f98")
"""Each stands out from white by more than 4.5 : 1, so that it serves for words too."""

WIDE = 760
SIZE, SMALL = 13, 11
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Span:
    """A length that is known, or that lies between two bounds; `said` stands behind its bar."""

    low: Fraction
    high: Fraction
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline of a plot with its name; `cap` is the most it ever reaches, drawn as a dashed line."""

    label: str
    points: Sequence[tuple[Fraction, Fraction]]
    cap: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small curve: pieces that join or jump, what it is a function of, and what stands at some x and at its top."""

    label: str
    across: str
    pieces: Sequence[Sequence[tuple[Fraction, Fraction]]]
    ticks: Sequence[tuple[Fraction, str]]
    top: str
    most: Fraction


def panels(
    rows: Sequence[tuple[str, Sequence[Span]]],
    heads: Sequence[str],
    *,
    whole: Fraction,
    title: str,
    description: str,
    note: str = "",
    lang: Language = "zh",
) -> str:
    """Bars side by side: one row a subject, one panel a head; what is certain is solid, what is possible is pale.

    Parameters
    ----------
    rows
        Each with its label (of one line or more) and as many spans as there are heads, in the unit of `whole`.
    heads
        What each panel shows.
    whole
        The length that fills a panel.
    title, description
        For those who cannot see it; the title also stands above.
    note
        What stands below.

    Returns
    -------
    str
        One `<svg>` element.

    Examples
    --------
    >>> half = Span(Fraction(0), Fraction(1, 2), "0-50%")
    >>> "0-50%" in panels([("A", [half])], ["input"], whole=Fraction(1), title="Points", description="of A")
    True
    """
    margin = 12
    left = min(230, max((_length(part) for label, _ in rows for part in label.split("\n")), default=0) + 16)
    step = (WIDE - 2 * margin - left) / max(1, len(heads))
    room = max((_length(span.said, SMALL) for _, spans in rows for span in spans), default=0.0)
    most = step - room - 22
    drawn: list[str] = []
    y = 52.0
    for k, head in enumerate(heads):
        drawn.append(_words(margin + left + k * step, y - 8, head, colour=COLOURS[k % 4], weight="bold"))
    for label, spans in rows:
        lines = [line for part in label.split("\n") for line in _fitted(part, left - 12)]
        tall = 10 + 15 * len(lines)
        drawn.append(_rule(margin, y, WIDE - margin, y))
        drawn += [_words(margin, y + 17 + 15 * n, line) for n, line in enumerate(lines)]
        for k, span in enumerate(spans):
            x, top = margin + left + k * step, y + tall / 2 - 6
            low, high = (float(edge / whole) * most if whole else 0.0 for edge in (span.low, span.high))
            drawn.append(_box(x, top, most, 12, fill="none", stroke=FAINT))
            drawn.append(_box(x, top, low, 12, fill=COLOURS[k % 4]))
            if high > low:
                drawn.append(_box(x + low, top, high - low, 12, fill=COLOURS[k % 4], pale=True))
            drawn.append(_words(x + most + 5, top + 10, span.said, size=SMALL))
        y += tall
    for line in wrap(_clean(note), int((WIDE - 2 * margin) / (SMALL * 0.54))) if note else ():
        y += 16
        drawn.append(_words(margin, y, line, size=SMALL))
    return _svg(y + 8, [_words(margin, 22, title, weight="bold"), *drawn], title, description, lang)


def plot(
    lines: Sequence[Line],
    *,
    across: str,
    up: str,
    title: str,
    description: str,
    lang: Language = "zh",
) -> str:
    """Lines from left to right, each named at its end, with the cap of each dashed.

    Parameters
    ----------
    lines
        At least one, each of at least two points, rising in x.
    across, up
        What the axes measure.
    title, description
        For those who cannot see it; the title also stands above.

    Returns
    -------
    str
        One `<svg>` element.

    Examples
    --------
    >>> rise = Line("40 %", [(Fraction(0), Fraction(0)), (Fraction(750000), Fraction(300000))], Fraction(300000))
    >>> plot([rise], across="spent", up="paid", title="Money", description="40 %").count("<polyline")
    1
    """
    right = max(_length(line.label) for line in lines) + 14
    x0, x1, y0, y1 = 78.0, WIDE - min(right, 240.0) - 12, 262.0, 56.0
    far = max(x for line in lines for x, _ in line.points) or Fraction(1)
    high = max(y for line in lines for _, y in line.points) or Fraction(1)

    def at(x: Fraction, y: Fraction) -> tuple[float, float]:
        return x0 + float(x / far) * (x1 - x0), y0 - float(y / high) * (y0 - y1)

    drawn = [_words(12, 22, title, weight="bold"), _words(12, 42, up, size=SMALL)]
    for value in _ticks(far):
        x, _ = at(value, Fraction(0))
        drawn += [_rule(x, y0, x, y0 + 5), _words(x, y0 + 18, amount(value, lang), size=SMALL, anchor="middle")]
    for value in _ticks(high):
        _, y = at(Fraction(0), value)
        drawn += [_rule(x0, y, x1, y), _words(x0 - 6, y + 4, amount(value, lang), size=SMALL, anchor="end")]
    drawn.append(_words((x0 + x1) / 2, y0 + 36, across, size=SMALL, anchor="middle"))
    labels: list[tuple[float, str, str]] = []
    for line, colour in zip(lines, cycle(COLOURS), strict=False):
        if line.cap is not None:
            _, y = at(Fraction(0), line.cap)
            drawn.append(_rule(x0, y, x1, y, colour=colour, dashed=True))
        places = " ".join(f"{_n(x)},{_n(y)}" for x, y in (at(*point) for point in line.points))
        drawn.append(_tag("polyline", points=places, fill="none", stroke=colour, stroke_width="2.5"))
        for bend in line.points[1:-1]:
            x, y = at(*bend)
            drawn.append(_tag("circle", cx=_n(x), cy=_n(y), r="4", fill=colour))
            drawn.append(_words(x + 8, y + 16, f"{amount(bend[0], lang)} → {amount(bend[1], lang)}", size=SMALL))
        labels.append((at(*line.points[-1])[1], line.label, colour))
    for y, label, colour in _apart(labels, 16.0 * max(len(_fitted(text, 236)) for _, text, _ in labels)):
        for n, piece in enumerate(_fitted(label, 236)):
            drawn.append(_words(x1 + 8, y + 4 + 15 * n, piece, colour=colour))
    return _svg(y0 + 48, drawn, title, description, lang)


def thumbnails(curves: Sequence[Thumbnail], *, title: str, description: str, lang: Language = "zh") -> str:
    """Small curves in a grid: points upwards, the input to the right.

    Examples
    --------
    >>> pieces = [[(Fraction(0), Fraction(0)), (Fraction(6), Fraction(5))]]
    >>> rise = Thumbnail("Staff", "workers", pieces, [(Fraction(6), "6")], "5", Fraction(5))
    >>> thumbnails([rise], title="Rules", description="points by input").count("<polyline")
    1
    """
    across, gap, margin = 4, 16.0, 12.0
    wide = (WIDE - 2 * margin - (across - 1) * gap) / across
    tall, head = 62.0, 36.0
    inset = max((_length(curve.top, SMALL) for curve in curves), default=0.0) + 5
    drawn = [_words(margin, 22, title, weight="bold")]
    for k, curve in enumerate(curves):
        x0, y0 = margin + (k % across) * (wide + gap), 38 + (k // across) * (tall + head + 30)
        drawn.append(_words(x0, y0 + 12, _cut(curve.label, wide, SMALL + 1), size=SMALL + 1, weight="bold"))
        drawn.append(_words(x0, y0 + 28, _cut(curve.across, wide, SMALL), size=SMALL))
        top, left, room = y0 + head, x0 + inset, wide - inset
        drawn.append(_box(left, top, room, tall, fill="none", stroke=FAINT))
        drawn.append(_words(left - 4, top + 9, curve.top, size=SMALL, anchor="end"))
        first, last = curve.pieces[0][0][0], curve.pieces[-1][-1][0]
        for x, said in curve.ticks:
            part = _part(x - first, last - first)
            place, below = left + part * room, top + tall
            anchor = "start" if part < 1 / 3 else "end" if part > 2 / 3 else "middle"
            drawn += [
                _rule(place, below, place, below + 4),
                _words(place, below + 15, said, size=SMALL, anchor=anchor),
            ]
        for piece in curve.pieces:
            places = " ".join(
                f"{_n(left + _part(x - first, last - first) * room)},{_n(top + tall - _part(y, curve.most) * tall)}"
                for x, y in piece
            )
            drawn.append(_tag("polyline", points=places, fill="none", stroke=COLOURS[0], stroke_width="2"))
    rows = -(-len(curves) // across)
    return _svg(38 + rows * (tall + head + 30) + 4, drawn, title, description, lang)


def amount(value: Fraction, lang: Language) -> str:
    """A sum for reading: in ten thousands in Chinese where that is shorter, with separators in English.

    Examples
    --------
    >>> amount(Fraction(300000), "zh"), amount(Fraction(300000), "en"), amount(Fraction(500), "zh")
    ('30万', '300,000', '500')
    """
    unit = 10_000 if lang == "zh" and value >= 10_000 else 1
    text = figure(value / unit)
    whole, dot, places = text.partition(".")
    about = "" if Fraction(text) * unit == value else "≈ "
    return f"{about}{int(whole):,}{dot}{places}{'万' if unit > 1 else ''}"


def _ticks(most: Fraction) -> list[Fraction]:
    """Round numbers from 0 up to about the most, which is not 0: three to six of them."""
    unit = Fraction(10) ** (len(str(most.numerator)) - len(str(most.denominator)))
    step = next(s for s in (unit * k / 100 for k in (2, 5, 10, 20, 50, 100, 200, 500)) if most / s <= 5)
    return [step * k for k in range(int(most / step) + 1)]


def _apart(labels: Iterable[tuple[float, str, str]], least: float) -> list[tuple[float, str, str]]:
    """Labels at their heights, moved up where they would overlap; the lowest stays."""
    placed: list[tuple[float, str, str]] = []
    for y, label, colour in sorted(labels, key=lambda one: -one[0]):
        placed.append((min(y, placed[-1][0] - least) if placed else y, label, colour))
    return placed


def _part(value: Fraction, whole: Fraction) -> float:
    return float(value / whole) if whole else 0.0


def _length(text: str, size: int = SIZE) -> float:
    """About how many pixels a line of text takes."""
    return width(text) * size * 0.54


def _fitted(text: str, room: float, size: int = SIZE) -> list[str]:
    """The text in at most two lines; what does not fit is cut, and says so."""
    columns = max(8, int(room / (size * 0.54)))
    lines = wrap(_clean(text), columns)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: max(1, columns // 2 - 1)] + "…"]
    return lines


def _cut(text: str, room: float, size: int) -> str:
    """The text in one line; what does not fit is cut, and says so."""
    text, columns = _clean(text), max(4, int(room / (size * 0.54)))
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 2:
        text = text[:-1]
    return f"{text}…"


def _svg(tall: float, drawn: Iterable[str], title: str, description: str, lang: Language) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{_n(tall)}" viewBox="0 0 {WIDE} {_n(tall)}" '
        f'role="img" lang="{_LANGUAGES[lang]}" font-family="sans-serif" style="max-width:100%;height:auto">'
    )
    said = f"<title>{_text(title)}</title>\n<desc>{_text(description)}</desc>"
    return "\n".join((head, said, _box(0, 0, WIDE, tall, fill=PAPER), *drawn, "</svg>"))


def _words(
    x: float, y: float, text: str, *, size: int = SIZE, colour: str = INK, anchor: str = "start", weight: str = "normal"
) -> str:
    shape = {"font_size": str(size), "fill": colour}
    if anchor != "start":
        shape["text_anchor"] = anchor
    if weight != "normal":
        shape["font_weight"] = weight
    return _tag("text", _text(text), x=_n(x), y=_n(y), **shape)


def _rule(x0: float, y0: float, x1: float, y1: float, *, colour: str = FAINT, dashed: bool = False) -> str:
    shape = {"stroke": colour} | ({"stroke_dasharray": "5 4"} if dashed else {})
    return _tag("line", x1=_n(x0), y1=_n(y0), x2=_n(x1), y2=_n(y1), **shape)


def _box(x: float, y: float, w: float, h: float, *, fill: str, stroke: str = "", pale: bool = False) -> str:
    shape = {"fill": fill}
    if stroke:
        shape["stroke"] = stroke
    if pale:
        shape |= {"fill_opacity": "0.22", "stroke": fill, "stroke_dasharray": "3 2"}
    return _tag("rect", x=_n(x), y=_n(y), width=_n(w), height=_n(h), **shape)


def _tag(name: str, inside: str = "", **attributes: str) -> str:
    said = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """The text in one line, without what XML cannot hold."""
    return " ".join(_ILLEGAL.sub("\ufffd", text).split())


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
