"""The public face is a sorted list that changes only on purpose."""

from __future__ import annotations

import ast
import pickle
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import stationeval

PUBLIC = [
    "AmendmentError",
    "Comparison",
    "Completion",
    "CompletionError",
    "Convergence",
    "Decomposition",
    "Difference",
    "Entry",
    "Explanation",
    "Framework",
    "FrameworkError",
    "FrameworkNotFound",
    "FrameworkSchemaError",
    "FrameworkSyntaxError",
    "Gaps",
    "Groups",
    "IncompleteFramework",
    "InputError",
    "Linking",
    "Mobility",
    "NotInFramework",
    "OfficialTable",
    "Picture",
    "Place",
    "Problem",
    "ProvinceFigure",
    "Report",
    "ResultTable",
    "Scores",
    "StationevalError",
    "Township",
    "acceptability",
    "agreement",
    "bland_altman",
    "check",
    "cohen_kappa",
    "compare",
    "compare_frameworks",
    "comparison_page",
    "contest",
    "convergence",
    "coverage",
    "crosswalk",
    "decompose",
    "draw_comparison",
    "equal_weights",
    "export",
    "fleiss_kappa",
    "framework_from_excel",
    "framework_page",
    "framework_to_excel",
    "frameworks",
    "funding",
    "gates",
    "grade",
    "groups",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "link",
    "lint",
    "load",
    "mobility",
    "one_at_a_time",
    "plot_acceptability",
    "plot_agreement",
    "plot_contributions",
    "plot_funnel",
    "plot_grades",
    "plot_rank_intervals",
    "plot_slopes",
    "plot_stability",
    "preference",
    "provinces",
    "rank",
    "rank_ranges",
    "score",
    "sensitivity",
    "stability",
    "stage_shares",
    "subsidy",
    "subsidy_at_risk",
    "targets",
    "tiers",
    "townships",
    "verify",
    "weight_sensitivity",
    "weighted_kappa",
    "what_would_it_take",
]


def test_the_public_names_are_the_pinned_ones() -> None:
    assert stationeval.__all__ == PUBLIC
    assert sorted(PUBLIC) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_the_one_in_its_module(name: str) -> None:
    home = import_module(f"stationeval.{stationeval.HOMES[name]}")
    assert getattr(stationeval, name) is getattr(home, name)
    assert name in dir(stationeval)


def test_the_type_checkers_see_the_same_names_from_the_same_modules() -> None:
    tree = ast.parse(Path(stationeval.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname: (node.module or "").removeprefix("stationeval.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }
    assert seen == stationeval.HOMES


def test_no_public_name_hides_a_module() -> None:
    folder = Path(stationeval.__file__).parent
    modules = {path.stem for path in folder.iterdir()}
    assert not modules & set(PUBLIC)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scoer'"):
        _ = stationeval.scoer


def test_the_version_is_that_of_the_installed_package() -> None:
    assert stationeval.__version__ == version("stationeval")


def test_every_error_is_a_stationeval_error_and_survives_pickling() -> None:
    errors = [getattr(stationeval, name) for name in PUBLIC]
    errors = [each for each in errors if isinstance(each, type) and issubclass(each, Exception)]
    assert len(errors) >= 9
    for error in errors:
        raised = error([stationeval.Problem("report-columns")])
        assert isinstance(raised, stationeval.StationevalError)
        again = pickle.loads(pickle.dumps(raised))
        assert type(again) is error
        assert again.report == raised.report
