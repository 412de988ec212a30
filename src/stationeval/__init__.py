"""The public face: every public name, fetched from its module when it is first used.

To add a name: one line in `HOMES`, one below it for the type checkers; a test holds both to the pinned list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stationeval.analysis.acceptability import acceptability as acceptability
    from stationeval.analysis.agreement import agreement as agreement
    from stationeval.analysis.agreement import bland_altman as bland_altman
    from stationeval.analysis.agreement import cohen_kappa as cohen_kappa
    from stationeval.analysis.agreement import fleiss_kappa as fleiss_kappa
    from stationeval.analysis.agreement import icc as icc
    from stationeval.analysis.agreement import kendall_w as kendall_w
    from stationeval.analysis.agreement import krippendorff_alpha as krippendorff_alpha
    from stationeval.analysis.agreement import weighted_kappa as weighted_kappa
    from stationeval.analysis.comparison import Comparison as Comparison
    from stationeval.analysis.comparison import compare as compare
    from stationeval.analysis.decomposition import Decomposition as Decomposition
    from stationeval.analysis.decomposition import decompose as decompose
    from stationeval.analysis.groups import Groups as Groups
    from stationeval.analysis.groups import groups as groups
    from stationeval.analysis.groups_coverage import coverage as coverage
    from stationeval.analysis.groups_years import Convergence as Convergence
    from stationeval.analysis.groups_years import Mobility as Mobility
    from stationeval.analysis.groups_years import convergence as convergence
    from stationeval.analysis.groups_years import mobility as mobility
    from stationeval.analysis.linking import Linking as Linking
    from stationeval.analysis.linking import link as link
    from stationeval.analysis.ranks import preference as preference
    from stationeval.analysis.ranks import rank_ranges as rank_ranges
    from stationeval.analysis.requirements import what_would_it_take as what_would_it_take
    from stationeval.analysis.risk import subsidy_at_risk as subsidy_at_risk
    from stationeval.analysis.sensitivity import sensitivity as sensitivity
    from stationeval.analysis.stability import stability as stability
    from stationeval.analysis.weight_sensitivity import one_at_a_time as one_at_a_time
    from stationeval.analysis.weight_sensitivity import weight_sensitivity as weight_sensitivity
    from stationeval.datasets import Township as Township
    from stationeval.datasets import townships as townships
    from stationeval.datasets.figures import ProvinceFigure as ProvinceFigure
    from stationeval.datasets.figures import provinces as provinces
    from stationeval.errors import AmendmentError as AmendmentError
    from stationeval.errors import CompletionError as CompletionError
    from stationeval.errors import FrameworkError as FrameworkError
    from stationeval.errors import FrameworkNotFound as FrameworkNotFound
    from stationeval.errors import FrameworkSchemaError as FrameworkSchemaError
    from stationeval.errors import FrameworkSyntaxError as FrameworkSyntaxError
    from stationeval.errors import IncompleteFramework as IncompleteFramework
    from stationeval.errors import InputError as InputError
    from stationeval.errors import NotInFramework as NotInFramework
    from stationeval.errors import Place as Place
    from stationeval.errors import Problem as Problem
    from stationeval.errors import Report as Report
    from stationeval.errors import StationevalError as StationevalError
    from stationeval.evaluation.bundle import verify as verify
    from stationeval.evaluation.difference import Difference as Difference
    from stationeval.evaluation.evaluate import check as check
    from stationeval.evaluation.evaluate import gates as gates
    from stationeval.evaluation.evaluate import grade as grade
    from stationeval.evaluation.evaluate import rank as rank
    from stationeval.evaluation.evaluate import score as score
    from stationeval.evaluation.evaluate import subsidy as subsidy
    from stationeval.evaluation.evaluate import tiers as tiers
    from stationeval.evaluation.explanation import Explanation as Explanation
    from stationeval.evaluation.gaps import Gaps as Gaps
    from stationeval.evaluation.listing import ResultTable as ResultTable
    from stationeval.evaluation.places import contest as contest
    from stationeval.evaluation.places import funding as funding
    from stationeval.evaluation.places import targets as targets
    from stationeval.evaluation.results import Scores as Scores
    from stationeval.evaluation.side_by_side import compare_frameworks as compare_frameworks
    from stationeval.evaluation.side_by_side import crosswalk as crosswalk
    from stationeval.evaluation.side_by_side import stage_shares as stage_shares
    from stationeval.framework.completing import Completion as Completion
    from stationeval.framework.completing import equal_weights as equal_weights
    from stationeval.framework.framework import Framework as Framework
    from stationeval.framework.from_excel import OfficialTable as OfficialTable
    from stationeval.framework.from_excel import framework_from_excel as framework_from_excel
    from stationeval.framework.registry import Entry as Entry
    from stationeval.framework.registry import frameworks as frameworks
    from stationeval.framework.registry import lint as lint
    from stationeval.framework.registry import load as load
    from stationeval.report.charts import Picture as Picture
    from stationeval.report.charts_places import plot_contributions as plot_contributions
    from stationeval.report.charts_places import plot_funnel as plot_funnel
    from stationeval.report.charts_places import plot_slopes as plot_slopes
    from stationeval.report.charts_trust import plot_acceptability as plot_acceptability
    from stationeval.report.charts_trust import plot_agreement as plot_agreement
    from stationeval.report.charts_trust import plot_grades as plot_grades
    from stationeval.report.charts_trust import plot_rank_intervals as plot_rank_intervals
    from stationeval.report.charts_trust import plot_stability as plot_stability
    from stationeval.report.export import export as export
    from stationeval.report.framework_table import framework_to_excel as framework_to_excel
    from stationeval.report.pages import comparison_page as comparison_page
    from stationeval.report.pages import framework_page as framework_page
    from stationeval.report.pictures import draw_comparison as draw_comparison

    __version__: str
else:
    HOMES = {
        "AmendmentError": "errors",
        "Comparison": "analysis.comparison",
        "Completion": "framework.completing",
        "CompletionError": "errors",
        "Convergence": "analysis.groups_years",
        "Decomposition": "analysis.decomposition",
        "Difference": "evaluation.difference",
        "Entry": "framework.registry",
        "Explanation": "evaluation.explanation",
        "Framework": "framework.framework",
        "FrameworkError": "errors",
        "FrameworkNotFound": "errors",
        "FrameworkSchemaError": "errors",
        "FrameworkSyntaxError": "errors",
        "Gaps": "evaluation.gaps",
        "Groups": "analysis.groups",
        "IncompleteFramework": "errors",
        "InputError": "errors",
        "Linking": "analysis.linking",
        "Mobility": "analysis.groups_years",
        "NotInFramework": "errors",
        "OfficialTable": "framework.from_excel",
        "Picture": "report.charts",
        "Place": "errors",
        "Problem": "errors",
        "ProvinceFigure": "datasets.figures",
        "Report": "errors",
        "ResultTable": "evaluation.listing",
        "Scores": "evaluation.results",
        "StationevalError": "errors",
        "Township": "datasets",
        "acceptability": "analysis.acceptability",
        "agreement": "analysis.agreement",
        "bland_altman": "analysis.agreement",
        "check": "evaluation.evaluate",
        "cohen_kappa": "analysis.agreement",
        "compare": "analysis.comparison",
        "compare_frameworks": "evaluation.side_by_side",
        "comparison_page": "report.pages",
        "contest": "evaluation.places",
        "convergence": "analysis.groups_years",
        "coverage": "analysis.groups_coverage",
        "crosswalk": "evaluation.side_by_side",
        "decompose": "analysis.decomposition",
        "draw_comparison": "report.pictures",
        "equal_weights": "framework.completing",
        "export": "report.export",
        "fleiss_kappa": "analysis.agreement",
        "framework_from_excel": "framework.from_excel",
        "framework_page": "report.pages",
        "framework_to_excel": "report.framework_table",
        "frameworks": "framework.registry",
        "funding": "evaluation.places",
        "gates": "evaluation.evaluate",
        "grade": "evaluation.evaluate",
        "groups": "analysis.groups",
        "icc": "analysis.agreement",
        "kendall_w": "analysis.agreement",
        "krippendorff_alpha": "analysis.agreement",
        "link": "analysis.linking",
        "lint": "framework.registry",
        "load": "framework.registry",
        "mobility": "analysis.groups_years",
        "one_at_a_time": "analysis.weight_sensitivity",
        "plot_acceptability": "report.charts_trust",
        "plot_agreement": "report.charts_trust",
        "plot_contributions": "report.charts_places",
        "plot_funnel": "report.charts_places",
        "plot_grades": "report.charts_trust",
        "plot_rank_intervals": "report.charts_trust",
        "plot_slopes": "report.charts_places",
        "plot_stability": "report.charts_trust",
        "preference": "analysis.ranks",
        "provinces": "datasets.figures",
        "rank": "evaluation.evaluate",
        "rank_ranges": "analysis.ranks",
        "score": "evaluation.evaluate",
        "sensitivity": "analysis.sensitivity",
        "stability": "analysis.stability",
        "stage_shares": "evaluation.side_by_side",
        "subsidy": "evaluation.evaluate",
        "subsidy_at_risk": "analysis.risk",
        "targets": "evaluation.places",
        "tiers": "evaluation.evaluate",
        "townships": "datasets",
        "verify": "evaluation.bundle",
        "weight_sensitivity": "analysis.weight_sensitivity",
        "weighted_kappa": "analysis.agreement",
        "what_would_it_take": "analysis.requirements",
    }
    __all__ = sorted(HOMES)  # noqa: PLE0605  (the type checkers read the imports above)

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            value: object = version("stationeval")
        elif name == "testing":
            from importlib import import_module

            value = import_module("stationeval.testing")
        elif name in HOMES:
            from importlib import import_module

            value = getattr(import_module(f"stationeval.{HOMES[name]}"), name)
        else:
            raise AttributeError(f"module 'stationeval' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *HOMES, "__version__"})
