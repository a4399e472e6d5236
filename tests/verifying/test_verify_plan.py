"""In which order badges are looked at, what is kept of parts, and that neither changes a verdict."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.assembling.addresses import award_json
from site_builder.proof import eddsa
from site_builder.proof.canonical import canonical_nquads
from site_builder.proof.multibase import digest_multibase
from site_builder.proof.strict_json import dump
from site_builder.verifying import plan as planning
from site_builder.verifying.plan import Glance, Plan, glance
from site_builder.verifying.run import Run
from site_builder.verifying.sources import Copy, FolderSource
from site_builder.verifying.stack import STANDINGS, Part
from site_builder.verifying.standings import Standings
from site_builder.verifying.verify import Report, verify_credential, verify_site
from tests.verifying.crowd import Crowd, crowd
from tests.verifying.world import BASE, ISSUE, NOW, Json, World, award_of


def plan_of(parts: Mapping[int, Sequence[int]], marks: Sequence[int]) -> Plan:
    names = [f"n{place}" for place in range(len(marks))]
    named = {place: [f"n{part}" for part in pinned] for place, pinned in parts.items()}
    half = len(marks) // 2
    first = {place: pinned for place, pinned in named.items() if place < half}
    second = {place - half: pinned for place, pinned in named.items() if place >= half}
    return Plan(names, iter([glance_of(marks[:half], first), glance_of(marks[half:], second)]))


def glance_of(marks: Sequence[int], parts: dict[int, list[str]]) -> Glance:
    found = glance([], BASE)
    found.marks.extend(marks)
    return Glance(found.marks, parts)


GRAPHS = st.integers(0, 30).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 5), min_size=count, max_size=count),
        st.dictionaries(st.integers(0, max(count - 1, 0)), st.lists(st.integers(0, 40), max_size=4)),
    )
)


@settings(deadline=None)
@given(GRAPHS, st.booleans())
def test_every_badge_is_looked_at_once_and_parts_first(
    graph: tuple[list[int], dict[int, list[int]]], thorough: bool
) -> None:
    marks, parts = graph
    parts = {place: pinned for place, pinned in parts.items() if place < len(marks)}
    plan = plan_of(parts, marks)
    rounds = list(plan.rounds(thorough=thorough))
    seen: list[int] = []
    for number, lots in enumerate(rounds):
        before, here = set(seen), [place for lot in lots for place in lot.places]
        seen += here
        for place in here if number < len(rounds) - 1 else ():
            assert set(plan.parts(place)) <= before
    assert sorted(seen) == list(range(len(marks)))
    pinned = {part for stack in parts.values() for part in stack if part < len(marks)}
    assert {place for place in range(len(marks)) if plan.is_pinned(place)} == pinned


def test_like_badges_stand_together_and_shapes_of_few_are_not_learnt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "BATCH", 4)
    monkeypatch.setattr(planning, "SLOW_BATCH", 2)
    [lots, *_] = plan_of({}, [1, 2, 3, 2, 1, 2, 1, 4, 5, 5, 1, 1, 6]).rounds()
    assert [(list(lot.places), lot.learns) for lot in lots] == [
        ([2, 7], False),
        ([8, 9], False),
        ([12], False),
        ([0, 4, 6, 10], True),
        ([11], True),
        ([1, 3, 5], True),
    ]
    [lots, *_] = plan_of({}, [1] * 5).rounds(thorough=True)
    assert [(list(lot.places), lot.learns) for lot in lots] == [
        ([0, 1], False),
        ([2, 3], False),
        ([4], False),
    ]


def test_a_glance_tells_shapes_and_parts() -> None:
    found = glance([crowd().files[path] for path in crowd().badges] + [b"", b'{"relatedResource":['], BASE)
    assert len(found.marks) == len(crowd().badges) + 2
    assert len(set(found.marks[:-2])) == 6
    stacks = {place: crowd().get(path).get("relatedResource") for place, path in enumerate(crowd().badges)}
    assert {place: [BASE + award_json(name) for name in names] for place, names in found.parts.items()} == {
        place: [part["id"] for part in parts] for place, parts in stacks.items() if parts
    } | {len(crowd().badges) + 1: []}


def test_standings_are_kept_as_they_are() -> None:
    kept = Standings(10)
    for place, fault in enumerate(STANDINGS):
        part = Part(bytes([place]) * 32, f"u{place}", fault, place % 6, place * 50)
        kept.put(place, f"u{place}", part)
        assert kept.get(place, f"u{place}") == part
    kept.put(7, "https://a.example/", Part(bytes(32), "https://b.example/", None))
    assert kept.get(7, "https://a.example/") is None
    assert kept.get(9, "u9") is None


# However badges are built on one another, each is judged in its site as it is alone.

_LINES: dict[str, str] = {}


@pytest.fixture
def canonical_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the canonical lines of a document be made once: each badge is signed, and looked at by many.

    They are those that the library makes of these very bytes. What follows from them is asked each time.
    """

    def kept(document: Mapping[str, Any], *, extra_contexts: Mapping[str, bytes] | None = None) -> str:
        key = json.dumps([document, sorted(extra_contexts or ())])
        if key not in _LINES:
            _LINES[key] = canonical_nquads(document, extra_contexts=extra_contexts)
        return _LINES[key]

    monkeypatch.setattr(eddsa, "canonical_nquads", kept)


