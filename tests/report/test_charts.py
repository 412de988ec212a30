"""Pictures: every glyph is there, the table holds what is drawn, the same picture has the same bytes."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.places import scored, stations, usual, yardstick

import stationeval as se
from stationeval.datasets import townships
from stationeval.report import charts

pytest.importorskip("matplotlib", reason="pictures are an extra")

TOWNS = [town.name for town in townships("330481")]
VALUES = [(8, 7, 9), (9, 9, 9), (5, 5, 5), (1, 2, 3), (7, 7, 7), (4, 6, 4), (9, 2, 2)]
LATER = [(5, 7, 9), (9, 9, 8), (6, 6, 5), (4, 4, 4), (7, 1, 7), (4, 9, 9), (9, 3, 2)]


def towns(values: list[tuple[float, ...]]) -> se.Scores:
    """Simulated scores of real towns, whose names a font must have."""
    data = [
        {**row, "station": TOWNS[k], "county": "甲县" if k < 3 else "乙县"} for k, row in enumerate(stations(values))
    ]
    return se.score(data, usual(), keep=("county",))


FIRST, SECOND = towns(VALUES), towns(LATER)


def agreement() -> se.ResultTable:
    columns = {
        "label": ("探访记录", "项目$策划$", "团队分工", "制度上墙"),
        "value": (0.92, -0.1, 0.74, None),
        "low": (0.85, -0.3, 0.6, None),
        "high": (0.97, 0.2, 0.83, None),
    }
    return se.ResultTable("agreement", columns, "模拟评分")


PICTURES: dict[str, Callable[..., se.Picture]] = {
    "intervals": lambda **o: se.plot_rank_intervals(se.rank_ranges(FIRST, release="all"), **o),
    "acceptability": lambda **o: se.plot_acceptability(se.acceptability(FIRST, release="all", draws=200, seed=0), **o),
    "grades": lambda **o: se.plot_grades(se.acceptability(FIRST, release="all", draws=200, seed=0), **o),
    "stability": lambda **o: se.plot_stability(se.stability(FIRST), labels={"S1": "场地甲项"}, **o),
    "contributions": lambda **o: se.plot_contributions(se.decompose(FIRST, SECOND, between=TOWNS[0]), **o),
    "yardstick": lambda **o: se.plot_contributions(
        se.decompose(scored(VALUES), scored(LATER, usual((10, 60, 30)))), level="indicator", names=("浙江", "湖南"), **o
    ),
    "funnel": lambda **o: se.plot_funnel(se.groups(FIRST, by="county"), **o),
    "slopes": lambda **o: se.plot_slopes({"2021年": FIRST, "2022年": SECOND, "2023年": FIRST}, **o),
    "agreement": lambda **o: se.plot_agreement(agreement(), **o),
}
MADE = {name: make() for name, make in PICTURES.items()}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_every_glyph_and_fits_its_page(name: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph … missing" is a warning
        path = MADE[name].save(tmp_path / f"{name}.png", dpi=60)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 5000
    assert MADE[name].data.signature
    assert len(MADE[name].to_frame()) == len(MADE[name].data) > 0


@pytest.mark.parametrize("name", PICTURES)
def test_titles_and_labels_do_not_run_off_the_page(name: str) -> None:
    figure = MADE[name].figure
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    if renderer is None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        renderer = FigureCanvasAgg(figure).get_renderer()
    tight = figure.get_tightbbox(renderer)
    width, height = figure.get_size_inches()
    assert tight.x0 > -0.05
    assert tight.y0 > -0.05
    assert tight.x1 < width + 0.05
    assert tight.y1 < height + 0.05


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_picture_has_the_same_bytes(kind: str, tmp_path: Path) -> None:
    first, second = (PICTURES["contributions"]().save(tmp_path / f"{k}.{kind}", dpi=50).read_bytes() for k in "ab")
    assert first == second


def test_a_picture_in_english_has_english_words() -> None:
    words = [
        text.get_text() for text in PICTURES["funnel"](lang="en").figure.findobj(match=lambda a: hasattr(a, "get_text"))
    ]
    assert "stations" in words
    assert "站点数" not in words


def test_dollars_in_a_name_are_dollars() -> None:
    labels = [text.get_text() for text in MADE["agreement"].figure.axes[0].get_yticklabels()]
    assert "项目$策划$" in labels


@pytest.mark.parametrize("level", ["dimension", "indicator"])
def test_the_bars_of_a_waterfall_lead_exactly_from_one_total_to_the_other(level: str) -> None:
    found = se.decompose(FIRST, towns(LATER[::-1]))
    data = se.plot_contributions(found, level=level).data
    assert data["to"][0] == found.a.total
    assert data["from"][1] == found.a.total
    assert data["to"][-2] == data["to"][-1] == found.b.total
    assert all(
        start + change == end
        for start, change, end in zip(data["from"], data["change"], data["to"], strict=True)
        if change is not None
    )


def test_many_parts_are_drawn_as_the_largest_and_the_rest() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(se.testing.random_stations(fw, 2, seed=3), fw)
    found = se.decompose(scores, between=scores.stations)
    data = se.plot_contributions(found, level="indicator").data
    assert len(data) <= 15
    assert sum((change for change in data["change"] if change is not None), Fraction(0)) == found.change


def test_probabilities_of_ranks_and_grades_sum_to_one() -> None:
    ranks, grades = MADE["acceptability"].data, MADE["grades"].data
    by_station = np.array(ranks["share"]).reshape(len(VALUES), len(VALUES))
    assert by_station.sum(axis=1) == pytest.approx(1)
    assert np.sum([grades[name] for name in ("优秀", "合格", "不合格")], axis=0) == pytest.approx(1)


def test_stations_stand_in_the_order_of_their_ranks() -> None:
    assert list(MADE["intervals"].data["rank"]) == sorted(MADE["intervals"].data["rank"])
    assert MADE["slopes"].data["2021年"] == MADE["slopes"].data["2023年"]


def test_no_picture_changes_the_settings_of_matplotlib() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    PICTURES["funnel"]()
    assert dict(mpl.rcParams) == before


def test_without_a_font_that_has_chinese_there_is_no_picture_but_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "PACKAGE", "no_such_package")
    monkeypatch.setattr(charts, "FONTS", ("/no/such/font.ttc",))
    with pytest.raises(se.InputError) as error:
        PICTURES["funnel"]()
    (problem,) = error.value.report
    assert problem.code == "chart-no-font"
    assert "fonts-noto-cjk" in problem.hint("zh")
    assert "fonts-noto-cjk" in problem.hint("en")


def test_a_font_of_the_system_serves_where_the_package_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "PACKAGE", "no_such_package")
    found = [font for font in charts.FONTS if Path(font).is_file()]
    if not found:
        pytest.skip("this system has no font with Chinese of its own")
    assert charts.font_file() == Path(found[0])
    assert PICTURES["funnel"]()._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (lambda: se.plot_rank_intervals(agreement()), "chart-column-lacks"),
        (lambda: se.plot_rank_intervals("ranges"), "chart-not-a-table"),
        (lambda: se.plot_agreement({}), "chart-not-a-table"),
        (lambda: se.plot_slopes({"2021": FIRST}), "compare-needs-two"),
        (lambda: se.plot_slopes({"2021": FIRST, "2022": scored(VALUES)}), "chart-rows"),
        (
            lambda: se.plot_funnel(se.groups(scored([(1, 2, 3, "甲"), (3, 2, 1, "乙")]), by="county")),
            "groups-no-spread",
        ),
        (lambda: MADE["funnel"].save("funnel.bmp"), "chart-type-unknown"),
        (lambda: se.plot_grades(se.acceptability(np.eye(3), draws=50, seed=0)), "chart-no-grades"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], object], code: str) -> None:
    with pytest.raises(se.InputError) as error:
        draw()
    assert error.value.report.codes() == (code,)


@pytest.mark.parametrize(("lang", "label"), [("zh", "赛蓝图"), ("en", "lueprint")])
def test_the_agreement_of_simulated_raters_is_drawn_by_indicator(lang: str, label: str) -> None:
    fw = se.load("haining-contest@2021+reading")
    aspects = ("blueprint_mark", "ability_mark", "progress_mark", "results_mark")
    marks = {"甲": (88, 92, 70), "乙": (80, 85, 60), "丙": (90, 94, 72)}
    rows = [
        {"station": town, "round": "q1", "rater": rater, **dict.fromkeys(aspects, mark)}
        for rater, given in marks.items()
        for town, mark in zip(TOWNS, given, strict=False)
    ]
    data = se.plot_agreement(se.agreement(rows, fw, seed=0, boot=50), lang=lang).data
    assert len(data) == 5
    assert any(label in each for each in data["label"])


def test_a_difference_of_nothing_is_two_bars() -> None:
    data = se.plot_contributions(se.decompose(FIRST, towns(VALUES))).data
    assert len(data) == 2


def test_a_veto_is_a_bar() -> None:
    fw = yardstick(veto=True)
    data = stations(VALUES[:2])
    data[1]["fraud"] = True
    found = se.decompose(se.score(data, fw), between=("站1", "站2"))
    assert "一票否决" in se.plot_contributions(found, level="indicator").data["label"]
