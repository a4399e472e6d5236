"""Histories: publish, change, publish. What is judged is the last publication."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from site_builder.models.award import LIST_LENGTH
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.elsewhere import refused
from tests.bad_inputs.press import Press, digest
from tests.bad_inputs.result import Result
from tests.bad_inputs.steps import PUBLISH, step_of
from tests.bad_inputs.workshop import Publication, Workshop

_TELLS_THE_DAY = ("status/", "sitemap.xml", "sitemap.xml.gz")
"""What may differ where the same inputs are built on another day."""


@dataclass(frozen=True)
class _Before:
    """The site before the last publication."""

    files: Mapping[str, str]
    times: Mapping[str, int]


def steps_of(case: Case) -> list[str]:
    """Return the steps; an erasure is told as one, between two publications."""
    if case.given.get("op", {}).get("do") == "erase":
        return ["publish", f"erase {case.given['op'].get('role', '')}", "publish"]
    return list(case.given["steps"])


class Histories:
    """Runs the cases of the form ``history`` in a workspace of its own."""

    def __init__(self, press: Press, workspace: Path) -> None:
        self._press, self._workspace = press, workspace

    def why_skipped(self, case: Case) -> str:
        """Return why the runner cannot judge the outcome; raises ``Unmapped`` for a step nobody knows."""
        for words in steps_of(case):
            if not PUBLISH.fullmatch(words):
                step_of(words)
        if not PUBLISH.fullmatch(steps_of(case)[-1]):
            raise Unmapped("the last step is no publication")
        return "" if case.expect.outcome in _JUDGES else f"the outcome {case.expect.outcome} is unknown"

    def run(self, case: Case, result: Result) -> None:
        """Take the steps one after the other; every publication but the last must succeed."""
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="history-") as folder:
            *steps, last = steps_of(case)
            shop, steps = self._begun(Path(folder), case, steps)
            fault = next((fault for words in steps if (fault := _taken(words, shop))), "")
            if fault:
                result.faults.append(fault)
                return
            before = _Before(digest(shop.site), _times(shop.site))
            publication = shop.publish(_shift(last))
            for run in publication.runs:
                result.note(run, case.seconds)
            result.faults += _JUDGES[case.expect.outcome](case, shop, publication, before)

    def _begun(self, folder: Path, case: Case, steps: list[str]) -> tuple[Workshop, list[str]]:
        """Return a workshop and the steps that are left: most histories begin with the same publication."""
        if not steps or not PUBLISH.fullmatch(steps[0]) or _shift(steps[0]):
            return Workshop(self._press, folder, case), steps
        shutil.copytree(self._published.folder, folder, symlinks=True, dirs_exist_ok=True)
        return Workshop(self._press, folder, case, published=self._published.published), steps[1:]

    @cached_property
    def _published(self) -> Workshop:
        """The workshop after its first publication, to be copied."""
        folder = self._workspace / "published"
        any_case = Case("first", "history", "history", "", Expectation("accept"), folder, {"steps": []})
        shop = Workshop(self._press, folder, any_case)
        if not (done := shop.publish()).built:
            raise AssertionError(f"the valid repository is refused: {done.last.stderr}")
        return shop


def _taken(words: str, shop: Workshop) -> str:
    """Take a step; return why it could not be taken, or an empty string."""
    if PUBLISH.fullmatch(words):
        done = shop.publish(_shift(words))
        return "" if done.built else f"{words}: refused: {done.last.stderr[:300]!r}"
    try:
        step_of(words)(shop)
    except (ValueError, LookupError, OSError) as error:
        return f"{words}: {type(error).__name__}: {error}"
    return ""


def _shift(words: str) -> timedelta:
    found = PUBLISH.fullmatch(words)
    return timedelta(days=int(found["days"] or 0)) if found else timedelta()


def _times(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def _changed(shop: Workshop, before: _Before) -> list[str]:
    now = digest(shop.site)
    return sorted(path for path in {**before.files, **now} if before.files.get(path) != now.get(path))


def _is_badge(path: str) -> bool:
    return path.startswith("issued/") and path.endswith(".json")


def _reject(case: Case, shop: Workshop, done: Publication, before: _Before) -> Iterator[str]:
    yield from refused(case, done.last)
    yield from (f"rule 4: a refusal changed {path}" for path in _changed(shop, before)[:3])
    if not done.built and len(done.runs) == 1:
        yield from _build_alone(shop, before)


def _build_alone(shop: Workshop, before: _Before) -> Iterator[str]:
    """Where the review refused, the build that somebody starts all the same must lose or alter no badge."""
    run = shop.build("--now", shop.day.isoformat(), "--json")
    for path in _changed(shop, before):
        if _is_badge(path) and path in before.files:
            yield f"without the review, the build (exit code {run.exit}) altered {path}"


def _accept(case: Case, shop: Workshop, done: Publication, before: _Before) -> Iterator[str]:
    """Yield where an earlier badge is not as it was; the build itself has verified every one."""
    if not done.built:
        yield f"refused: {done.last.stderr[:300]!r}"
        return
    for path in _changed(shop, before):
        erased = any(path.startswith(f"issued/{name}/") for name in shop.erased)
        if path in before.files and path.startswith("issued/") and not erased:
            yield f"an earlier badge's {path} is not as it was"
    yield from _new_ones_are_there(shop)
    yield from left_of_erased(shop)


def _new_ones_are_there(shop: Workshop) -> Iterator[str]:
    for path, content in shop.repo.files.items():
        if str(path).startswith("issued/") and isinstance(content, dict):
            for award in content["awards"]:
                file = shop.site / "issued" / award["id"] / "credential.json"
                if not file.is_file() or award["id"] not in json.loads(file.read_bytes())["id"]:
                    yield f"award {award['id']} was not published"


def left_of_erased(shop: Workshop) -> Iterator[str]:
    """Yield what is left of erased awards: their badge, who held them, or a status that is not revoked."""
    for award_id, award in shop.erased.items():
        marks = [award["learner"], *award["commitments"].values(), f"/{award_id}/credential.json"]
        for path in shop.site.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            yield from (f"{path.name} still holds {mark}" for mark in marks if str(mark).encode() in data)
        if (shop.site / "issued" / award_id / "credential.json").exists():
            yield f"the badge of {award_id} is still there"
        if not _is_revoked(shop.site, award["status_index"]):
            yield f"{award_id} is not revoked"


def _is_revoked(site: Path, index: int) -> bool:
    """Read one bit of the status lists (Bitstring Status List 1.0, 3.2: the first is the highest)."""
    number, place = divmod(index, LIST_LENGTH)
    subject = json.loads((site / "status" / f"{number + 1}.json").read_bytes())["credentialSubject"]
    packed = subject["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return bool(bits[place // 8] >> (7 - place % 8) & 1)


def _same_output(case: Case, shop: Workshop, done: Publication, before: _Before) -> Iterator[str]:
    if not done.built:
        if "refus" not in case.expect.says:
            yield f"refused: {done.last.stderr[:300]!r}"
        return
    later = any(_shift(words) for words in steps_of(case))
    for path in _changed(shop, before):
        if not (later and path.startswith(_TELLS_THE_DAY)):
            yield f"{path} is not as it was"
    if "time" in case.expect.says:
        times = _times(shop.site)
        yield from (
            f"the time of {path} changed" for path in before.times if times.get(path) != before.times[path]
        )


_JUDGES: dict[str, Callable[[Case, Workshop, Publication, _Before], Iterator[str]]] = {
    "reject": _reject,
    "accept": _accept,
    "safe": _accept,
    "same-output": _same_output,
}
