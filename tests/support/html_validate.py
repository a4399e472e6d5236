"""html-validate (npm, ``tests/node``): the HTML of a folder, judged by rules that others wrote."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tools.node import PACKAGES, find_node

_PROGRAM = PACKAGES / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
_SECONDS = 300
CONFIG: dict[str, Any] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
    "elements": ["html5"],
    "rules": {
        # A matter of taste, and then the same everywhere.
        "doctype-style": ["error", {"style": "lowercase"}],
        # A digest in a page guards against another host's change. Ours come from the page's own host, and
        # the policy of every page lets no other in.
        "require-sri": ["error", {"target": "crossorigin"}],
        # ARIA 1.2 lets lists and regions be named, and ours are where a page has several of them.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        # Titles are what authors called things. Search engines cut what they do not show.
        "long-title": "off",
        # The form of filters sends nothing: it acts as its reader chooses, and the policy forbids sending.
        "wcag/h32": "off",
    },
}
"""The rules: all of three presets, but for what is said here."""


_SEED = "<!doctype html><html lang='en'><head><title>Seed</title></head><body><img src='a.png'></body></html>"
"""A page with a fault, judged beside the others: its fault must be told."""


def html_faults(folder: Path) -> list[str]:
    """Return each fault of each ``.html`` file below ``folder``, a line each; [] where there is none.

    Raises AssertionError where html-validate fails, or does not see the fault that was put before it.
    """
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))
    with tempfile.TemporaryDirectory() as place:
        config, seed, told = (Path(place, name) for name in ("config.json", "seed.html", "told.json"))
        config.write_text(json.dumps(CONFIG), encoding="utf-8")
        seed.write_text(_SEED, encoding="utf-8")
        # Into a file: it ends before a pipe has taken all it says.
        words = ["--config", str(config), "--formatter", f"json={told}", str(seed), *files]
        finished = subprocess.run(
            [str(find_node().program), str(_PROGRAM), *words],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
        if finished.returncode != 1:
            raise AssertionError(f"html-validate: exit {finished.returncode}\n{finished.stderr[:2000]}")
        judged = {file["filePath"]: file["messages"] for file in json.loads(told.read_text("utf-8"))}
    if "wcag/h37" not in {message["ruleId"] for message in judged.pop(str(seed), ())}:
        raise AssertionError("html-validate does not see an image without its alternative")
    return [
        f"{path}:{message['line']}: {message['ruleId']}: {message['message']}"
        for path, messages in judged.items()
        for message in messages
    ]
