"""Pictures of places and years: what a difference is made of, a funnel of groups, ranks over years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from stationeval.errors import InputError, Problem
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.listing import ResultTable
from stationeval.exact import decimal_text
from stationeval.messages import Language, say
from stationeval.report.charts import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    Picture,
    checked_rows,
    draw,
    height,
    rows_axis,
    shortened,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stationeval.analysis.decomposition import Contribution, Decomposition
    from stationeval.analysis.groups import Groups
    from stationeval.evaluation.results import Scores

SHOWN = 12
"""Up to so many parts have a bar of their own."""


def plot_contributions(
    found: Decomposition,
    *,
    level: Literal["dimension", "indicator"] = "dimension",
    names: tuple[str, str] | None = None,
    title: str | None = None,
    lang: Language = "zh",
) -> Picture:
    """What a difference between two totals is made of, from the one to the other, bar by bar.

    Where frameworks differ, each part has two bars: what the data do (plain) and what the framework does (hatched).

    Parameters
    ----------
    found
        From `decompose`.
    level
        `dimension`, or `indicator`: then the twelve largest stand alone and the rest together.
    names
        What the two sides are called, such as years or provinces; by default the stations or groups compared.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        The table has one row a bar: `label`, `kind`, `change`, `from`, `to`, exactly; the bars end at `b`'s total.
    """
    rows = _bars(found, level, lang)
    ends = [found.a.total]
    for _, _, change in rows:
        ends.append(ends[-1] + change)
    first, second = names or _names(found, lang)
    columns: dict[str, Sequence[Any]] = {
        "label": (first, *(label for label, _, _ in rows), second),
        "kind": ("total", *(kind for _, kind, _ in rows), "total"),
        "change": (None, *(change for _, _, change in rows), None),
        "from": (ZERO, *ends[:-1], ZERO),
        "to": (found.a.total, *ends[1:], found.b.total),
    }
    data = ResultTable("contributions", columns, found.table().signature, found.notes)
    percent = 100 if found.unit == "rate" else 1

    def paint(axes: Axes) -> None:
        edges = [float(end) * percent for end in (*ends, found.b.total)]
        span = max(max(edges) - min(edges), 1e-9)
        base = max(0.0, min(edges) - 0.35 * span) if min(edges) > 1.2 * span else 0.0
        last = len(rows) + 1
        for k, total in ((0, found.a.total), (last, found.b.total)):
            value = float(total) * percent
            axes.barh(k, value - base, left=base, color=GREY, height=0.6)
            axes.annotate(_number(total * percent), (value, k), (4, 0), textcoords="offset points", va="center")
        for k, ((_, kind, change), (start, end)) in enumerate(zip(rows, pairwise(ends), strict=True), 1):
            low, high = sorted((float(start) * percent, float(end) * percent))
            colour = BLUE if change >= 0 else ORANGE
            style: dict[str, Any] = {"color": colour}
            if kind == "yardstick":
                style = {"facecolor": PAPER, "edgecolor": colour, "hatch": "////", "linewidth": 0}
            axes.barh(k, high - low, left=low, height=0.6, **style)
            sign = "+" if change > 0 else ""
            axes.annotate(
                sign + _number(change * percent),
                (high, k),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
                color=colour,
            )
        for k, end in enumerate(ends):
            axes.vlines(float(end) * percent, k + 0.3, k + 0.7, color=GREY, linewidth=0.8)
        rows_axis(axes, data["label"])
        axes.axhline(0.5, color=FAINT, linewidth=0.8)
        axes.axhline(last - 0.5, color=FAINT, linewidth=0.8)
        axes.set_xlim(base, max(edges) + 0.16 * (max(edges) - base))
        axes.set_xlabel(_axis(found.unit, lang) + (say("chart-axis-cut", lang) if base else ""))
        if any(kind == "yardstick" for _, kind, _ in rows):
            _legend(axes, lang)

    words = title or say("chart-contributions", lang, a=first, b=second)
    return draw(paint, data, size=(7.6, height(len(rows) + 2, each=0.34)), title=words, lang=lang)


def _names(found: Decomposition, lang: Language) -> tuple[str, str]:
    a, b = say("chart-side-a", lang), say("chart-side-b", lang)
    if found.a.name == found.b.name:
        return (f"{found.a.name}（{a}）", f"{found.b.name}（{b}）") if found.a.name else (a, b)
    return found.a.name or a, found.b.name or b


def _legend(axes: Axes, lang: Language) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=GREY, label=say("chart-performance", lang)),
        Patch(facecolor=PAPER, edgecolor=GREY, hatch="////", linewidth=0, label=say("chart-yardstick", lang)),
    ]
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize=8, handlelength=1.5)


def _bars(found: Decomposition, level: str, lang: Language) -> list[tuple[str, str, Fraction]]:
    """Label, kind and change of each bar; parts that change nothing have none."""
    parts = found.dimensions if level == "dimension" else found.parts
    moving = [one for one in parts if one.change or one.yardstick]
    largest = sorted(moving, key=lambda one: (-_size(one), one.name))[:SHOWN]
    shown = [one for one in moving if one in largest]
    rest = [one for one in moving if one not in largest]
    told = found.yardstick is not None and any(one.yardstick for one in parts)
    rows: list[tuple[str, str, Fraction]] = []
    for one in shown:
        label = one.label.say(lang)
        if told and one.performance is not None and one.yardstick is not None:
            pair = (("performance", one.performance), ("yardstick", one.yardstick))
            rows += [(label, kind, value) for kind, value in pair if value]
        else:
            rows.append((label, "change", one.change))
    if rest:
        rows.append((say("chart-rest", lang, count=len(rest)), "change", sum((one.change for one in rest), ZERO)))
    return rows


def _size(one: Contribution) -> Fraction:
    if one.yardstick is None or one.performance is None:
        return abs(one.change)
    return abs(one.yardstick) + abs(one.performance)


def _number(value: Fraction) -> str:
    """To two places, or to four where two would make it nothing."""
    return decimal_text(value, 2 if abs(value) >= Fraction(1, 200) else 4)


def _axis(unit: str, lang: Language) -> str:
    return say("chart-rate-axis" if unit == "rate" else "chart-points-axis", lang)


def plot_funnel(found: Groups, *, title: str | None = None, lang: Language = "zh") -> Picture:
    """Means of groups against how many stations they rest on, with the limits of chance.

    Parameters
    ----------
    found
        From `groups`.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        The table has one row a group: `group`, `stations`, `mean`, `shrunk`, `funnel`. Groups outside the 95 % limits
        are named, and so are the highest and the lowest.

    Raises
    ------
    InputError
        If the spread within groups cannot be told.
    """
    limits = found.funnel()
    scale = 100 if found.unit == "rate" else 1
    table = found.table
    columns = {name: table[name] for name in ("group", "stations", "mean", "shrunk", "funnel")}
    data = ResultTable("funnel", columns, table.signature, table.notes)

    def paint(axes: Axes) -> None:
        x = np.array(limits["stations"])
        for name, style, label in (("95", "-", "chart-limit-95"), ("99.8", "--", "chart-limit-998")):
            for k, side in enumerate(("low", "high")):
                y = scale * np.array(limits[f"{side}_{name}"])
                axes.plot(x, y, style, color=GREY, linewidth=1, label=say(label, lang) if not k else None)
        axes.axhline(scale * float(found.centre), color=INK, linewidth=1, label=say("chart-mean", lang))
        colours = {"within": GREY, "above": BLUE, "below": ORANGE}
        means = scale * np.array(table["mean"])
        for side, colour in colours.items():
            where = [k for k, each in enumerate(table["funnel"]) if each == side]
            marker = {"within": "o", "above": "^", "below": "v"}[side]
            axes.plot(
                [table["stations"][k] for k in where], means[where], marker, color=colour, markersize=6.5, linestyle=""
            )
        named = {k for k, side in enumerate(table["funnel"]) if side != "within"}
        named |= {int(means.argmax()), int(means.argmin())}
        for k in sorted(named)[:MOST_NAMED]:
            down = -13 if table["funnel"][k] == "below" else 4
            axes.annotate(
                shortened(table["group"][k], 16),
                (table["stations"][k], means[k]),
                (7, down),
                textcoords="offset points",
                fontsize=9,
            )
        top = max(table["stations"])
        axes.set_xlim(0, top * 1.18 + 1)
        inside = [
            *means.tolist(),
            *(
                scale * v
                for k, n in enumerate(limits["stations"])
                if n >= min(table["stations"])
                for v in (limits["low_99.8"][k], limits["high_99.8"][k])
            ),
        ]
        pad = 0.08 * (max(inside) - min(inside) or 1.0)
        axes.set_ylim(min(inside) - pad, max(inside) + pad)
        axes.set_xlabel(say("chart-stations-axis", lang))
        axes.annotate(_axis(found.unit, lang), (0, 1.02), xycoords="axes fraction", ha="right", va="bottom")
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize=8)

    words = title or say("chart-funnel", lang)
    return draw(paint, data, size=(7.2, 4.6), title=words, lang=lang)


MOST_NAMED = 24


def plot_slopes(evaluations: Mapping[str, Scores], *, title: str | None = None, lang: Language = "zh") -> Picture:
    """Ranks of the stations over years, each a line; those that moved most stand out.

    Parameters
    ----------
    evaluations
        Two or more, by name, in order: `{"2021": first, "2022": second}`. Stations that all have are drawn, with their
        places among these.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        The table has one row a station and one column an evaluation.

    Raises
    ------
    InputError
        If there are fewer than two evaluations, or no station stands in all of them.
    """
    if len(evaluations) < 2:
        raise InputError([Problem("compare-needs-two", value=len(evaluations))])
    first, *others = evaluations.values()
    stations = [name for name in first.stations if all(name in other.stations for other in others)]
    checked_rows(len(stations))
    ranks = {}
    for name, scores in evaluations.items():
        every = list(scores.ranks)
        own = [every[scores.index(station)] for station in stations]
        ranks[name] = tuple((np.searchsorted(np.sort(own), own) + 1).tolist())
    signature = " | ".join(f"{name}: {scores.signature}" for name, scores in evaluations.items())
    data = ResultTable("rank-slopes", {"station": tuple(stations), **ranks}, signature)
    table = np.array(list(ranks.values()))
    moved = table[0] - table[-1]
    order = sorted(range(len(stations)), key=lambda k: (-abs(int(moved[k])), k))
    colours = {k: colour for k, colour in zip(order, (BLUE, ORANGE, GREEN, PURPLE), strict=False) if moved[k]}

    def paint(axes: Axes) -> None:
        years = range(len(table))
        for k in reversed(order):
            colour = colours.get(k, "#b4bec6")
            thick = 2.4 if k in colours else 1.1
            axes.plot(
                years, table[:, k], "-o", color=colour, linewidth=thick, markersize=4.5, zorder=3 if k in colours else 2
            )
        for end, align, away in ((0, "right", -9), (-1, "left", 9)):
            for rank in sorted(set(table[end].tolist())):
                level = [k for k in range(len(stations)) if table[end][k] == rank]
                for j, k in enumerate(level):
                    text = (
                        f"{shortened(stations[k], 16)}  {rank}" if end == 0 else f"{rank}  {shortened(stations[k], 16)}"
                    )
                    axes.annotate(
                        text, (len(table) - 1 if end else 0, rank + j), (away, 0), textcoords="offset points",
                        ha=align, va="center", fontsize=9, color=colours.get(k, INK), annotation_clip=False,
                    )  # fmt: skip
        axes.set_xticks(list(years), labels=list(evaluations))
        axes.xaxis.tick_top()
        axes.set_xlim(-0.05, len(table) - 0.95)
        axes.set_ylim(len(stations) + 0.6, 0.4)
        axes.set_yticks([])
        axes.grid(visible=False)
        axes.grid(visible=True, axis="x")
        for side in axes.spines.values():
            side.set_visible(False)

    words = title or say("chart-slopes", lang)
    size = (min(4.8 + 1.5 * (len(table) - 1), 11.0), height(len(stations), each=0.27, least=3.2))
    return draw(paint, data, size=size, title=words, lang=lang)
