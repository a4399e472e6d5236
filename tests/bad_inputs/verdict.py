"""Whether a run did what its case expects: one function for each outcome of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from site_builder.problems import printable
from site_builder.reading.locations import dotted
from tests.bad_inputs.adapter import FORMAT_CODES, codes_for
from tests.bad_inputs.changes import Put, Trial
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.harm import harm_in
from tests.bad_inputs.never import Scene
from tests.bad_inputs.populations import findable, small_groups
from tests.bad_inputs.press import digest

Told = dict[str, Any]
Judge = Callable[[Case, Trial, Scene], Iterator[str]]


def told_about(put: Put, trial: Trial, told: list[Told]) -> list[Told]:
    """Return the problems that are about a payload's field: by the field's name, or by its line."""
    name = dotted(put.location)
    line = trial.repo.line_of(put.path, put.location)
    return [
        one
        for one in told
        if one["path"] == put.path
        and (one["field"] == name or one["field"].startswith((name + ".", name + "[")) or one["line"] == line)
    ]


def _errors(scene: Scene) -> list[Told]:
    return [one for one in scene.run.problems if one["severity"] == "error"]


def _shortly(told: list[Told]) -> str:
    return "; ".join(f"{one['path']}:{one['line']}: {one['code']}: {one['message']}" for one in told[:4])[
        :600
    ]


def _right_problems(case: Case, trial: Trial, told: list[Told]) -> list[Told]:
    """Return the problems of the right class in the right place."""
    if trial.puts:
        return [
            one
            for put in trial.puts
            for one in told_about(put, trial, told)
            if one["code"] in codes_for(case.expect.problem, put.type)
        ]
    right = [one for one in told if one["code"] in codes_for(case.expect.problem)]
    paths = {printable(path) for path in trial.paths}
    return [one for one in right if not paths or one["path"] in paths]


def _speaks(case: Case, trial: Trial, scene: Scene, right: list[Told]) -> Iterator[str]:
    """Yield what is wrong with the message itself: file, line, words that must be in it."""
    lines = {one["line"] for one in right}
    if case.expect.line is not None and case.expect.line not in lines:
        yield f"rule 2: line {case.expect.line} is expected, told was {sorted(map(str, lines))}"
    places = {f"{one['path']}:{one['line']}: " if one["line"] else f"{one['path']}: " for one in right}
    if not any(place in scene.run.stderr for place in places):
        yield f"rule 2: stderr does not name {sorted(places)[:2]}"
    for word in case.expect.mentions:
        if word not in scene.run.stderr:
            yield f"the message does not mention {word!r}"
    if "did you mean" in case.expect.says and not any("did you mean" in one["hint"] for one in right):
        yield "the hint offers no nearest name"


def _reject(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    where = " ".join(f"{put.path} {dotted(put.location)}" for put in trial.puts)
    if scene.run.exit != 1:
        yield f"{where}: accepted (exit code {scene.run.exit})"
        return
    right = _right_problems(case, trial, _errors(scene))
    if not right:
        yield f"{where}: no {case.expect.problem} was told, but: {_shortly(_errors(scene))}"
        return
    yield from _speaks(case, trial, scene, right)


def _accept(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    if scene.run.exit != 0:
        yield f"refused: {_shortly(_errors(scene))}"
        return
    yield from _is_harmless(scene)
    if case.payload and scene.site is not None:
        text = yaml.load(case.payload, yaml.BaseLoader) if case.is_raw else case.payload
        if not any(text in value for value in scene.site.values):
            yield f"{text!r} is not published as it was written"
        shown = any(text in page.text for path, page in scene.site.seen.items() if path.endswith(".html"))
        if "text" in case.given["inject"]["kinds"] and not shown:
            yield f"no page shows {text!r} as it was written"


def _is_harmless(scene: Scene) -> Iterator[str]:
    if scene.site is not None:
        yield from harm_in(scene.site, scene.plain, same_things=scene.case.form == "payload")


def _parse_ok(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    wrong = [one for one in _errors(scene) if one["code"] in FORMAT_CODES]
    if wrong:
        yield f"a good file is refused for its form: {_shortly(wrong)}"


def _safe(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    if scene.run.exit != 0:
        yield f"refused: {_shortly(_errors(scene))}"
    yield from _is_harmless(scene)
    if scene.site is not None:
        yield from small_groups(case, scene.site)
        if case.form == "mutation":
            yield from findable(trial.repo, scene.site)


def _safe_or_reject(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    """Of payloads, the runner has taken those out that were refused: what is left must be published."""
    if scene.run.exit == 0 or trial.puts:
        yield from _safe(case, trial, scene)
    else:
        yield from _reject(case, trial, scene)


def _accept_or_reject(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    yield from _reject(case, trial, scene) if scene.run.exit else _accept(case, trial, scene)


def _warn(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    told = scene.run.problems
    for put in trial.puts:
        codes = codes_for(case.expect.problem, put.type)
        if not any(one["code"] in codes for one in told_about(put, trial, told)):
            yield f"{put.path} {dotted(put.location)}: no {case.expect.problem} was told"
    right = _right_problems(case, trial, told)
    if right:
        yield from _speaks(case, trial, scene, right)
    else:
        yield f"no {case.expect.problem} was told, but: {_shortly(told)}"
    yield from _is_harmless(scene)


def _ignore(case: Case, trial: Trial, scene: Scene) -> Iterator[str]:
    if scene.run.exit != 0 or scene.run.problems:
        yield f"not ignored: {_shortly(scene.run.problems)}"
    elif digest(scene.output) != digest(scene.plain.folder):
        yield "the published folder is not the same as without the file"


JUDGES: dict[str, Judge] = {
    "reject": _reject,
    "accept": _accept,
    "parse-ok": _parse_ok,
    "safe": _safe,
    "safe-or-reject": _safe_or_reject,
    "accept-or-reject": _accept_or_reject,
    "warn": _warn,
    "warn-or-reject": _warn,
    "ignore": _ignore,
}
"""What each outcome asks for. Others belong to later work."""
