"""The documents a person writes: framework, completion, amendment, cases. One class a section of the format."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from stationeval.framework.rules import Rule
from stationeval.framework.values import (
    CODE,
    DURATION,
    Basis,
    Date,
    Id,
    Maybe,
    Number,
    Part,
    Text,
)

Facet: TypeAlias = Literal[
    "site", "staff", "funds", "management", "service", "output", "satisfaction", "effect", "innovation"
]
Missing: TypeAlias = Literal["error", "zero", "exclude"]


class Jurisdiction(Part):
    """The place, by its GB/T 2260 code (text, because a code is not a number)."""

    code: Annotated[str, Field(pattern=CODE)]
    label: Text


class Effective(Part):
    """From when, and until when, the issuer's text is in force."""

    from_: Date = Field(alias="from")
    to: Date | None = None


class Revision(Part):
    """A line of the history of our reading."""

    revision: int
    on: Date
    why: Text


class Source(Part):
    """A published text that values are cited from; `defects` says what is wrong with our copy."""

    kind: Literal["law", "rule", "notice", "standard", "guide", "speech", "paper", "news", "sheet", "book", "template"]
    title: Text
    number: str | None = None
    issuer: Text | None = None
    issued: str | None = None
    url: str | None = None
    accessed: Date | None = None
    sha256: str | None = None
    defects: Text | None = None


class Claim(Part):
    """What a source says of the whole; checked against the tree and against every completion."""

    claim: Literal[
        "total", "dimensions", "indicators", "level_3", "level_4", "domains", "items", "gates", "rounds", "raters"
    ]
    equals: Maybe[Number]
    basis: Basis | None = None


class Input(Part):
    """An entry of the data dictionary: what is asked of a station, in what unit and within what range."""

    type: Literal["integer", "number", "boolean", "choice", "rating", "money", "date", "text"]
    label: Text
    unit: str | None = None
    min: Maybe[Number] | None = None
    max: Maybe[Number] | None = None
    more_than: Maybe[Number] | None = None
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    places: int | None = None
    evidence: tuple[str, ...] = ()
    help: Text | None = None
    basis: Basis | None = None

    @model_validator(mode="before")
    @classmethod
    def _tuples(cls, value: Any) -> Any:
        if isinstance(value, dict):
            lists = {k: tuple(v) for k, v in value.items() if k in _LISTS and isinstance(v, list)}
            return {**value, **lists} if lists else value
        return value


_LISTS = frozenset({"choices", "aliases", "evidence"})


class Derived(Part):
    """A named input made from inputs: a closed list of operations, one level deep."""

    kind: Literal["sum", "mean", "difference", "ratio", "share_true"]
    of: list[str] = Field(min_length=1)
    label: Text
    unit: str | None = None
    when_zero: Number | None = None
    basis: Basis | None = None


class Condition(Part):
    """Something an input must be. Several bounds hold together; `times` multiplies the bound by another input."""

    input: str
    equals: bool | Number | str | None = None
    one_of: list[str] | None = None
    at_least: Maybe[Number] | None = None
    more_than: Maybe[Number] | None = None
    at_most: Maybe[Number] | None = None
    less_than: Maybe[Number] | None = None
    times: str | None = None
    when: Condition | None = None


class Node(Part):
    """A dimension or an indicator: a node of the tree of points, at any depth."""

    label: Text
    points: Maybe[Number] | None = None
    weight: Maybe[Number] | None = None
    indicators: Maybe[dict[str, Node]] | None = None
    rule: Maybe[Rule] | None = None
    missing: Missing | None = None
    applies: Condition | None = None
    facet: Facet | None = None
    basis: Basis | None = None


class Item(Part):
    """A bonus or a deduction: its rule's points, at most `points`."""

    label: Text
    rule: Maybe[Rule]
    points: Maybe[Number] | None = None
    facet: Facet | None = None
    basis: Basis | None = None


class Extra(Part):
    """加分项 or 扣分项: items outside the base, their sum at most `cap`."""

    items: Maybe[dict[str, Item]]
    cap: Maybe[Number] | None = None
    label: Text | None = None
    basis: Basis | None = None


class Gate(Part):
    """An entry condition: met, not met, or cannot tell. Never points."""

    label: Text
    requires: Maybe[list[Condition]]
    facet: Facet | None = None
    basis: Basis | None = None


class Effect(Part):
    """What a veto does; exactly one of the three."""

    grade: str | None = None
    grade_at_most: str | None = None
    total: Number | None = None


class Veto(Part):
    """一票否决: when it holds, its effect overrides the points."""

    label: Text
    when: Condition
    effect: Maybe[Effect]
    basis: Basis | None = None


class Round(Part):
    """One evaluation of the period (mid-term, final, a quarter)."""

    label: Text
    weight: Maybe[Number] | None = None
    basis: Basis | None = None


class Trim(Part):
    """去掉最高分和最低分: how many ratings to drop at each end, once there are at least `needs`."""

    drop_highest: int = Field(default=0, ge=0)
    drop_lowest: int = Field(default=0, ge=0)
    needs: int = Field(default=0, ge=0)


