"""JSON Schemas of the documents, made from the models: for editors, and for readers that are not Python.

`python -m stationeval.framework.schema FOLDER` writes them.
"""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from stationeval.framework.documents import AmendmentDocument, CasesDocument, CompletionDocument, Document
from stationeval.framework.values import Part

VERSION = 1
DOCUMENTS: dict[str, type[Part]] = {
    "framework": Document,
    "completion": CompletionDocument,
    "amendment": AmendmentDocument,
    "cases": CasesDocument,
}


class _Plain(GenerateJsonSchema):
    """Without `null`, which a file never says, and without defaults, which are the library's affair."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a document: `framework`, `completion`, `amendment` or `cases`.

    Examples
    --------
    >>> schema("completion")["required"][:2]
    ['schema', 'completes']
    """
    made = DOCUMENTS[name].model_json_schema(by_alias=True, schema_generator=_Plain)
    return {"$schema": _Plain.schema_dialect, "$id": f"{name}-{VERSION}.json", **made}


def texts() -> dict[str, str]:
    """The files as they are checked in, by name."""
    return {
        f"{name}-{VERSION}.json": json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for name in DOCUMENTS
    }


def main(arguments: list[str]) -> None:
    """Write the schemas to a folder."""
    folder = pathlib.Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
