"""The reference page and its examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.models.build import build
from site_builder.models.codes import CODES
from site_builder.models.descriptions import descriptions
from site_builder.models.examples import EXAMPLES
from site_builder.models.json_schema import MODELS
from site_builder.models.reference import PAGE, generated_files, reference_page
from site_builder.reading.document import read_document

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_each_example_is_correct(kind: str) -> None:
    document, problems = read_document(f"{kind}.yaml", EXAMPLES[kind].encode())
    assert document is not None
    item, more = build(MODELS[kind], document)
    assert [*problems, *more] == []
    assert item is not None


def test_each_field_of_each_model_stands_on_the_page() -> None:
    page = reference_page()
    for model in MODELS.values():
        for name in model.model_fields:
            assert f"| `{name}` | {descriptions(model)[name]}" in page


def test_a_row_tells_what_to_write() -> None:
    assert (
        "| `status` | A draft is not published; a retired credential keeps its page but can no longer be"
        " awarded. One of `draft`, `active` or `retired`. If left out: `active`. | no |\n"
    ) in reference_page()
    assert (
        "| `competencies` | What the holder can do: the learning outcomes. A list with at least one entry."
        " Each entry: a mapping, see [`competencies`](#credential-competencies). | yes |\n"
    ) in reference_page()


def test_each_link_leads_to_one_heading() -> None:
    page = reference_page()
    headings = re.findall("^#+ (.*)$", page, re.MULTILINE)
    anchors = [re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings]
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\(#([^)]*)\)", page)) <= set(anchors)


def test_each_problem_code_stands_on_the_page() -> None:
    for code, words in CODES.items():
        assert f"| `{code}` | {words} |" in reference_page()


def test_the_page_in_docs_is_fresh() -> None:
    for path, raw in generated_files().items():
        assert (ROOT / path).read_bytes() == raw, f"{path} is stale: run 'badgepress schema'"
    assert PAGE in generated_files()
