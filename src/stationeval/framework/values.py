"""The smallest parts of a framework: exact numbers, two-language text, the unknown, and what a value rests on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    Tag,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from typing_extensions import TypeVar

from stationeval.messages import Language


class Part(BaseModel):
    """Any piece of a document: frozen, strict, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True, defer_build=True)


class _NumberSchema:
    @staticmethod
    def __get_pydantic_json_schema__(_schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "number"}


def _number(value: Any) -> Fraction:
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    raise PydanticCustomError("expected-number", "not a number")


Number: TypeAlias = Annotated[Fraction, PlainValidator(_number), _NumberSchema]
"""An exact number, written as a plain integer or decimal."""

DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
CODE = r"^[1-9][0-9]{5}$"
DURATION = r"^P([0-9]+Y)?([0-9]+M)?([0-9]+D)?$"

Date: TypeAlias = Annotated[str, Field(pattern=DATE)]
"""A day, `2021-01-31`; kept as text, so that nothing depends on a calendar or a zone."""

Id: TypeAlias = Annotated[str, Field(pattern=ID)]
"""A flat, lower-case name, for ever."""


class Text(Part):
    """Words in Chinese, English or both."""

    zh: str | None = None
    en: str | None = None

    @model_validator(mode="after")
    def _something(self) -> Text:
        if self.zh is None and self.en is None:
            raise PydanticCustomError("no-text", "neither zh nor en")
        return self

    def say(self, lang: Language = "zh") -> str:
        """The words in one language, or in the other where that is all there is."""
        return (self.zh or self.en or "") if lang == "zh" else (self.en or self.zh or "")


Why: TypeAlias = Literal["not-published", "not-found", "lost-in-source", "ambiguous"]
Status: TypeAlias = Literal["documented", "inferred", "assumed"]


class Unknown(Part):
    """A value the issuer did not publish or that did not reach us.

    `between` bounds it; `reading` is our best guess, shown and never used on its own.
    """

    unknown: Why
    between: tuple[Number, Number] | None = None
    reading: Number | str | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("between"), list):
            return {**value, "between": tuple(value["between"])}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Unknown:
        if self.between is not None and self.between[0] > self.between[1]:
            raise PydanticCustomError("bounds-crossed", "bounds crossed")
        return self


def is_unknown(value: Any) -> bool:
    """Whether a plain value of the tree is written `{unknown: …}`."""
    return isinstance(value, dict) and "unknown" in value


def _known_or_not(value: Any) -> str:
    return "=unknown" if isinstance(value, Unknown) or is_unknown(value) else "=known"


T = TypeVar("T")
Maybe: TypeAlias = Annotated[
    Annotated[T, Tag("=known")] | Annotated[Unknown, Tag("=unknown")], Discriminator(_known_or_not)
]
"""A value or the statement that it is unknown."""


class Ground(Part):
    """What a value rests on: status, source, place in it, words quoted from it.

    `facts` names rows of the fact table that ships beside the frameworks.
    """

    status: Status
    cite: str | None = None
    facts: tuple[str, ...] = ()
    locator: str | None = None
    quote: Text | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _tuples(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("facts"), list):
            return {**value, "facts": tuple(value["facts"])}
        return value


def _status_or_ground(value: Any) -> str:
    return "=ground" if isinstance(value, dict | Ground) else "=status"


FieldGround: TypeAlias = Annotated[
    Annotated[Status, Tag("=status")] | Annotated[Ground, Tag("=ground")], Discriminator(_status_or_ground)
]


class Basis(Ground):
    """What a node's own values rest on: its scalars, its rule and its conditions, never the nodes inside it.

    `fields` gives single fields another status or another ground, by their path inside the node (`points`,
    `rule.target`, `requires[0].at_least`).
    """

    fields: dict[str, FieldGround] = {}
