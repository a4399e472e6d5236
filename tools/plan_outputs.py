#!/usr/bin/env python3
"""What the first line of a plan says, as `name=value` lines that one job of a pipeline hands to the next.

    python3 tools/plan_outputs.py plan.json >> "$GITHUB_OUTPUT"
    python3 tools/plan_outputs.py plan.json --for 2026-11-22

The second form says nothing: it fails unless the plan is for that day, and the day has begun. Needs Python's
standard library alone. Every value is held to its form, so that no text of a plan becomes another output.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

FORMS = {
    "awards": re.compile(r"[0-9]{1,9}"),
    "lists": re.compile(r"[0-9]{1,9}"),
    "now": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "site": re.compile(r"https?://[A-Za-z0-9.:/_~%\[\]-]{1,2000}"),
}


class PlanError(Exception):
    """The plan, or the day, cannot be used; the message says why."""


def outputs(raw: bytes) -> dict[str, str]:
    """Return the values of a plan's first line that later jobs need; raises PlanError for another file."""
    try:
        head = json.loads(raw.split(b"\n", 1)[0])
    except ValueError:
        head = None
    if not isinstance(head, dict):
        raise PlanError("this is no plan: its first line is no JSON object")
    found = {name: str(head.get(name, "")) for name in FORMS}
    for name, form in FORMS.items():
        if not form.fullmatch(found[name]):
            raise PlanError(f"this is no plan: its first line has no good value of {name}")
    return found


def refuse_other_day(raw: bytes, day: str, today: str) -> None:
    """Raise PlanError unless the plan is for ``day`` and that is not after ``today``, the UTC day.

    A list that is signed for a day to come would be believed long after it should be: the one who makes
    the plan must not choose such a day.
    """
    if not FORMS["now"].fullmatch(day) or outputs(raw)["now"] != day:
        raise PlanError("the plan is for another day than this run")
    if day > today:
        raise PlanError(f"the plan is for {day}, and today is {today}; nothing is signed for a day to come")


def main(words: list[str]) -> int:
    """Print the outputs of a plan, or judge its day; return the exit code."""
    try:
        raw = Path(words[0]).read_bytes()
        if words[1:2] == ["--for"]:
            refuse_other_day(raw, words[2], datetime.now(UTC).date().isoformat())
        else:
            sys.stdout.write("".join(f"{name}={value}\n" for name, value in outputs(raw).items()))
    except IndexError:
        sys.stderr.write("error: expected PLAN, or PLAN --for DAY\n")
        return 2
    except (OSError, PlanError) as reason:
        sys.stderr.write(f"error: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
