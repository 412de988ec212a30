"""What `Scores.to_dict` gives, as models: they check what is read back, and the published JSON schema is made of them.

`python -m stationeval.evaluation.exchanged FOLDER` writes the schema.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

NAME = "scores-1"

Exact: TypeAlias = Annotated[str, Field(pattern=r"^-?[0-9]{1,400}(\.[0-9]{1,400}|/[0-9]{1,400})?$")]
"""An exact number as text: a decimal, or a fraction of whole numbers."""

Value: TypeAlias = Exact | bool | str | None
"""A cell: a number as exact text, a choice, text or a date as text, true or false, null where it is empty."""


class Piece(BaseModel):
    """Any piece of the document: frozen, strict, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Words(Piece):
    """Words in Chinese, English or both."""

    zh: str | None = None
    en: str | None = None


class FrameworkPin(Piece):
    """The framework that made the scores; `sha256` is of its resolved tree in canonical form."""

    id: str
    edition: str
    revision: int
    completions: list[str]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    label: Words


class StationResult(Piece):
    """One station; points are exact and over all rounds, `exact` is the total before rounding and vetoes."""

    station: str
    total: Exact
    exact: Exact
    grade: str | None
    rank: int
    vetoes: list[str]
    dimensions: dict[str, Exact]
    indicators: dict[str, Exact]
    bonus: dict[str, Exact]
    deductions: dict[str, Exact]
    gates: dict[str, Literal["met", "not met", "cannot tell"]]
    tier: str | None


class NotedPlace(Piece):
    """Where a note belongs."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: list[str | int] = []
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    input: str | None = None
    station: str | None = None


class Note(Piece):
    """What is worth saying; `values` fill the sentence of the code, which `why` is."""

    code: str
    place: NotedPlace
    value: str | None
    values: dict[str, Any]
    why: Words


class Cells(Piece):
    """Where the data came from: file, sheet, the rows in the sheet, the letters of its columns."""

    file: str | None
    sheet: str | None
    rows: list[int] | None
    letters: list[str]
    header: int | None
    columns: dict[str, int]


class TableData(Piece):
    """A table as it was read, column by column; a row is a station, or a station in a round."""

    kind: str
    stations: list[str]
    rounds: list[str] | None
    inputs: dict[str, list[Value]]
    kept: dict[str, list[str | None]]
    cells: Cells
    notes: list[Note]


class ScoresDocument(Piece):
    """Scores with the data that they were made from, so that anybody can make them again."""

    schema_: Annotated[Literal["scores-1"], Field(alias="schema")]
    signature: str
    framework: FrameworkPin
    round: str | None
    stations: list[StationResult]
    notes: list[Note]
    data: TableData
    ratings: TableData | None


def schema_text() -> str:
    """The JSON schema as it is checked in."""
    made = ScoresDocument.model_json_schema(by_alias=True)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{NAME}.json", **made}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1], f"{NAME}.json").write_text(schema_text(), encoding="utf-8")