def tower(height: int, *, width: int = 1) -> Iterator[Json]:
    """Yield award files of a badge that is built on one, that is built on one, and so on."""
    below: list[str] = []
    for number in range(height):
        awards = [f"{(number * 7 + step) % 97:08d}-1111-4111-8111-{step:012d}" for step in range(width)]
        made = [award_of(award, number * width + step, **({"parts": below} if below else {}))
                for step, award in enumerate(awards)]  # fmt: skip
        file = {"version": "1.0", "issued_on": "2026-03-01", "assessed_by": "A", "awards": made}
        yield {"credential": "people" if below else "listening", **file}
        below = awards


def badges(world: World) -> list[str]:
    return [path for path in world.files if path.endswith("/credential.json")]


def lowest(world: World) -> str:
    return next(path for path in badges(world) if b"relatedResource" not in world.files[path])


def highest(world: World) -> str:
    everything = b"".join(world.files[path] for path in badges(world))
    return next(path for path in badges(world) if everything.count(path.encode()) == 1)


def spoil(world: World) -> None:
    """Alter a badge that others are built on."""
    world.change(lowest(world), lambda d: d.update(name="Master"))


def hide(world: World) -> None:
    """Spell what a glance looks for in another way, in every badge."""
    for path in badges(world):
        world.files[path] = world.files[path].replace(b'"relatedResource"', b'"relatedResourc\\u0065"')


def pretend(world: World) -> None:
    """Let every badge seem to be built on every other, for a glance; the words are not signed."""
    pins = ",".join(f'{{"id":"{world.base}{path}"}}' for path in badges(world))
    for path in badges(world)[1:]:
        raw = world.files[path].rstrip().removesuffix(b"}")
        world.files[path] = raw + b',"x":[{"relatedResource":[' + pins.encode() + b"]}]}\n"


def shout(world: World) -> None:
    """Pin parts by addresses that mean the same and are written otherwise."""

    def louder(document: Json) -> None:
        for part in document["relatedResource"]:
            part["id"] = part["id"].replace("https", "HTTPS")

    for path in badges(world):
        if b"relatedResource" in world.files[path]:
            world.resign(path, louder, ISSUE)


def circle(world: World) -> None:
    """Let the lowest badge pin the highest, and be signed so."""
    top = highest(world)
    pin = {"id": world.base + top, "digestMultibase": digest_multibase(world.files[top])}
    world.resign(lowest(world), lambda d: d.update(relatedResource=[pin]), ISSUE)


CHANGES: dict[str, Callable[[World], None]] = {
    "as it was": lambda world: None,
    "spoilt": spoil,
    "hidden": hide,
    "pretended": pretend,
    "written otherwise": shout,
    "in a circle": circle,
}


@pytest.mark.usefixtures("canonical_once")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize(("height", "width"), [(9, 1), (4, 3), (3, 20)], ids=str)
def test_a_badge_is_judged_in_its_site_as_it_is_alone(
    height: int, width: int, change: Callable[[World], None], tmp_path: Path
) -> None:
    world = World(cohorts=list(tower(height, width=width)), write=dump)
    change(world)
    assert_as_alone(FolderSource(world.write(tmp_path / "site")))


def assert_as_alone(source: FolderSource) -> Report:
    found = verify_site(source, NOW)
    assert [verdict.path for verdict in found.verdicts] == source.badges()
    for verdict in random.Random(7).sample(found.verdicts, min(len(found.verdicts), 12)):
        other = verify_credential(source.file(verdict.path), verdict.path, source, NOW)
        assert (verdict.state, verdict.summary) == (other.state, other.summary)
        assert {key: answer.value for key, answer in verdict.answers.items()} == {
            key: answer.value for key, answer in other.answers.items()
        }
        assert verdict.answers["stack"] == other.answers["stack"]
    return found


@pytest.mark.usefixtures("canonical_once")
def test_a_tower_is_looked_at_only_so_far_down(tmp_path: Path) -> None:
    source = FolderSource(World(cohorts=list(tower(9)), write=dump).write(tmp_path / "site"))
    found = assert_as_alone(source)
    assert (found.counts["valid"], found.counts["unknown"]) == (6, 3)
    raws = {path: source.file(path) for path in source.badges()}
    meant = {verdict.path: verdict.state for verdict in found.verdicts}
    for paths in (list(raws), list(raws)[::-1], random.Random(1).sample(list(raws), 9)):
        run = Run(source, NOW)
        assert {path: run.judge(raws[path], path).state for path in paths} == meant


def test_a_crowd_is_looked_at_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others are built on is not judged again for each of them."""
    site = Crowd().write(tmp_path / "site")
    asked: list[str] = []
    really = Copy._at

    def noted(source: Copy, url: str) -> bytes:
        asked.append(url)
        return really(source, url)

    monkeypatch.setattr(Copy, "_at", noted)
    assert not verify_site(FolderSource(site), NOW).failed
    assert asked
    assert not [url for url in asked if "issued/" in url]
