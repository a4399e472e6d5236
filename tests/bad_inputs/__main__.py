"""``python -m tests.bad_inputs``: a table of what the press makes of the corpus beside the project."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bad_inputs.corpus import ALSO_TRIED, GROUPS, Case, read_corpus
from tests.bad_inputs.press import Press
from tests.bad_inputs.result import Result
from tests.bad_inputs.runner import Runner
from tests.support.environment import settle_environment
from tests.support.shared import MISSING, shared_dir

_COLUMNS = ("cases", "passed", "missed", "skipped", "decided", "unchecked")


def main() -> int:
    """Run the groups asked for, print what came of them, and return 1 where one of them is missed."""
    words = argparse.ArgumentParser(prog="python -m tests.bad_inputs", description=__doc__)
    words.add_argument("--groups", help="names with commas; 'later' also tries groups of later work")
    words.add_argument("--case", help="only this case")
    words.add_argument("--json", action="store_true", help="print JSON")
    asked = words.parse_args()
    settle_environment()
    shared = shared_dir()
    if shared is None:
        print(MISSING, file=sys.stderr)
        return 2
    every = read_corpus(shared)
    groups = _groups(asked.groups)
    chosen = [case for case in every if case.group in groups and asked.case in (None, case.id)]
    results = _run(chosen)
    _print_json(results) if asked.json else _print_table(results, every)
    return 1 if any(result.faults for result in results) else 0


def _groups(named: str | None) -> tuple[str, ...]:
    if named is None:
        return GROUPS
    return (*GROUPS, *ALSO_TRIED) if named == "later" else tuple(named.split(","))


def _run(cases: Sequence[Case]) -> list[Result]:
    press = Press()
    try:
        with tempfile.TemporaryDirectory(prefix="bad-inputs-") as folder:
            runner = Runner(press, Path(folder))
            return [runner.run(case) for case in cases]
    finally:
        press.close()


def _counts(results: Sequence[Result]) -> dict[str, int]:
    return {
        "cases": len(results),
        "passed": sum(result.word == "passed" for result in results),
        "missed": sum(result.word == "missed" for result in results),
        "skipped": sum(result.word == "skipped" for result in results),
        "decided": sum(bool(result.decided) for result in results),
        "unchecked": sum(len(result.unchecked) for result in results),
    }


def _by_group(results: Sequence[Result]) -> dict[str, dict[str, int]]:
    names = dict.fromkeys(result.case.group for result in results)
    return {name: _counts([result for result in results if result.case.group == name]) for name in names}


def _print_json(results: Sequence[Result]) -> None:
    cases = [
        {
            "id": result.case.id,
            "group": result.case.group,
            "result": result.word,
            "faults": result.faults,
            "skipped": result.skipped,
            "decided": result.decided,
            "unchecked": result.unchecked,
            "runs": result.runs,
            "seconds": round(result.seconds, 2),
        }
        for result in results
    ]
    print(json.dumps({"groups": _by_group(results), "cases": cases}, indent=2, ensure_ascii=False))


def _print_table(results: Sequence[Result], every: Sequence[Case]) -> None:
    print(f"{'group':<12}" + "".join(f"{name:>10}" for name in _COLUMNS))
    for name, counts in {**_by_group(results), "all": _counts(results)}.items():
        print(f"{name:<12}" + "".join(f"{counts[column]:>10}" for column in _COLUMNS))
    print(f"\n{sum(result.runs for result in results)} runs of the press")
    _print_list("missed", [f"{r.case.id}: {fault}" for r in results for fault in r.faults])
    _print_list("skipped", [f"{r.case.id}: {r.skipped}" for r in results if r.skipped])
    _print_list("decided otherwise", [f"{r.case.id}: {r.decided}" for r in results if r.decided])
    _print_list("never looked for", [f"{r.case.id}: {phrase}" for r in results for phrase in r.unchecked])
    asked = {result.case.group for result in results}
    _print_list("groups not in this run", sorted({case.group for case in every} - asked))


def _print_list(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"\n{title}:")
        for line in lines:
            print(f"  {line[:400]}")


if __name__ == "__main__":
    sys.exit(main())
