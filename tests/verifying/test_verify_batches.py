"""A site by the batch: the same report however the work is cut, and wherever it is done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.assembling.addresses import award_json, award_page
from site_builder.executors import workers
from site_builder.verifying import plan, report
from site_builder.verifying.files import (
    AwardFiles,
    Unavailable,
    award_files,
    award_names,
    opened_awards,
    read_below,
    read_file,
)
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.verify import Report, verify_site
from tests.verifying.crowd import Crowd, crowd
from tests.verifying.world import DID, NOW, STATUS, THIEF, World

OTHER = "did:web:other.example"


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a crowd in which something of every kind is wrong."""
    world = Crowd()
    altered, stranger, status, misplaced, gone, pageless, broken = (
        path.split("/")[1] for path in world.badges[:7]
    )
    world.change(award_json(altered), lambda d: d.update(name="Master"))
    world.resign(award_json(stranger), lambda d: None, THIEF)
    world.resign(award_json(status), lambda d: None, STATUS)
    world.files[award_json(misplaced)] = world.files[world.badges[8]]
    del world.files[award_json(gone)], world.files[award_page(pageless)]
    world.files[award_json(broken)] = b"{"
    world.change("catalog.json", lambda d: d.update(listedAwards=[world.base + award_json(gone)]))
    site = world.write(tmp_path_factory.mktemp("spoilt") / "site")
    (site / "issued" / "nothing").mkdir()
    (site / "issued" / "file").write_text("")
    return site


def asked(site: Path, **how: object) -> Report:
    return verify_site(FolderSource(site), NOW, frozenset({OTHER}), **how)  # type: ignore[arg-type]


