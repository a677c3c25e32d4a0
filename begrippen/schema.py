"""The JSON Schema of a model as text, with which an editor completes fields and values."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel


def drop_docstring(schema: dict[str, Any]) -> None:
    """Leave out what is for who reads the code; the schema explains the fields, in Dutch (`json_schema_extra`)."""
    schema.pop("description", None)


def make_schema(model: type[BaseModel], titel: str, indent: int = 2) -> str:
    """The JSON Schema of `model` as the text of a file, named `titel`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps({**schema, "title": titel}, indent=indent, ensure_ascii=False) + "\n"
