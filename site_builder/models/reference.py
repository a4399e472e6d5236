"""The reference page: every field of every file, in words for authors, made from the models themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from site_builder.models.codes import CODES
from site_builder.models.examples import EXAMPLES
from site_builder.models.json_schema import MODELS, Schema, schema_files, whole_schema
from site_builder.models.rules import WORDS
from site_builder.models.shape import either

PAGE = "docs/reference/formats.md"

_HEAD = """\
# File formats

<!-- Made by `badgepress schema` from site_builder/models/. Do not edit: the next run writes it anew. -->

This page lists every field of every file that authors write. Files are YAML: a field, a colon, a value.
Letter case matters, and a field that is not listed here is refused. A field that is not needed can be left
out, but must not be left empty.

Editors that know JSON Schema (VS Code with the YAML extension) offer the fields and show this help while
you type, if the first line of the file names its schema:

"""
_CODES_HEAD = """\
## Problem codes

Each message of `badgepress check` tells the file, the line, what is wrong and what to write instead. With
`--json` it also carries one of these codes.

| code | what it means |
| --- | --- |
"""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the page says of one kind of file before its fields."""

    title: str
    place: str
    intro: str
    header: str


_KINDS = {
    "credential": _Kind(
        "Credential",
        "`credentials/<id>.yaml`, its image beside it; earlier versions in `credentials/<id>/`."
        " In the same way a school's own stand in `credentials/<owner>/`",
        "One file describes one microcredential: what it is called, what its holder can do, how it is earned."
        " Once a version has been awarded, it never changes: copy the file to"
        " `credentials/<id>/<version>.yaml`, then write the new version in `credentials/<id>.yaml`.",
        "../docs/schemas/credential.json",
    ),
    "framework": _Kind(
        "Framework",
        "`frameworks/<id>.yaml`",
        "A framework lists competencies and says for each what someone can do at three levels."
        " Credentials refer to them by id.",
        "../docs/schemas/framework.json",
    ),
    "award": _Kind(
        "Award file",
        "`issued/<year>/<batch>.yaml`; awards of a credential in `credentials/<owner>/` stand in"
        " `issued/<year>/<owner>/<batch>.yaml`",
        "One file holds the awards of one cohort."
        " It holds no name and no e-mail address. After review it is append-only: the only"
        " edits are `revoked` and `replaced_by`.",
        "../../docs/schemas/award.json",
    ),
    "issuer": _Kind(
        "Issuer",
        "`credentials/issuer.yaml`",
        "This file describes the institution that awards, and lists the public keys that verify its badges.",
        "../docs/schemas/issuer.json",
    ),
}


def generated_files() -> dict[str, bytes]:
    """Return every generated file under ``docs/``, by its path in the repository."""
    return {**schema_files(), PAGE: reference_page().encode()}


def reference_page() -> str:
    """Return the reference page as Markdown: the kinds of file, their fields, and the problem codes."""
    headers = "".join(_header_line(kind) for kind in _KINDS.values())
    kinds = "".join(_kind_section(key, _KINDS[key]) for key in MODELS)
    codes = "".join(f"| `{code}` | {words} |\n" for code, words in sorted(CODES.items()))
    return f"{_HEAD}{headers}\n{kinds}{_CODES_HEAD}{codes}"


def _header_line(kind: _Kind) -> str:
    return f"- {kind.title}: `# yaml-language-server: $schema={kind.header}`\n"


def _kind_section(key: str, kind: _Kind) -> str:
    schema = whole_schema(MODELS[key])
    parts = "".join(
        f"### {kind.title}: `{name}`\n\n{inner['description']}\n\n{_table(kind, inner)}"
        for name, inner in _nested(schema)
    )
    example = f"A small file that is correct:\n\n```yaml\n{EXAMPLES[key]}```\n\n"
    head = f"## {kind.title}\n\n{kind.intro}\n\nIt stands in {kind.place}.\n\n"
    return f"{head}{_table(kind, schema)}{example}{parts}"


def _nested(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield each mapping inside, with its field's name: once, even where two fields hold the same kind."""
    seen: set[str] = set()
    todo = [schema]
    while todo:
        for name, value in todo.pop(0)["properties"].items():
            inner = _mapping_in(value)
            if inner is not None and name not in seen:
                seen.add(name)
                todo.append(inner)
                yield name, inner


def _mapping_in(value: Schema) -> Schema | None:
    inner = value.get("items", value)
    for keyed in inner.get("patternProperties", {}).values():
        inner = keyed
    return inner if "properties" in inner else None


def _table(kind: _Kind, schema: Schema) -> str:
    needed = schema.get("required", [])
    rows = "".join(
        f"| `{name}` | {_what_to_write(kind, name, value)} | {'yes' if name in needed else 'no'} |\n"
        for name, value in schema["properties"].items()
    )
    return f"| field | what to write | needed? |\n| --- | --- | --- |\n{rows}\n"


def _what_to_write(kind: _Kind, name: str, value: Schema) -> str:
    sentences = [value["description"], _form(kind, name, value)]
    if value.get("default"):
        sentences.append(f"If left out: {_word(value['default'])}.")
    return " ".join(sentences).replace("|", "\\|").replace("\n", " ")


def _form(kind: _Kind, name: str, value: Schema) -> str:
    """Return what the value looks like, as a sentence."""
    if value["type"] == "array":
        return f"A list{_amount(value)}. Each entry: {_entry(kind, name, value['items'])}."
    if "properties" in value:
        return f"A mapping, see {_link(kind, name)}."
    if "patternProperties" in value:
        return f"A mapping: {_words(value)}, see {_link(kind, name)}."
    words = _words(value)
    return f"{words[:1].upper()}{words[1:]}."


def _entry(kind: _Kind, name: str, items: Schema) -> str:
    return f"a mapping, see {_link(kind, name)}" if "properties" in items else _words(items)


def _words(value: Schema) -> str:
    if "enum" in value:
        return "one of " + either(tuple(_word(choice) for choice in value["enum"]))
    return str(value[WORDS])


def _amount(value: Schema) -> str:
    least = " with at least one entry" if value.get("minItems") else ""
    most = f", at most {value['maxItems']}" if "maxItems" in value else ""
    return least + most


def _word(choice: Any) -> str:
    return f"`{choice}`"


def _link(kind: _Kind, name: str) -> str:
    """Return a link to the section of a nested mapping; MkDocs makes the anchor of the heading's words."""
    anchor = f"{kind.title} {name}".lower().replace(" ", "-")
    return f"[`{name}`](#{anchor})"
