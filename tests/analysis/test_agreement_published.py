"""Coefficients of agreement equal the figures that were published with their data."""

from __future__ import annotations

import math

import numpy as np
import pytest

import stationeval as se

KRIPPENDORFF_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C; observers in rows."""

WIKIPEDIA = [
    [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
    [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
    [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
]
"""en.wikipedia.org, Krippendorff's alpha; coders in rows."""

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Shrout & Fleiss (1979), Psychological Bulletin 86:420-428, Table 2."""

FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
"""en.wikipedia.org, Fleiss' kappa: ratings of ten subjects in five categories."""

ZAR = [
    [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
    [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
    [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
]
"""Zar (2010), Biostatistical Analysis, example 20.5: three measures of twelve birds."""

PEAK_FLOW = [
    [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427],
    [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451],
]
"""Bland & Altman (1986), Lancet 327:307-310: first readings by the Wright and the mini Wright meter."""


def columns(rows: list[list[float | None]]) -> list[list[float | None]]:
    return [list(unit) for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("metric", "published", "digits"),
    [("nominal", 0.743, 3), ("ordinal", 0.815, 3), ("interval", 0.849, 3), ("ratio", 0.797, 3)],
)
def test_krippendorffs_own_example(metric: str, published: float, digits: int) -> None:
    found = se.krippendorff_alpha(columns(KRIPPENDORFF_C), metric=metric)
    assert found.value == pytest.approx(published, abs=6 * 10 ** -(digits + 1))
    assert (found.units, found.raters, found.ratings, found.left_out) == (11, 4, 40, 1)


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_alpha_of_three_coders(metric: str, published: float) -> None:
    assert se.krippendorff_alpha(columns(WIKIPEDIA), metric=metric).value == pytest.approx(published, abs=1e-6)


def test_shrout_and_fleiss() -> None:
    found = se.icc(SHROUT_FLEISS)
    assert [round(value, 2) for value in found["icc"]] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    assert [round(value, 2) for value in found["low"]] == [-0.13, 0.02, 0.34, -0.88, 0.07, 0.68]
    assert [round(value, 2) for value in found["high"]] == [0.72, 0.76, 0.95, 0.91, 0.93, 0.99]
    assert [round(value, 2) for value in found["f"]] == [1.79, 11.03, 11.03, 1.79, 11.03, 11.03]
    assert list(zip(found["df1"], found["df2"], strict=True)) == [(5, 18), (5, 15), (5, 15)] * 2
    assert found["shrout_fleiss"] == ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
    assert found["p"][1] == pytest.approx(0.000135, abs=1e-5)
    assert found["reading"][2] == "agreement-icc-moderate"


def test_cohens_kappa_as_scikit_learn_cites_it() -> None:
    """Figures in scikit-learn's tests, there from Artstein & Poesio (2008) and Cohen (1960)."""
    first = [0] * 40 + [1] * 60
    second = [0] * 20 + [1] * 20 + [0] * 10 + [1] * 50
    assert se.cohen_kappa(np.array([first, second]).T).value == pytest.approx(0.348, abs=5e-4)
    first = [0] * 46 + [1] * 44 + [2] * 10
    second = [0] * 50 + [1] * 40 + [2] * 10
    table = np.array([first, second]).T
    assert se.cohen_kappa(table).value == pytest.approx(0.9315, abs=5e-5)
    assert se.weighted_kappa(table, weights="linear").value == pytest.approx(0.9412, abs=5e-5)
    assert se.weighted_kappa(table, weights="quadratic").value == pytest.approx(0.9541, abs=5e-5)


def test_fleiss_kappa_of_fourteen_raters() -> None:
    ratings = [[category for category, times in enumerate(row) for _ in range(times)] for row in FLEISS]
    found = se.fleiss_kappa(ratings)
    assert found.value == pytest.approx(0.210, abs=5e-4)
    assert (found.units, found.raters, found.reading) == (10, 14, "agreement-kappa-fair")


def test_concordance_of_zars_birds() -> None:
    found = se.kendall_w(columns(ZAR))
    assert found.value == pytest.approx(0.924135220125786, rel=1e-12)
    assert found.df == 11
    assert found.statistic == pytest.approx(3 * 11 * found.value)


def test_bland_and_altmans_peak_flow() -> None:
    row = next(iter(se.bland_altman(columns(PEAK_FLOW), names=["Wright", "mini"])))
    assert row["units"] == 17
    assert (round(row["bias"], 1), round(row["sd"], 1)) == (-2.1, 38.8)
    assert (round(row["bias_low"], 1), round(row["bias_high"], 1)) == (-22.0, 17.8)
    assert row["lower"] == pytest.approx(row["bias"] - 1.959964 * row["sd"], rel=1e-6)
    around = 2.119905 * row["sd"] * math.sqrt(1 / 17 + 1.959964**2 / 32)
    assert row["upper_high"] - row["upper"] == pytest.approx(around, rel=1e-6)
