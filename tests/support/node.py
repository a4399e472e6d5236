"""A built site, verified by npm packages that others wrote (``tests/node``)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.contexts import context_files
from tools.node import PACKAGES, ROOT, NodeMissingError, find_node, packages_are_current
from tools.scripts import BROWSER

_SECONDS = 300
_ROOM = "--max-semi-space-size=128"
"""Megabytes for what is young: by its own measure Node spends a third of a script on taking rubbish away."""


def node_missing() -> str:
    """Return why npm's verifiers cannot run here, or an empty string."""
    try:
        find_node()
    except NodeMissingError as error:
        return str(error)
    for folder in (PACKAGES, BROWSER):
        if not packages_are_current(folder):
            return f"the packages of {folder.relative_to(ROOT)} are not installed; try: make test"
    return ""


def verify_with_npm(site: Path, base_url: str, *, now: str | None = None) -> dict[str, Any]:
    """Return what @digitalbazaar/vc and vc-bitstring-status-list say of each credential and list in ``site``.

    ``base_url`` is the address the folder is built for; ``now`` (ISO 8601 with a zone) stands in for the
    clock. The result: ``credentials`` maps each path to ``id, verified, error, verifiedWhenIssued,
    errorWhenIssued, statusVerified, statusError, revoked``; ``statusLists`` maps each path to ``id, verified,
    error, length, set`` (the indices whose bit is 1). An unreadable file has only ``verified`` (false)
    and ``error``. Raises CalledProcessError where the script itself fails.
    """
    job = {
        "site": str(site),
        "baseUrl": base_url.rstrip("/") + "/",
        "contexts": {url: str(path) for url, path in context_files().items()},
        "credentials": _found(site, "issued/*/credential.json"),
        "statusLists": _found(site, "status/*.json"),
        **({"now": now} if now else {}),
    }
    result: dict[str, Any] = json.loads(run_script("verify.mjs", job))
    return result


def run_script(name: str, job: Mapping[str, Any]) -> str:
    """Run one script of ``tests/node`` on ``job``; return what it prints, or raise CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "job.json")
        path.write_text(json.dumps(job), encoding="utf-8")
        finished = subprocess.run(
            [str(find_node().program), _ROOM, str(PACKAGES / name), str(path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            env={key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"},
            check=False,
        )
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, name, finished.stdout, finished.stderr)
    return finished.stdout


def _found(site: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.glob(pattern))
