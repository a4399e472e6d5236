"""zizmor, a linter that others wrote, run offline as its strictest reader; and a check of schemas."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_BIN = Path(sys.executable).parent
_ZIZMOR = ("--offline", "--persona", "auditor", "--no-progress", "--no-config", "--no-ignores", "--quiet")


def findings(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """Return file name and rule of each finding in workflow and action files, comments that hush it or not.

    Raises AssertionError where the linter could not read a file.
    """
    command = [str(_BIN / "zizmor"), *_ZIZMOR, "--collect=all", "--format=json", "--no-exit-codes"]
    finished = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, timeout=120, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return [(_place(one), one["ident"]) for one in json.loads(finished.stdout)]


def _place(finding: dict[str, Any]) -> str:
    # Of a folder the file is told from there; of a file it is told as it was named.
    key = finding["locations"][0]["symbolic"]["key"]["Local"]
    return str(key.get("verbatim_path") or key["given_path"])


def schema_faults(kind: str, paths: Sequence[Path]) -> str:
    """Return what files break of a published schema, ``github-workflows`` or ``github-actions``; offline."""
    command = [str(_BIN / "check-jsonschema"), "--builtin-schema", f"vendor.{kind}"]
    finished = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, timeout=120, check=False
    )
    return "" if finished.returncode == 0 else finished.stdout + finished.stderr