class Rater(Part):
    """A group of raters and its share in every rated input."""

    label: Text
    weight: Maybe[Number]
    trim: Trim | None = None
    basis: Basis | None = None


class Rounding(Part):
    """四舍五入: decimal places kept at each level; `none` keeps the exact value."""

    mode: Literal["half_up"] = "half_up"
    indicator: Annotated[int, Field(ge=0, le=6)] | Literal["none"] = "none"
    dimension: Annotated[int, Field(ge=0, le=6)] | Literal["none"] = "none"
    total: Annotated[int, Field(ge=0, le=6)] = 2


class Ties(Part):
    """How equal totals rank, and what parts them first."""

    method: Literal["competition", "dense", "ordinal"] = "competition"
    break_by: list[str] = []


class Policies(Part):
    """What to do with a missing value, with digits, with ties."""

    missing: Missing = "error"
    rounding: Rounding = Rounding()
    ties: Ties = Ties()
    basis: Basis | None = None


class Grade(Part):
    """A grade by its lower bound (inclusive), best first; the last says `otherwise`. `quota` caps its share."""

    at_least: Maybe[Number] | None = None
    otherwise: Literal[True] | None = None
    quota: Maybe[Number] | None = None
    written: str | None = None
    label: Text | None = None
    basis: Basis | None = None


class Tier(Part):
    """A service level, lowest first; `includes` asks for all that a lower one asks."""

    label: Text
    requires: Maybe[list[Condition]]
    includes: str | None = None
    basis: Basis | None = None


class When(Part):
    """What opens a component of the subsidy; all that is written must hold."""

    grade_at_least: Maybe[str] | None = None
    tier_at_least: Maybe[str] | None = None
    gates: list[str] = []
    inputs: list[Condition] = []


class _Component(Part):
    label: Text | None = None
    when: When | None = None
    cap: Maybe[Number] | None = None
    basis: Basis | None = None


class RateComponent(_Component):
    """base × rate × factor, at most cap."""

    kind: Literal["rate"]
    base: str
    rate: Maybe[Number]
    factor: str | None = None


class FlatComponent(_Component):
    """One amount."""

    kind: Literal["flat"]
    amount: Maybe[Number]


class GradeComponent(_Component):
    """An amount by grade; a grade not listed gets nothing."""

    kind: Literal["by_grade"]
    amounts: dict[str, Maybe[Number]]


class TierComponent(_Component):
    """An amount by tier; `monotone: increasing` is what the text fixes where it fixes no amount."""

    kind: Literal["by_tier"]
    amounts: dict[str, Maybe[Number]]
    monotone: Literal["increasing"] | None = None


class PersonMonthComponent(_Component):
    """rate × persons × months, months at most `max_months`."""

    kind: Literal["per_person_month"]
    rate: Maybe[Number]
    persons: str
    months: str
    max_months: Maybe[Number] | None = None


Component: TypeAlias = Annotated[
    RateComponent | FlatComponent | GradeComponent | TierComponent | PersonMonthComponent,
    Field(discriminator="kind"),
]


class Pool(Part):
    """How a fixed sum is shared, to the fen, by largest remainder.

    `pro_rata` cuts every claim in proportion once they exceed the pool; `by_score` and `by_rank` share the whole pool
    among those with a claim, by total, or by places from the bottom.
    """

    share: Literal["pro_rata", "by_score", "by_rank"]
    amount: Maybe[Number] | None = None
    basis: Basis | None = None


class MoneyRounding(Part):
    """The unit that money is paid in: 1 (yuan) or 0.01 (fen), halves up."""

    mode: Literal["half_up"] = "half_up"
    unit: Number = Field(default=1, validate_default=True)


class Funding(Part):
    """A share of a named base that may, must or may at most go to stations. Bases differ between places.

    `input` is the amount of the base, `actual` what was spent; both in yuan.
    """

    label: Text
    share: Maybe[Number]
    kind: Literal["set", "at_most", "at_least", "observed"]
    base: Text
    input: str | None = None
    actual: str | None = None
    basis: Basis | None = None


class Subsidy(Part):
    """What a station is paid."""

    components: Maybe[dict[str, Component]]
    currency: Literal["CNY"] = "CNY"
    rounding: MoneyRounding = MoneyRounding()
    pool: Pool | None = None
    basis: Basis | None = None


class Target(Part):
    """A coverage target: a share of something, or a count, by a time.

    `achieved` names the input that counts what stands, `whole` the input it is a share of.
    """

    label: Text
    by: Maybe[str]
    share: Maybe[Number] | None = None
    count: Maybe[Number] | None = None
    achieved: str | None = None
    whole: str | None = None
    basis: Basis | None = None


class CatalogueItem(Part):
    """A service that is due: at least `min` of `unit` per period, for each of an input where named."""

    label: Text
    unit: str | None = None
    min: Maybe[Number] | None = None
    per: Literal["week", "month", "quarter", "half_year", "year"] | None = None
    for_each: str | None = None
    facet: Facet | None = None
    basis: Basis | None = None


