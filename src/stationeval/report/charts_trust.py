"""Pictures of how far a ranking can be trusted: rank intervals, probabilities, room of weights, agreement of raters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.messages import Language, say
from stationeval.report.charts import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAPER,
    Picture,
    checked_rows,
    draw,
    height,
    rows_axis,
    rows_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stationeval.analysis.acceptability import Acceptability
    from stationeval.analysis.agreement import Agreement
    from stationeval.analysis.ranks import RankRanges
    from stationeval.analysis.stability import Stability

GRADES = ("#1f5fa8", "#7fb0dd", "#dfe5ea", "#f0b183", "#b45309", "#7a3504")
HOLDS = {"rank": "chart-rank-holds", "grade": "chart-grade-holds"}
NUMBERED = 16
"""Up to so many columns, cells of a heat map carry their number."""


def plot_rank_intervals(
    ranges: RankRanges | ResultTable, *, title: str | None = None, lang: Language = "zh"
) -> Picture:
    """The best and worst rank that each station can hold, and the one that it holds.

    Parameters
    ----------
    ranges
        From `rank_ranges`; or a table with `station`, `rank`, `best`, `worst`.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        One row a station, in the order of the ranks.

    Raises
    ------
    InputError
        If there are no stations, or more than a page shows.

    Examples
    --------
    >>> table = ResultTable("r", {"station": ("甲",), "rank": (1,), "best": (1,), "worst": (1,)}, "demo")
    >>> plot_rank_intervals(table).data.columns["worst"]
    (1,)
    """
    table = rows_of(ranges, "ranges", ("station", "rank", "best", "worst"))
    rows = sorted(
        zip(table["rank"], table["best"], table["worst"], table["station"], strict=True), key=lambda row: row[:3]
    )
    columns = {head: tuple(row[k] for row in rows) for k, head in enumerate(("rank", "best", "worst", "station"))}
    data = ResultTable("rank-intervals", {"station": columns.pop("station"), **columns}, table.signature)

    def paint(axes: Axes) -> None:
        y = np.arange(len(rows))
        axes.hlines(y, data["best"], data["worst"], color="#9fbfe0", linewidth=7, capstyle="round")
        axes.plot(data["rank"], y, "o", color=BLUE, markersize=6, label=say("chart-rank-now", lang))
        for k, (rank, best, worst, _) in enumerate(rows):
            text = f"{best}" if best == worst else f"{best}–{worst}"
            axes.annotate(
                text, (max(worst, rank), k), (8, 0), textcoords="offset points", va="center", fontsize=8, color=GREY
            )
        rows_axis(axes, data["station"])
        most = max(*data["worst"], 2)
        axes.set_xlim(0.5, most + max(0.09 * most, 0.9))
        _whole_ticks(axes, most)
        axes.set_xlabel(say("chart-rank-axis", lang))
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), fontsize=8)

    words = title or say("chart-rank-intervals", lang)
    return draw(paint, data, size=(7.2, height(len(rows))), title=words, lang=lang)


def _whole_ticks(axes: Axes, most: int) -> None:
    step = max(1, -(-most // 12))
    axes.set_xticks([1, *range(step if step > 1 else 2, most + 1, step)])


def plot_acceptability(found: Acceptability, *, title: str | None = None, lang: Language = "zh") -> Picture:
    """How likely each station is to hold each rank, as a heat map.

    Parameters
    ----------
    found
        From `acceptability`.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        Stations in the order of their expected rank; the table has one row a station and rank.
    """
    n = len(found.stations)
    checked_rows(n)
    order = np.argsort(found.expected, kind="stable")
    shares = found.ranks[order]
    stations = [found.stations[s] for s in order.tolist()]
    data = ResultTable(
        "acceptability-ranks",
        {
            "station": tuple(station for station in stations for _ in range(n)),
            "rank": tuple(range(1, n + 1)) * n,
            "share": tuple(shares.ravel().tolist()),
        },
        found.rank_table.signature,
    )

    def paint(axes: Axes) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        shades = LinearSegmentedColormap.from_list("shares", [PAPER, "#a9c8e8", BLUE, "#0e3460"])
        image = axes.imshow(shares, cmap=shades, vmin=0, vmax=1, aspect="auto")
        axes.set_xticks(np.arange(-0.5, n), minor=True)
        axes.set_yticks(np.arange(-0.5, n), minor=True)
        rows_axis(axes, stations)
        axes.set_ylim(n - 0.5, -0.5)
        axes.grid(visible=False)
        axes.grid(visible=True, which="minor", color=PAPER, linewidth=1)
        axes.tick_params(which="both", length=0)
        step = max(1, -(-n // 16))
        axes.set_xticks(range(0, n, step), labels=[str(k + 1) for k in range(0, n, step)])
        axes.set_xlabel(say("chart-rank-axis", lang))
        for side in axes.spines.values():
            side.set_visible(False)
        if n <= NUMBERED:
            for s, k in zip(*np.nonzero(shares), strict=True):
                value = float(shares[s, k])
                colour = PAPER if value > 0.45 else INK
                axes.text(
                    k,
                    s,
                    f"{100 * value:.0f}" if value >= 0.01 else "·",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color=colour,
                )
        bar = axes.figure.colorbar(image, ax=axes, shrink=0.7, aspect=25, pad=0.02, ticks=[0, 0.25, 0.5, 0.75, 1])
        bar.ax.set_yticklabels(["0", "25", "50", "75", "100%"])
        bar.outline.set_visible(False)

    words = title or say("chart-acceptability", lang)
    size = (min(4.6 + 0.36 * n, 11.0), height(n, each=0.28, least=3.0))
    return draw(paint, data, size=size, title=words, lang=lang)


def plot_grades(found: Acceptability, *, title: str | None = None, lang: Language = "zh") -> Picture:
    """How likely each station is to get each grade, as bars that fill up to 100 %.

    Parameters
    ----------
    found
        From `acceptability` of scores whose framework has grades.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        Stations in the order of their expected rank; the table has one column a grade.

    Raises
    ------
    InputError
        If there are no grades.
    """
    shares = found.grade_shares
    if shares is None:
        raise InputError([Problem("chart-no-grades")])
    checked_rows(len(found.stations))
    order = np.argsort(found.expected, kind="stable")
    stations = tuple(found.stations[s] for s in order.tolist())
    columns: dict[str, Sequence[Any]] = {"station": stations}
    columns |= {name: tuple(shares[order, g].tolist()) for g, name in enumerate(found.grades)}
    data = ResultTable("acceptability-grades", columns, found.table.signature)

    def paint(axes: Axes) -> None:
        start = np.zeros(len(stations))
        for g, name in enumerate(found.grades):
            length = 100 * np.array(data[name])
            colour = _grade_colour(g, len(found.grades))
            axes.barh(range(len(stations)), length, left=start, color=colour, label=name, height=0.72, edgecolor=PAPER)
            for k in np.flatnonzero(length >= 7).tolist():
                middle = start[k] + length[k] / 2
                dark = colour in (GRADES[0], GRADES[4], GRADES[5])
                text = axes.text(middle, k, f"{length[k]:.0f}", ha="center", va="center", fontsize=8)
                text.set_color(PAPER if dark else INK)
            start += length
        rows_axis(axes, stations)
        axes.set_xlim(0, 100)
        axes.set_xlabel(say("chart-probability-axis", lang))
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(found.grades), fontsize=9, handlelength=1)

    words = title or say("chart-grades", lang)
    return draw(paint, data, size=(7.2, height(len(stations))), title=words, lang=lang)


def _grade_colour(g: int, count: int) -> str:
    """From blue for the best to brown for the worst, with pale ones between."""
    places = {1: (0,), 2: (0, 4), 3: (0, 1, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
    return GRADES[places[count][g]] if count in places else GRADES[round(g * 5 / max(count - 1, 1))]


def plot_stability(
    found: Stability, *, labels: Mapping[str, str] | None = None, title: str | None = None, lang: Language = "zh"
) -> Picture:
    """How far each weight may move before a rank, and before a grade changes.

    Parameters
    ----------
    found
        From `stability`.
    labels
        Names of the weights in words, by their ids; else the ids.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        One row a weight; the table has the ends of both ranges, as shares of the whole.
    """
    table = rows_of(found, "found", ("weight", "share", "rank_fall", "rank_rise", "grade_fall", "grade_rise"))
    names = tuple(str((labels or {}).get(name, name)) for name in table["weight"])
    columns: dict[str, Sequence[Any]] = {
        "weight": tuple(table["weight"]),
        "label": names,
        "share": tuple(table["share"]),
    }
    for kind in ("rank", "grade"):
        both = list(zip(table["share"], table[f"{kind}_fall"], table[f"{kind}_rise"], strict=True))
        columns[f"{kind}_from"] = tuple(0.0 if fall is None else max(share - fall, 0.0) for share, fall, _ in both)
        columns[f"{kind}_to"] = tuple(1.0 if rise is None else min(share + rise, 1.0) for share, _, rise in both)
    data = ResultTable("weight-stability", columns, table.signature, table.notes)
    graded = any(each is not None for each in (*table["grade_fall"], *table["grade_rise"]))

    def paint(axes: Axes) -> None:
        y = np.arange(len(names))
        kinds = [("grade", "#f0c9a5"), ("rank", "#7fb0dd")] if graded else [("rank", "#7fb0dd")]
        for k, (kind, colour) in enumerate(kinds):
            low, high = (100 * np.array(data[f"{kind}_{end}"]) for end in ("from", "to"))
            shift = 0.0 if len(kinds) == 1 else (0.17, -0.17)[k]
            axes.barh(y + shift, high - low, left=low, height=0.3, color=colour, label=say(HOLDS[kind], lang))
        axes.plot(100 * np.array(data["share"]), y, "D", color=INK, markersize=4.5, label=say("chart-weight-now", lang))
        rows_axis(axes, names)
        axes.set_xlim(
            0, min(100.0, 100 * max(*data["share"], *data["rank_to"], *(data["grade_to"] if graded else ())) * 1.04)
        )
        axes.set_xlabel(say("chart-weight-axis", lang))
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize=8, handlelength=1)

    words = title or say("chart-stability", lang)
    return draw(paint, data, size=(7.6, height(len(names))), title=words, lang=lang)


CUTS = (0.667, 0.8)
"""Below the first nothing should be concluded, from the second on it is reliable (Krippendorff 2004, p. 241)."""


def plot_agreement(found: Agreement | ResultTable, *, title: str | None = None, lang: Language = "zh") -> Picture:
    """How far raters agree on each indicator, with intervals, and Krippendorff's cut-offs.

    Parameters
    ----------
    found
        From `agreement`; or a table with `label`, `value`, `low`, `high`, None where a coefficient is not defined.
    title
        By default what the picture shows.
    lang
        The language of the words.

    Returns
    -------
    Picture
        One row an indicator, those on which raters agree least first.
    """
    coefficients = found if isinstance(found, ResultTable) else getattr(found, "alphas", lambda _: found)(lang)
    table = rows_of(coefficients, "found", ("label", "value", "low", "high"))
    rows = sorted(
        zip(table["label"], table["value"], table["low"], table["high"], strict=True),
        key=lambda row: (row[1] is not None, row[1] if row[1] is not None else 0.0),
    )
    columns = {head: tuple(row[k] for row in rows) for k, head in enumerate(("label", "value", "low", "high"))}
    data = ResultTable("agreement", columns, table.signature)

    def paint(axes: Axes) -> None:
        least = min([0.0, *(end for row in rows for end in row[1:3] if end is not None)])
        axes.axvspan(least - 0.1, CUTS[0], color="#faeee4", zorder=0)
        axes.axvspan(CUTS[1], 1.05, color="#e7f1e8", zorder=0)
        for k, (_, value, low, high) in enumerate(rows):
            if value is None:
                axes.text(least, k, say("chart-not-defined", lang), va="center", fontsize=8, color=GREY)
                continue
            colour = ORANGE if value < CUTS[0] else GREEN if value >= CUTS[1] else INK
            if low is not None and high is not None:
                axes.hlines(k, low, high, color=colour, linewidth=2)
            axes.plot([value], [k], "o", color=colour, markersize=6)
            axes.annotate(f"{value:.2f}", (1.06, k), va="center", fontsize=8, color=colour, annotation_clip=False)
        rows_axis(axes, data["label"])
        axes.set_xlim(least - 0.05, 1.05)
        places = [*(k / 5 for k in range(ceil(least * 5), 3)), *CUTS, 1.0]
        axes.set_xticks(places, labels=[f"{place:.3f}".rstrip("0").rstrip(".") for place in places])
        axes.set_xlabel(say("chart-agreement-axis", lang))

    words = title or say("chart-agreement", lang)
    return draw(paint, data, size=(7.2, height(len(rows))), title=words, lang=lang)
