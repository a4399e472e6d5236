"""What a credential stacks from."""

from __future__ import annotations

from itertools import pairwise

from site_builder.problems import has_errors
from tests.support.repos import Files, catalog_of, changed, credential, resolved, told, valid

STACK = "credentials/literacy.yaml"
SMALLER = "stack smaller credentials into larger ones"


def _with(*specs: tuple[str, str, tuple[str, ...]]) -> Files:
    return {
        **valid(),
        **{f"credentials/{name}.yaml": credential(name, kind, parts) for name, kind, parts in specs},
    }


def test_an_unknown_part_is_told_at_the_credential_only() -> None:
    assert told(changed(STACK, "- charts", "- chart")) == [
        f"{STACK}:28: part 'chart' does not exist | did you mean 'charts'?"
    ]


def test_a_part_listed_twice() -> None:
    assert told(changed(STACK, "- charts\n", "- charts\n    - charts\n")) == [
        f"{STACK}:29: part 'charts' is listed twice | remove one of the two"
    ]


def test_the_wrong_direction() -> None:
    files = _with(("a-nano", "nanocredential", ("b-micro",)), ("b-micro", "microcredential", ("charts",)))
    assert told(files) == [
        "credentials/a-nano.yaml:28: a nanocredential cannot stack from 'b-micro', which is a microcredential"
        f" | {SMALLER}"
    ]


def test_the_same_kind() -> None:
    files = _with(("b-micro", "microcredential", ("literacy",)))
    assert told(files) == [
        "credentials/b-micro.yaml:28: a microcredential cannot stack from 'literacy',"
        f" which is a microcredential | {SMALLER}"
    ]


def test_a_circle_of_one() -> None:
    files = _with(("a", "microcredential", ("charts", "a")))
    assert told(files) == ["credentials/a.yaml:29: a lists itself as its part | remove this part"]


def test_a_circle_of_two() -> None:
    files = _with(("a", "microcredential", ("b",)), ("b", "microcredential", ("a",)))
    assert told(files) == [
        "credentials/a.yaml:28: the parts form a circle: a -> b -> a | remove one of these parts"
    ]


def test_a_circle_of_three_names_the_arrow_that_closes_it_once() -> None:
    files = _with(
        ("a", "stacked-microcredential", ("charts", "b")),
        ("b", "microcredential", ("c",)),
        ("c", "nanocredential", ("a",)),
    )
    assert told(files) == [
        "credentials/a.yaml:29: the parts form a circle: a -> b -> c -> a | remove one of these parts"
    ]


def test_two_circles_are_both_told() -> None:
    files = _with(
        ("a", "microcredential", ("a",)), ("b", "microcredential", ("c",)), ("c", "microcredential", ("b",))
    )
    assert told(files) == [
        "credentials/a.yaml:28: a lists itself as its part | remove this part",
        "credentials/b.yaml:28: the parts form a circle: b -> c -> b | remove one of these parts",
    ]


def test_a_wrong_direction_beside_a_circle_is_told_too() -> None:
    files = _with(
        ("a", "microcredential", ("b",)),
        ("b", "microcredential", ("a",)),
        ("c", "microcredential", ("a",)),
    )
    assert told(files) == [
        "credentials/a.yaml:28: the parts form a circle: a -> b -> a | remove one of these parts",
        "credentials/c.yaml:28: a microcredential cannot stack from 'a', which is a microcredential"
        f" | {SMALLER}",
    ]


def test_a_long_way_down_is_no_danger() -> None:
    names = [f"n{number:04}" for number in range(1500)]
    chain = [(name, "microcredential", (after,)) for name, after in pairwise(names)]
    problems = resolved(_with(*chain, (names[-1], "microcredential", (names[0],))))[1]
    assert [problem.code for problem in problems] == ["stack-cycle"]


def test_a_diamond_is_accepted() -> None:
    files = _with(
        ("left", "microcredential", ("charts",)),
        ("right", "microcredential", ("charts", "asking")),
        ("top", "stacked-microcredential", ("left", "right", "charts")),
    )
    catalog = catalog_of(files)
    assert catalog.newest("top").part_ids == ("left", "right", "charts")
    assert [item.spec.id for item in catalog.stacks_into("charts")] == ["left", "literacy", "right", "top"]


def test_a_part_whose_file_comes_later_is_accepted() -> None:
    files = _with(("a-first", "microcredential", ("z-last",)), ("z-last", "nanocredential", ()))
    assert not has_errors(resolved(files)[1])


def test_a_draft_part() -> None:
    files = _with(("d", "nanocredential", ()), ("m", "microcredential", ("d",)))
    files = changed("credentials/d.yaml", "language: en", "status: draft\nlanguage: en", files)
    assert told(files) == [
        "credentials/m.yaml:28: part 'd' is a draft, and this credential is not"
        " | set the part's status to active first"
    ]
    files = changed("credentials/m.yaml", "language: en", "status: draft\nlanguage: en", files)
    assert told(files) == []


def test_parts_of_earlier_versions_must_exist_too() -> None:
    files = _with(("m", "microcredential", ("charts",)))
    files["credentials/m/0.9.yaml"] = credential("m", "microcredential", ("gone",)).replace('"1.0"', '"0.9"')
    assert told(files) == [
        "credentials/m/0.9.yaml:28: part 'gone' does not exist | known: asking, charts, literacy, m"
    ]
