"""JSON Schemas of the authors' formats, for editors: completion, hover help and red lines while typing.

Draft-07, because that is what the YAML extension of VS Code (yaml-language-server) speaks unless it is told
otherwise. Nested mappings are written out where they stand instead of by ``$ref``: draft-07 forgets a
description that stands beside a ``$ref``, and hover help is made of descriptions.
"""

from __future__ import annotations

import json
from typing import Any

from site_builder.models.award import AwardFile
from site_builder.models.credential import CredentialSpec
from site_builder.models.fields import Model
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.rules import WORDS

Schema = dict[str, Any]

FOLDER = "docs/schemas"
MODELS: dict[str, type[Model]] = {
    "credential": CredentialSpec,
    "framework": Framework,
    "award": AwardFile,
    "issuer": Issuer,
}
"""The kinds of file that have a schema."""

_TITLES = {
    "credential": "Credential spec",
    "framework": "Competency framework",
    "award": "Award file",
    "issuer": "Issuer",
}


def schemas() -> dict[str, Schema]:
    """Return the JSON Schema (draft-07) of each kind of file, by the keys of :data:`MODELS`."""
    return {key: _for_editors(key, whole_schema(model)) for key, model in MODELS.items()}


def schema_files() -> dict[str, bytes]:
    """Return the schemas as files, by their path in the repository: the same bytes on every machine."""
    return {f"{FOLDER}/{key}.json": _as_bytes(schema) for key, schema in schemas().items()}


def whole_schema(model: type[Model]) -> Schema:
    """Return the schema of ``model`` with every nested mapping in place, and without ``null``.

    An optional field may be left out, but not left empty; pydantic's schema would allow both.
    """
    schema = model.model_json_schema()
    whole = _written_out(schema, schema.pop("$defs", {}))
    if not isinstance(whole, dict):
        raise TypeError(f"the schema of {model.__name__} is no mapping")
    return whole


def _written_out(node: Any, definitions: Schema) -> Any:
    """Return ``node`` with each ``$ref``, and each choice of a value or ``null``, replaced by its meaning."""
    if isinstance(node, list):
        return [_written_out(inner, definitions) for inner in node]
    if not isinstance(node, dict):
        return node
    named = {key: value for key, value in node.items() if key not in ("$ref", "anyOf")}
    meant: Schema = {}
    if "$ref" in node:
        meant = definitions[node["$ref"].rpartition("/")[2]]
    elif "anyOf" in node:
        (meant,) = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
        named.pop("default", None)
    inside = _written_out(meant, definitions) if meant else {}
    return {**inside, **{key: _written_out(value, definitions) for key, value in named.items()}}


def _for_editors(key: str, schema: Schema) -> Schema:
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:badgepress:schema:{key}",
        **_with_help(schema),
    }
    return {**head, "title": _TITLES[key]}


def _with_help(node: Any) -> Any:
    """Return ``node`` with hover help: what the field is for, and below it what may be written."""
    if isinstance(node, list):
        return [_with_help(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    helped = {key: _with_help(value) for key, value in node.items() if key != WORDS}
    words = node.get(WORDS) or node.get("items", {}).get(WORDS)
    if words and "description" in node:
        helped["markdownDescription"] = f"{node['description']}\n\n*{words[:1].upper()}{words[1:]}.*"
    return helped


def _as_bytes(schema: Schema) -> bytes:
    return (json.dumps(_in_order(schema), indent=2, ensure_ascii=False) + "\n").encode()


def _in_order(node: Any, *, names: bool = False) -> Any:
    """Return ``node`` with its keywords sorted; the names of fields stay in the author's order."""
    if isinstance(node, list):
        return [_in_order(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if names else sorted(node)
    return {key: _in_order(node[key], names=key == "properties" and not names) for key in keys}