class Domain(Part):
    """A field of service."""

    label: Text
    items: Maybe[dict[str, CatalogueItem]]
    basis: Basis | None = None


class Catalogue(Part):
    """服务清单: domains and items; `complete: false` says that more exist than could be read."""

    complete: bool
    domains: Maybe[dict[str, Domain]]
    declared: dict[Literal["domains", "items", "minor_items"], Maybe[Number]] = {}
    basis: Basis | None = None


class Honours(Part):
    """Who is honoured: the first `top` of each round, or of the year."""

    top: Maybe[Number]
    of: Literal["round", "year"] = "round"
    label: Text | None = None


class Contest(Part):
    """赛马: rounds whose results add up over the year."""

    annual: Literal["sum"]
    honours: Honours | None = None
    basis: Basis | None = None


class ConsequenceWhen(Part):
    """What brings a consequence: computed from grade, veto or gate, or words that are reported, not computed."""

    grade: str | None = None
    veto: str | None = None
    gate_not_met: str | None = None
    zh: str | None = None
    en: str | None = None


class Consequence(Part):
    """What follows from a result."""

    when: ConsequenceWhen
    label: Text
    lasts: Annotated[str, Field(pattern=DURATION)] | None = None
    share: Maybe[Number] | None = None
    basis: Basis | None = None


class Document(Part):
    """A framework: what an issuer published; with `completions`, also what those filled in (only as written out)."""

    schema_: Literal[1] = Field(alias="schema")
    id: Id
    edition: str
    revision: Annotated[int, Field(ge=1, le=9999)]
    label: Text
    jurisdiction: Jurisdiction
    issuer: Text
    effective: Effective
    licence: str
    basis: Basis
    maturity: Literal["draft", "reviewed", "verified"] = "draft"
    checked: Date | None = None
    period: Literal["year", "half_year", "quarter", "month", "project"] | None = None
    history: list[Revision] = []
    supersedes: str | None = None
    completions: list[str] = []
    sources: dict[str, Source]
    facts: list[Claim] = []
    inputs: dict[str, Input] = {}
    derive: dict[str, Derived] = {}
    total: Maybe[Number] | None = None
    dimensions: Maybe[dict[str, Node]] | None = None
    bonus: Extra | None = None
    deductions: Extra | None = None
    gates: dict[str, Gate] = {}
    vetoes: Maybe[dict[str, Veto]] = {}
    rounds: Maybe[dict[str, Round]] = {}
    raters: Maybe[dict[str, Rater]] = {}
    policies: Policies = Policies()
    grades: Maybe[dict[str, Grade]] = {}
    tiers: dict[str, Tier] = {}
    subsidy: Subsidy | None = None
    funding: dict[str, Funding] = {}
    targets: dict[str, Target] = {}
    catalogue: Catalogue | None = None
    contest: Contest | None = None
    consequences: list[Consequence] = []


class CompletionDocument(Part):
    """One named filling of a framework's gaps; nothing in it is `documented`."""

    schema_: Literal[1] = Field(alias="schema")
    completes: str
    name: Id
    author: str
    rationale: Text
    basis: Basis
    sources: dict[str, Source] = {}
    inputs: dict[str, Input] = {}
    derive: dict[str, Derived] = {}
    fills: dict[str, Any]


class Set(Part):
    """Replace a value; `was` must be what the parent says."""

    set: str
    was: Any
    to: Any
    basis: Basis | None = None


class Add(Part):
    """Add what the parent does not have."""

    add: str
    to: Any
    basis: Basis | None = None


class Remove(Part):
    """Take away a value; `was` must be what the parent says."""

    remove: str
    was: Any
    basis: Basis | None = None


def _verb(value: Any) -> str:
    for verb in ("add", "remove"):
        if isinstance(value, dict) and verb in value:
            return f"={verb}"
    return "=set"


Change: TypeAlias = Annotated[
    Annotated[Set, Tag("=set")] | Annotated[Add, Tag("=add")] | Annotated[Remove, Tag("=remove")], Discriminator(_verb)
]


class AmendmentDocument(Part):
    """A later edition as a list of changes to one pinned parent."""

    schema_: Literal[1] = Field(alias="schema")
    extends: str
    edition: str
    revision: Annotated[int, Field(ge=1, le=9999)]
    effective: Effective
    basis: Basis
    sources: dict[str, Source]
    changes: list[Change] = Field(min_length=1)
    label: Text | None = None
    issuer: Text | None = None
    checked: Date | None = None
    history: list[Revision] = []
    maturity: Literal["draft", "reviewed", "verified"] = "draft"


class Case(Part):
    """What a station with given inputs must get, to the last digit."""

    name: str
    given: dict[str, Any] = {}
    like: str | None = None
    change: dict[str, Any] = {}
    expect: dict[str, Any]


class CasesDocument(Part):
    """Tests beside the rules."""

    schema_: Literal[1] = Field(alias="schema")
    framework: str
    cases: list[Case] = Field(min_length=1)
