"""What holds for every case, whatever it is about: rules 1 to 8 of the corpus' README."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.bad_inputs.press import Run
from tests.support.actions_runner import commands_in

MOST_LINES = 100
LONGEST_LINE = 2000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]|\r")
_TRACEBACK = re.compile(r"Traceback \(most recent call last\)|^\w*(?:Error|Exception): ", re.MULTILINE)
EXITS = frozenset({0, 1})


def broken(run: Run, seconds: float, exits: frozenset[int] = EXITS) -> Iterator[str]:
    """Yield each of the rules that a run breaks; ``seconds`` is the wall time it may take."""
    yield from _ends_well(run, exits)
    if run.seconds > seconds:
        yield f"rule 1: the run took {run.seconds:.0f} s, at most {seconds:.0f} are allowed"
    yield from _speaks_well(run)
    for kind, what in run.watched:
        yield {
            "network": f"rule 5: the network was tried: {what}",
            "write": f"rule 6: {what} was written",
            "process": f"rule 6: another program was started: {what}",
            "changed": f"rule 4: a refusal changed the published folder: {what}",
        }[kind]
    if not _is_sorted(run):
        yield "rule 8: the problems are not in the order of files and lines"


def _ends_well(run: Run, exits: frozenset[int]) -> Iterator[str]:
    if run.timed_out:
        yield "rule 1: the run took too long and was killed"
    elif run.exit not in exits:
        yield f"rule 1: exit code {run.exit}: {run.stderr[-300:]!r}"
    if _TRACEBACK.search(run.stderr) or _TRACEBACK.search(run.stdout):
        yield f"rule 1: a traceback or a bare exception: {run.stderr[-300:]!r}"
    if "failed where it should not have" in run.stderr:
        yield f"rule 1: an unforeseen failure: {run.stderr.strip()!r}"


def _speaks_well(run: Run) -> Iterator[str]:
    lines = run.stderr.split("\n")
    if len(lines) > MOST_LINES:
        yield f"rule 3: {len(lines)} lines on stderr"
    for said in (run.stderr, run.stdout):
        yield from (f"rule 3: a workflow's runner would obey {one.name!r}" for one in commands_in(said))
    for stream in (lines, run.stdout.split("\n")):
        if any(_CONTROL.search(line) for line in stream):
            yield "rule 3: a raw control character was printed"
    if any(len(line) > LONGEST_LINE for line in lines):
        yield "rule 3: a message is longer than 2000 characters"
    if run.exit in (1, 2) and not run.stderr.strip():
        yield "rule 2: nothing on stderr says why"
    if any(any("\udc80" <= char <= "\udcff" for char in line) for line in lines):
        yield "rule 3: stderr is not UTF-8"


def _is_sorted(run: Run) -> bool:
    places = [(problem["path"], problem["line"] or 0) for problem in run.problems]
    return places == sorted(places)