def test_the_report_is_the_same_however_it_is_made(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meant = asked(spoilt, thorough=True)
    assert len(meant.verdicts) == meant.number == meant.slow == len(crowd().badges) - 1
    assert {problem.code for problem in meant.problems} == {
        "no-badge",
        "no-page",
        "misplaced",
        "listed-award",
    }
    assert meant.counts["invalid"] == 4
    assert meant.counts["unknown"] >= 1
    monkeypatch.setattr(plan, "BATCH", 4)
    monkeypatch.setattr(plan, "SLOW_BATCH", 3)
    quick = asked(spoilt)
    assert (quick.fast + quick.slow, quick.fast >= 10) == (quick.number, True)
    with workers("local:2", 8) as executor:
        shared = asked(spoilt, executor=executor)
        again = asked(spoilt, executor=executor, thorough=True)
    assert shared.fast > 5
    assert again.fast == 0
    for other in (quick, shared, again):
        assert other.verdicts == meant.verdicts
        assert other.problems == meant.problems
        assert (other.counts, other.failing, other.failures) == (meant.counts, meant.failing, meant.failures)
        assert other.told() == meant.told()


def test_verdicts_are_told_in_order_as_they_are_found(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 3)
    meant = asked(spoilt)
    told: list[tuple[int, str]] = []
    steps: list[int] = []
    with workers("local:2", 8) as executor:
        found = asked(
            spoilt,
            executor=executor,
            keep=False,
            tell=lambda *item: told.append(item),
            step=lambda: steps.append(1),
        )
    assert [json.loads(text) for _, text in sorted(told)] == [verdict.to_json() for verdict in meant.verdicts]
    names = award_names(spoilt)
    assert [award_json(names[place]) for place, _ in sorted(told)] == [
        verdict.path for verdict in meant.verdicts
    ]
    assert not any("\n" in text for _, text in told)
    assert len(steps) == len(names)
    assert found.verdicts == ()
    assert (found.counts, found.problems) == (meant.counts, meant.problems)


def test_of_many_failing_badges_the_first_are_kept(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 5)
    everything = asked(spoilt)
    monkeypatch.setattr(report, "MOST_FAILING", 3)
    cut = asked(spoilt)
    assert everything.failures == cut.failures == cut.number == len(everything.failing)
    assert cut.failing == everything.failing[:3]
    assert cut.wrong == everything.wrong == len(cut.problems) + cut.number


def test_a_process_that_outlives_a_run_answers_the_next_from_what_is_there(tmp_path: Path) -> None:
    world = World()
    site = world.write(tmp_path / "site")
    with workers("local:2", 2) as executor:
        assert not verify_site(FolderSource(site), NOW, executor=executor).failed
        (site / "did.json").write_bytes(b"{}")
        assert verify_site(FolderSource(site), NOW, executor=executor).counts["unknown"] == 4


# How files are read.

Form = Callable[[Path, Path, Path], None]
"""Changes an award's badge and page; the third path is a folder outside the site."""


def _gone(*which: int) -> Form:
    def change(*paths: Path) -> None:
        for place in which:
            paths[place].unlink()

    return change


def _linked(which: int, target: str) -> Form:
    def change(*paths: Path) -> None:
        paths[which].unlink()
        paths[which].symlink_to(target.format(away=paths[2]))

    return change


def _filled(size: int) -> Form:
    return lambda badge, page, away: _set(badge.write_bytes(b" " * size))


def _made(make: Callable[[Path], object]) -> Form:
    def change(badge: Path, page: Path, away: Path) -> None:
        badge.unlink()
        make(badge)

    return change


def _moved(target: str) -> Form:
    def change(badge: Path, page: Path, away: Path) -> None:
        folder = badge.parent
        folder.rename(target.format(away=away, root=folder.parents[1]))
        folder.symlink_to(target.format(away=away, root=folder.parents[1]))

    return change


def _set(_: object) -> None:
    """Take what nobody asks for."""


FORMS: dict[str, Form] = {
    "plain": _gone(),
    "no badge": _gone(0),
    "no page": _gone(1),
    "nothing": _gone(0, 1),
    "a page that leads nowhere": _linked(1, "none"),
    "a page that leads out": _linked(1, "{away}"),
    "a link to a badge inside": _linked(0, "index.html"),
    "a link that leads out": _linked(0, "{away}/secret.json"),
    "a link that leads nowhere": _linked(0, "none"),
    "a link to itself": _linked(0, "credential.json"),
    "a pipe": _made(os.mkfifo),
    "a folder": _made(Path.mkdir),
    "too large": _filled(2 * 2**20 + 1),
    "as large as may be": _filled(2 * 2**20),
    "empty": _filled(0),
    "a linked folder": _moved("{root}/inside"),
    "a folder linked from outside": _moved("{away}/outside"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_award_files_are_read_quickly_as_they_are_with_care(form: Form, tmp_path: Path) -> None:
    root, away = tmp_path / "site", tmp_path / "away"
    award = root / "issued" / "a"
    award.mkdir(parents=True)
    away.mkdir()
    (away / "secret.json").write_bytes(b"secret")
    (award / "credential.json").write_bytes(b"badge")
    (award / "index.html").write_bytes(b"page")
    form(award / "credential.json", award / "index.html", away)
    with opened_awards(root) as issued:
        assert issued is not None
        quick = award_files(root, issued, "a")
    careful = award_files(root, None, "a")
    assert spelled(quick) == spelled(careful)
    assert quick.badge != b"secret"
    assert below(root, "issued/a/credential.json") == with_care(root, "issued/a/credential.json")


def spelled(found: AwardFiles) -> tuple[str, bool]:
    return repr(found.badge), found.has_page


def below(root: Path, path: str) -> str:
    try:
        return repr(read_below(root, path))
    except Unavailable as reason:
        return str(reason)


def with_care(root: Path, path: str) -> str:
    try:
        return repr(read_file(root, path))
    except Unavailable as reason:
        return str(reason)


@pytest.mark.parametrize(
    "path", ["../away", "a/../../away", "./a", "a//b", "", ".", "a\0b", "\ud800", "x" * 300]
)
def test_a_path_that_climbs_or_is_none_is_read_with_care(path: str, tmp_path: Path) -> None:
    (tmp_path / "away").write_bytes(b"secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a").write_bytes(b"a")
    assert below(tmp_path / "site", path) == with_care(tmp_path / "site", path)
    assert "secret" not in below(tmp_path / "site", path)


def test_awards_are_listed_in_the_order_of_their_paths(tmp_path: Path) -> None:
    issued = tmp_path / "issued"
    issued.mkdir()
    for name in ("a", "a-b", "a.b", "b", "A", "é"):
        (issued / name).mkdir()
        (issued / name / "credential.json").write_bytes(b"")
    (issued / "file").write_bytes(b"")
    (issued / "nowhere").symlink_to("none")
    (issued / "round").symlink_to("round")
    (issued / "linked").symlink_to("a")
    names = award_names(tmp_path)
    assert [award_json(name) for name in names] == sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("issued/*/credential.json")
    )
    assert award_names(tmp_path / "elsewhere") == []


def test_a_site_whose_awards_stand_behind_a_link_is_read_as_ever(tmp_path: Path) -> None:
    site = World().write(tmp_path / "site")
    inside = site / "kept"
    (site / "issued").rename(inside)
    (site / "issued").symlink_to(inside)
    assert not verify_site(FolderSource(site), NOW, frozenset({DID})).failed
    outside = tmp_path / "kept"
    inside.rename(outside)
    (site / "issued").unlink()
    (site / "issued").symlink_to(outside)
    found = verify_site(FolderSource(site), NOW)
    assert found.number == 0
    assert {problem.message.partition(" ")[2] for problem in found.problems} >= {"leads out of the folder"}
