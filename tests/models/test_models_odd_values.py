"""Any value at any place of any file: a problem in plain words, no exception, none of pydantic's words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from site_builder.models.build import build
from site_builder.models.codes import CODES
from site_builder.models.examples import EXAMPLES
from site_builder.models.json_schema import MODELS
from site_builder.models.shape import Location
from site_builder.reading.document import Document, read_document

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2.5, 10**15, 1e300, date(2026, 1, 1), date(1, 1, 1)),
    *("", " ", "x", "é\u200b", "x" * 9000, "2026-02-30", "P99999Y", "https://", "<b>", "a\nb"),
    *([], {}, [None], [[]], [{}], {"x": None}, {"": 1}, {"@id": "x"}, {"id": None}, [1] * 600),
)
FOREIGN = re.compile(
    r"pydantic|Input should|Field required|Extra inputs|validat|NoneType|dict|tuple|None|\bstr\b|\{"
)


def _places(node: Any, location: Location = ()) -> Iterator[Location]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*location, key)
        yield from _places(value, (*location, key))


def _with(data: dict[str, Any], location: Location, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    node: Any = changed
    for step in location[:-1]:
        node = node[step]
    node[location[-1]] = copy.deepcopy(value)
    return changed


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_odd_values(kind: str) -> None:
    document, _ = read_document(f"{kind}.yaml", EXAMPLES[kind].encode())
    assert document is not None
    for location in _places(document.data):
        for value in ODD:
            odd = Document(document.path, _with(document.data, location, value), document.raw)
            item, problems = build(MODELS[kind], odd)
            assert (item is None) == any(problem.is_error for problem in problems)
            for problem in problems:
                assert problem.code in CODES, (location, value, problem)
                assert not FOREIGN.search(problem.message + problem.hint), (location, value, problem)
                assert problem.line, (location, value, problem)
                assert len(problem.message) < 400, (location, value, problem)
            fields = [problem.field for problem in problems]
            assert len(fields) == len(set(fields)), (location, value, problems)


WRITTEN = (
    *("", "~", "null", '""', "'https://xn--e1afmkfd.example/'", '"https:\\/\\/xn--e1afmkfd.example/"'),
    *(
        "https://a.example/?token=abcdefgh",
        "see https://a.example/?key=x for it",
        "[]",
        "{}",
        "[~]",
        "[a, null]",
    ),
    *('"https:\\x2f/a.example/?key=x"', '"https:/\\\n    /a.example/?key=x"', "[https://a.example/?key=x]"),
)


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_what_was_seen_as_a_file_was_read_changes_nothing(kind: str) -> None:
    lines = EXAMPLES[kind].split("\n")
    seen = 0
    for number, line in enumerate(lines):
        name = line.partition(":")[0]
        for value in WRITTEN:
            text = "\n".join([*lines[:number], f"{name}: {value}", *lines[number + 1 :]])
            document, _ = read_document(f"{kind}.yaml", text.encode())
            if document is not None:
                seen += 1
                unseen = Document(document.path, document.data, document.raw)
                assert build(MODELS[kind], document) == build(MODELS[kind], unseen)
    assert seen > 100
