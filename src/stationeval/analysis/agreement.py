"""How far raters agree: by indicator and overall, who is severe, whose absence moves ranks, which wording fails.

The single statistics are here too: `krippendorff_alpha`, `icc`, `cohen_kappa`, `weighted_kappa`, `fleiss_kappa`,
`kendall_w` and `bland_altman`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stationeval.analysis import agreement_rows as rows_of
from stationeval.analysis.agreement_alpha import METRICS, Metric, krippendorff_alpha
from stationeval.analysis.agreement_effects import severity, without_each
from stationeval.analysis.agreement_icc import icc
from stationeval.analysis.agreement_kappa import cohen_kappa, fleiss_kappa, weighted_kappa
from stationeval.analysis.agreement_pairs import bland_altman, kendall_w
from stationeval.analysis.agreement_results import Coefficient, checked_confidence, read_out
from stationeval.analysis.agreement_table import read_long
from stationeval.analysis.sampling import generator
from stationeval.errors import InputError, Problem
from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.prepare import read, refuse
from stationeval.messages import Language, say

__all__ = [
    "Agreement",
    "Coefficient",
    "agreement",
    "bland_altman",
    "cohen_kappa",
    "fleiss_kappa",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "weighted_kappa",
]


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far raters agree, as tables.

    Attributes
    ----------
    indicators
        A row for each rated input and the whole, by all raters and by each group: alpha, ICC(A,1), W.
    raters
        A row a rater: `deviation` from those rating with them as a share of the scale, and what leaving them out does.
    moves
        Ranks without each rater in turn; None where that cannot be computed (`notes` say why).
    warnings
        A row for each rated input, the most pressing first: which wording raters read differently.
    notes
        What is worth saying.
    """

    indicators: ResultTable
    raters: ResultTable
    moves: ResultTable | None
    warnings: ResultTable
    notes: tuple[Problem, ...]
    signature: str

    def alphas(self, lang: Language = "zh") -> ResultTable:
        """Alpha by all raters, `label`, `value`, `low`, `high`: what `plot_agreement` draws."""
        label = "label" if lang == "zh" else "label_en"
        heads = {"label": label, "value": "alpha", "low": "alpha_low", "high": "alpha_high"}
        rows = [row for row in self.indicators if row["rater_group"] is None]
        columns = {head: tuple(row[name] for row in rows) for head, name in heads.items()}
        return ResultTable("coefficients", columns, self.signature)

    def to_frame(self) -> Any:
        """The table of indicators as a fresh pandas frame; the other tables have their own `to_frame`."""
        return self.indicators.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """All tables, ready for JSON."""
        held = {"indicators": self.indicators, "raters": self.raters, "moves": self.moves, "warnings": self.warnings}
        return {
            "signature": self.signature,
            **{name: None if table is None else table.to_dict()["rows"] for name, table in held.items()},
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_text(self, lang: Language = "zh") -> str:
        """What the tables say, in sentences, with whose cut-offs they are read by."""
        return "\n".join(
            (
                *self._sentences(lang),
                *(" ".join(filter(None, ("·", str(note.place), note.why(lang)))) for note in self.notes),
            )
        )

    def _sentences(self, lang: Language) -> Iterator[str]:
        label = "label" if lang == "zh" else "label_en"
        for row in self.indicators:
            if row["alpha"] is not None:
                text = read_out("α", "alpha", row["alpha"], row["alpha_low"], row["alpha_high"], lang)
                who = row["rater_group"] or say("agreement-everyone", lang)
                yield say("agreement-line", lang, label=row[label], who=who, text=text)
        for row in self.warnings:
            text = say(row["finding"], lang)
            yield say("agreement-found", lang, label=row[label], text=text)
        for row in self.raters:
            who = " ".join(filter(None, (row["rater_group"], row["rater"])))
            if row["reading"]:
                said = say(row["reading"], lang)
                value = f"{100 * row['deviation']:+.1f}"
                yield say("agreement-rater-line", lang, rater=who, word=said, value=value)
            if row["moved"]:
                values = {"moved": row["moved"], "station": row["farthest_station"], "farthest": abs(row["farthest"])}
                yield say("agreement-move-line", lang, rater=who, **values)

    def _repr_html_(self) -> str:
        shown = (self.warnings, self.indicators, self.raters)
        return "".join(table._repr_html_() for table in shown)


def agreement(
    ratings: Any,
    framework: FrameworkLike,
    *,
    seed: int,
    boot: int = 1000,
    metric: Metric = "interval",
    data: Any = None,
    confidence: float = 0.95,
) -> Agreement:
    """How far raters agree, by indicator and overall, and what follows for ranks and for the wording.

    A unit is a station in a round. Overall is each rater's mean over all rated inputs as shares of their scales,
    weighed by their points. Severity is the rater's effect in the least-squares model mark = unit +
    rater + rest. An input whose alpha is below 0.667 is read differently where it stays there with severity taken
    away and the rest is more than a twentieth of the scale.

    Parameters
    ----------
    ratings
        The table that `score` takes as `ratings`: `station`, `rater_group`, the rated inputs, `round` where there are
        rounds, and `rater`, without which only groups are compared. Empty cells are ratings not given.
    framework
        A framework, its id or a `Path`.
    seed
        Of the bootstrap; 0 is a seed.
    boot
        Resamples of stations for the intervals; 0 for none.
    metric
        What a difference between marks means.
    data
        The table of stations, for ranks without each rater; not needed where ratings are all that is scored.
    confidence
        Of the intervals.

    Returns
    -------
    Agreement
        Tables, sentences in both languages, and notes on what could not be computed.

    Raises
    ------
    InputError
        With every problem in the tables; if no unit has two ratings.
    NotInFramework
        If raters rate nothing in the framework.

    References
    ----------
    As `krippendorff_alpha`, `icc` and `kendall_w`; severity: Braun, H. I. (1988). Journal of Educational Statistics
    13, 1-18.

    Examples
    --------
    >>> import stationeval as se
    >>> fw = se.load("haining-contest@2021+reading")
    >>> aspects = ("blueprint_mark", "ability_mark", "progress_mark", "results_mark")
    >>> simulated = {"甲": (88, 92, 70), "乙": (80, 85, 60), "丙": (90, 94, 72)}
    >>> rows = [
    ...     {"station": station, "round": "q1", "rater": rater, **dict.fromkeys(aspects, mark)}
    ...     for rater, marks in simulated.items()
    ...     for station, mark in zip(("一镇", "二镇", "三镇"), marks)
    ... ]
    >>> found = agreement(rows, fw, seed=0, boot=200)
    >>> row = found.indicators.to_dict()["rows"][-1]
    >>> row["input"], row["reading"], found.raters["reading"]
    ('overall', 'agreement-tentative', ('rater-lenient', 'rater-severe', 'rater-lenient'))
    """
    fw = framework_of(framework)
    if metric not in METRICS:
        raise InputError([Problem("analysis-choice", value=metric, values={"name": "metric", "known": METRICS})])
    checked_confidence(confidence)
    generator(seed)
    stations = None
    if data is not None:
        given = read(data, fw).table
        refuse(given.report)
        stations = given.stations
    long = read_long(ratings, fw, stations=stations)
    notes = list(long.notes)
    rows = list(rows_of.coefficients(long, metric, boot=boot, seed=seed, confidence=confidence, notes=notes))
    if not any(row["ratings"] > row["units"] for row in rows):
        raise InputError([Problem("agreement-too-few-raters")])
    fits = {
        name: severity(marks, len(long.raters))
        for name in (*long.inputs, None)
        if len((marks := long.marks(name)).values)
    }
    if (parts := max(fit.parts for fit in fits.values())) > 1:
        notes.append(Problem("agreement-raters-apart", values={"parts": parts}, severity="note"))
    notes += long.overall[1]
    moves, more = without_each(long, data)
    held, kind = (*notes, *more), long.table.kind
    signed = f"{fw.signature} sha256:{fw.sha256} agreement:{metric} seed:{seed} boot:{boot}"

    def table(name: str, columns: Any) -> ResultTable:
        return ResultTable(name, columns, signed, held, kind)

    return Agreement(
        table("agreement", rows_of.columns(rows)),
        table("raters", rows_of.columns(list(rows_of.raters(long, fits.get(None), moves, confidence)))),
        None if moves is None else table("moves", moves.columns(long)),
        table("warnings", rows_of.columns(rows_of.warnings(long, fits))),
        held,
        signed,
    )
