"""The stack diagram: two steps each way, sums of hours only where they are honest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.pages import all_pages
from site_builder.pages.stack import Node, stack_around
from tests.pages.html import read_html
from tests.pages.sample import AT, sample_catalog

SAMPLE = sample_catalog()
Tree = list[tuple[str, "Tree"]]


def catalog_of(stacks: Mapping[str, tuple[float | None, tuple[str, ...]]]) -> Catalog:
    """Return a catalog with a credential per name: its hours, and what it stacks from."""
    model = SAMPLE.newest("tables")
    items = []
    for name, (hours, parts) in stacks.items():
        spec = model.spec.model_dump(mode="python", exclude_none=True) | {"id": name, "name": name.upper()}
        spec |= {"workload": {"hours": hours} if hours else None}
        spec |= {"requires": {"all": parts} if parts else None}
        items.append(replace(model, spec=type(model.spec).model_validate(spec)))
    return replace(SAMPLE, achievements={item.key: item for item in items}, awards={})


CATALOG = catalog_of(
    {
        "a": (5.0, ()),
        "b": (7.0, ()),
        "ab": (20.0, ("a", "b")),
        "c": (8.5, ()),
        "abc": (40.0, ("ab", "c")),
        "all": (90.0, ("abc",)),
        "top": (95.0, ("all",)),
    }
)


def shape(nodes: tuple[Node, ...]) -> Tree:
    return [(node.item.spec.id, shape(node.further)) for node in nodes]


def test_two_steps_each_way_in_the_authors_order() -> None:
    stack = stack_around(CATALOG.newest("abc"), CATALOG)
    assert shape(stack.parts) == [("ab", [("a", []), ("b", [])]), ("c", [])]
    assert shape(stack.wholes) == [("all", [("top", [])])]
    assert stack_around(CATALOG.newest("top"), CATALOG).parts[0].further[0].further == ()


def test_hours_of_the_direct_parts_are_summed_once() -> None:
    assert stack_around(CATALOG.newest("abc"), CATALOG).hours == 28.5
    assert stack_around(CATALOG.newest("a"), CATALOG).hours is None


@pytest.mark.parametrize(
    ("stacks", "shared"),
    [
        ({"a": (5.0, ()), "b": (None, ()), "w": (9.0, ("a", "b"))}, False),
        ({"a": (5.0, ()), "b": (6.0, ()), "w": (9.0, ("a", "b"))}, False),
        ({"a": (5.0, ()), "b": (6.0, ()), "w": (None, ("a", "b"))}, False),
        ({"a": (5.0, ()), "w": (9.0, ("a", "gone"))}, False),
        ({"a": (5.0, ()), "b": (6.0, ("a",)), "c": (6.0, ("a",)), "w": (90.0, ("b", "c"))}, True),
        ({"a": (5.0, ()), "b": (6.0, ("a",)), "w": (90.0, ("a", "b"))}, True),
    ],
    ids=["one without hours", "more than the whole", "whole without", "part gone", "shared", "part of part"],
)
def test_no_sum_where_it_would_not_be_honest(
    stacks: Mapping[str, tuple[float | None, tuple[str, ...]]], shared: bool
) -> None:
    catalog = catalog_of(stacks)
    stack = stack_around(catalog.newest("w"), catalog)
    assert (stack.hours, stack.shared) == (None, shared)


def test_an_earlier_version_leads_nowhere_by_itself() -> None:
    earlier = replace(CATALOG.newest("ab"), is_current=False)
    stack = stack_around(earlier, CATALOG)
    assert shape(stack.parts) == [("a", []), ("b", [])]
    assert stack.wholes == ()


def test_a_ring_that_checks_let_through_would_end() -> None:
    ring = catalog_of({"a": (5.0, ("b",)), "b": (5.0, ("a",))})
    assert shape(stack_around(ring.newest("a"), ring).parts) == [("b", [("a", [])])]


def test_every_node_is_a_link_with_art_kind_and_hours_and_the_present_one_is_marked() -> None:
    page = next(page for page in all_pages(CATALOG, AT) if page.key == "credentials/abc/index.html")
    nodes = [tag for tag in read_html(page.html).all("a") if tag.attributes.get("class") == "bp-stack__node"]
    assert [tag.attributes["href"] for tag in nodes] == [
        "../ab/", "../a/", "../b/", "../c/", "./", "../all/", "../top/",
    ]  # fmt: skip
    assert [tag.attributes["href"] for tag in nodes if "aria-current" in tag.attributes] == ["./"]
    diagram = page.html.split('<div class="bp-stack">')[1].split("</section>\n</div>")[0]
    assert diagram.count("<img ") == len(nodes)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", diagram))
    assert "AB Microcredential · 20 hours" in words
    assert "28.5 hours of its 40 hours are the work in these parts." in words


def test_shared_parts_are_told_instead_of_a_sum() -> None:
    stacks: dict[str, tuple[float | None, tuple[str, ...]]] = {
        "a": (5.0, ()),
        "b": (6.0, ("a",)),
        "w": (90.0, ("a", "b")),
    }
    html = next(p.html for p in all_pages(catalog_of(stacks), AT) if p.key == "credentials/w/index.html")
    assert "You earn that one once, and it counts for each." in html
    assert "of its 90 hours" not in html


def test_what_stands_alone_has_no_diagram() -> None:
    alone = catalog_of({"a": (5.0, ())})
    item: Achievement = alone.newest("a")
    assert (stack_around(item, alone).parts, stack_around(item, alone).wholes) == ((), ())
    assert all("bp-stack" not in page.html for page in all_pages(alone, AT))
