"""The JSON Schemas that editors read: true to the models, and written in the words of draft-07."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from site_builder.models.examples import EXAMPLES
from site_builder.models.json_schema import MODELS, schema_files, schemas
from site_builder.reading.document import read_document
from tests.support.repos import valid

KINDS = sorted(MODELS)


def _faults(kind: str, data: object) -> list[str]:
    """Return what an editor underlines; dates are text to it, as YAML 1.2 reads them."""
    as_json = json.loads(json.dumps(data, default=str))
    return [error.message for error in Draft7Validator(schemas()[kind]).iter_errors(as_json)]


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(inner)


def _data(text: str) -> dict[str, Any]:
    document, problems = read_document("x.yaml", text.encode())
    assert document is not None
    assert problems == []
    return copy.deepcopy(document.data)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_draft_07(kind: str) -> None:
    schema = schemas()[kind]
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"] == f"urn:badgepress:schema:{kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_schema_needs_looking_up(kind: str) -> None:
    words = {word for part in _parts(schemas()[kind]) for word in part}
    assert words.isdisjoint({"$ref", "$defs", "definitions", "anyOf", "x-words"})


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapping_is_closed_and_every_field_told(kind: str) -> None:
    for part in _parts(schemas()[kind]):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            for name, field in part.get("properties", {}).items():
                assert field["description"], name
                assert field["title"], name
                assert field.get("default", "") is not None, name


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_passes(kind: str) -> None:
    assert _faults(kind, _data(EXAMPLES[kind])) == []


def test_a_valid_repository_passes() -> None:
    for path, text in valid().items():
        kinds = {"frameworks": "framework", "issued": "award", "credentials": "credential"}
        kind = "issuer" if path.endswith("issuer.yaml") else kinds.get(path.split("/")[0])
        if kind and path.endswith(".yaml"):
            assert _faults(kind, _data(text)) == [], path


@pytest.mark.parametrize("kind", KINDS)
def test_each_needed_field_is_missed_and_no_other(kind: str) -> None:
    model = MODELS[kind]
    example = _data(EXAMPLES[kind])
    for name, field in model.model_fields.items():
        without = {key: value for key, value in example.items() if key != name}
        assert bool(_faults(kind, without)) == field.is_required(), name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "expert"),
        ("version", 1.0),
        ("version", "v1"),
        ("id", "Data"),
        ("competencies", []),
        ("name", "x" * 201),
        ("name", ""),
        ("name", None),
        ("valid_for", None),
        ("valid_for", "P"),
        ("language", "english"),
        ("Name", "x"),
        ("workload", {"hours": 0}),
        ("enrol", "http://example.org/"),
    ],
)
def test_editors_underline_what_the_press_refuses(field: str, value: object) -> None:
    assert _faults("credential", {**_data(EXAMPLES["credential"]), field: value})


def test_hover_help_says_what_the_field_is_for_and_what_to_write() -> None:
    name = schemas()["credential"]["properties"]["valid_for"]
    assert name["markdownDescription"] == (
        "How long an award stays valid, such as P3Y. Leave it out if it never expires.\n\n"
        "*A period such as P3Y (three years), P18M (months), P6W (weeks) or P90D (days), at most 100 years.*"
    )
    assert name["examples"] == ["P3Y", "P18M"]


@pytest.mark.parametrize("kind", KINDS)
def test_examples_in_a_schema_pass_it(kind: str) -> None:
    for part in _parts(schemas()[kind]):
        for example in part["examples"] if isinstance(part.get("examples"), list) else []:
            assert list(Draft7Validator(part).iter_errors(example)) == [], example


def test_files_are_pretty_and_the_same_each_time() -> None:
    files = schema_files()
    assert sorted(files) == [f"docs/schemas/{kind}.json" for kind in KINDS]
    for path, raw in files.items():
        assert raw.endswith(b"}\n"), path
        assert raw.startswith(b'{\n  "$id": "urn:badgepress:schema:'), path
        assert list(json.loads(raw)["properties"])[:2] != sorted(json.loads(raw)["properties"])[:2], path
    assert schema_files() == files


def test_the_files_in_docs_are_fresh() -> None:
    root = Path(__file__).resolve().parents[2]
    for path, raw in schema_files().items():
        assert (root / path).read_bytes() == raw, f"{path} is stale: run 'badgepress schema'"
