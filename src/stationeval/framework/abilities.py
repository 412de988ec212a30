"""What can be asked of a framework, and which unknown values stand in the way."""

from __future__ import annotations

from collections.abc import Iterator

from stationeval.errors import Path
from stationeval.framework.documents import Document, GradeComponent, PersonMonthComponent, TierComponent
from stationeval.framework.paths import within
from stationeval.framework.values import Unknown

ABILITIES = {
    "score": "ability-score",
    "grades": "ability-grades",
    "gates": "ability-gates",
    "tiers": "ability-tiers",
    "subsidy": "ability-subsidy",
    "allowance": "ability-allowance",
    "funding": "ability-funding",
    "targets": "ability-targets",
    "catalogue": "ability-catalogue",
    "contest": "ability-contest",
}
"""What can be asked of a framework, with the code of its name in words."""


def defined(document: Document) -> tuple[str, ...]:
    """What the framework defines, known or not."""
    there = {
        "score": document.dimensions is not None,
        "grades": document.dimensions is not None and bool(document.grades),
        "gates": bool(document.gates),
        "tiers": bool(document.tiers),
        "subsidy": document.subsidy is not None,
        "allowance": _allows(document),
        "funding": bool(document.funding),
        "targets": bool(document.targets),
        "catalogue": document.catalogue is not None,
        "contest": document.contest is not None,
    }
    return tuple(ability for ability in ABILITIES if there[ability])


def _allows(document: Document) -> bool:
    """Whether money is paid by person and month."""
    components = None if document.subsidy is None else document.subsidy.components
    return isinstance(components, dict) and any(isinstance(one, PersonMonthComponent) for one in components.values())


def blocking(document: Document, unknown: list[Path], ability: str) -> list[Path]:
    """Of the unknown values, those without which the answer cannot be given.

    What lists several things (gates, targets, a catalogue, funding) is blocked only where nothing in it is known; an
    unknown bound of a gate or tier makes it "cannot tell", which is an answer.
    """
    needs = tuple(_NEEDS[ability](document))
    return [path for path in unknown if any(within(path, need) for need in needs)]


def _score(document: Document) -> Iterator[Path]:
    yield from (("dimensions",), ("bonus",), ("deductions",), ("rounds",))
    if isinstance(document.vetoes, Unknown):
        yield ("vetoes",)
    if isinstance(document.dimensions, dict) and any(node.weight is not None for node in document.dimensions.values()):
        yield ("total",)
    rated = [name for name, spec in document.inputs.items() if spec.type == "rating"]
    if rated:
        yield ("raters",)
    for name in rated:
        yield ("inputs", name, "min")
        yield ("inputs", name, "max")


def _grades(document: Document) -> Iterator[Path]:
    yield from _score(document)
    yield from (("grades",), ("vetoes",))


def _gates(document: Document) -> Iterator[Path]:
    if all(isinstance(gate.requires, Unknown) for gate in document.gates.values()):
        yield ("gates",)


def _tiers(document: Document) -> Iterator[Path]:
    for name, tier in document.tiers.items():
        if isinstance(tier.requires, Unknown):
            yield ("tiers", name, "requires")


def _subsidy(document: Document) -> Iterator[Path]:
    yield ("subsidy",)
    subsidy = document.subsidy
    components = subsidy.components if subsidy is not None else None
    graded = tiered = False
    for component in components.values() if isinstance(components, dict) else ():
        when = component.when
        graded |= isinstance(component, GradeComponent) or (when is not None and when.grade_at_least is not None)
        tiered |= isinstance(component, TierComponent) or (when is not None and when.tier_at_least is not None)
    if graded:
        yield from _grades(document)
    if tiered:
        yield from _tiers(document)
    if subsidy is not None and subsidy.pool is not None and subsidy.pool.share != "pro_rata":
        yield from _score(document)


def _funding(document: Document) -> Iterator[Path]:
    if all(isinstance(each.share, Unknown) for each in document.funding.values()):
        yield ("funding",)


def _targets(document: Document) -> Iterator[Path]:
    wanted = (each.share if each.count is None else each.count for each in document.targets.values())
    if all(isinstance(each, Unknown) for each in wanted):
        yield ("targets",)


def _catalogue(document: Document) -> Iterator[Path]:
    catalogue = document.catalogue
    domains = catalogue.domains if catalogue is not None else None
    if not isinstance(domains, dict) or all(isinstance(each.items, Unknown) for each in domains.values()):
        yield ("catalogue", "domains")


def _contest(document: Document) -> Iterator[Path]:
    yield from _score(document)
    yield ("contest",)


_NEEDS = {
    "score": _score,
    "grades": _grades,
    "gates": _gates,
    "tiers": _tiers,
    "subsidy": _subsidy,
    "allowance": _subsidy,
    "funding": _funding,
    "targets": _targets,
    "catalogue": _catalogue,
    "contest": _contest,
}
