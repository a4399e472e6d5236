"""Bundle what runs in the reader's browser (``site_builder/browser``) into its committed ``dist/``.

    .venv/bin/python -m tools.scripts               check types, bundle, print sizes
    .venv/bin/python -m tools.scripts --install     install the npm packages and write the contexts, no more
    .venv/bin/python -m tools.scripts --check       bundle elsewhere and say which files of dist/ differ

Node is only needed here: an installed press publishes the bundles as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from site_builder.proof.contexts import CONTEXTS, context_bytes
from tools.node import ROOT, Node, find_node, install_packages

BROWSER = ROOT / "site_builder" / "browser"
DIST = BROWSER / "dist"
CONTEXT_FOLDER = BROWSER / "contexts"
BUDGETS = {("verify.js", "verifier.js"): 50_000, ("check.js", "verifier.js"): 60_000}
"""The most bytes that a page loads to verify, packed with gzip -9: its own script and the verifier."""


class ScriptsError(Exception):
    """The bundles could not be made; the message says what to try."""


def prepare() -> None:
    """Install the locked npm packages and write the pinned contexts for the bundler; raise ScriptsError."""
    if install_packages(BROWSER):
        raise ScriptsError("npm could not install site_builder/browser/package-lock.json")
    write_contexts()


def write_contexts() -> None:
    """Write the contexts, byte for byte, and an index of their addresses and SHA-256 digests."""
    CONTEXT_FOLDER.mkdir(exist_ok=True)
    index = []
    for number, url in enumerate(CONTEXTS):
        data, name = context_bytes(url), f"context-{number}.json"
        _write(CONTEXT_FOLDER / name, data)
        index.append({"url": url, "file": name, "sha256": hashlib.sha256(data).hexdigest()})
    _write(CONTEXT_FOLDER / "index.json", (json.dumps(index, indent=2) + "\n").encode())


def _write(path: Path, data: bytes) -> None:
    """Write a file unless it is as it should be: another process may be reading it."""
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)


def check_types() -> None:
    """Run the TypeScript compiler, which writes nothing; raise ScriptsError where it finds a fault."""
    _run(find_node(), "node_modules/typescript/bin/tsc", "--noEmit", "-p", ".")


def bundle(folder: Path, contexts: Path = CONTEXT_FOLDER) -> dict[str, dict[str, int]]:
    """Write every bundle into ``folder``; return ``bytes`` and ``gzipped`` of each. Raises ScriptsError."""
    sizes: dict[str, dict[str, int]] = json.loads(_run(find_node(), "build.mjs", str(folder), str(contexts)))
    return sizes


def _run(node: Node, *words: str) -> str:
    finished = subprocess.run(  # noqa: S603 - our own command, no shell
        [str(node.program), *words],
        cwd=BROWSER,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"},
        check=False,
    )
    if finished.returncode:
        raise ScriptsError(f"{words[0]} failed:\n{finished.stdout}{finished.stderr}")
    return finished.stdout


def differences(folder: Path) -> list[str]:
    """Return the names of the files in which ``folder`` and ``dist/`` are not the same, byte for byte."""
    names = _names(folder) | _names(DIST)
    return sorted(name for name in names if _bytes(folder, name) != _bytes(DIST, name))


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _bytes(folder: Path, name: str) -> bytes | None:
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def build() -> dict[str, dict[str, int]]:
    """Check types and make ``dist/`` anew: a file that is no bundle any more goes."""
    check_types()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = bundle(folder)
        DIST.mkdir(exist_ok=True)
        for stale in _names(DIST) - _names(folder):
            (DIST / stale).unlink()
        for fresh in _names(folder):
            (DIST / fresh).write_bytes((folder / fresh).read_bytes())
    return sizes


def check() -> list[str]:
    """Bundle into a temporary folder and return the names of files that are not as committed."""
    with tempfile.TemporaryDirectory() as name:
        bundle(Path(name))
        return differences(Path(name))


def main() -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(description="bundle what runs in the reader's browser")
    parser.add_argument("--install", action="store_true", help="install packages and write contexts only")
    parser.add_argument("--check", action="store_true", help="say which committed bundles are not current")
    wanted = parser.parse_args()
    try:
        prepare()
        if wanted.install:
            return 0
        return _told(check()) if wanted.check else _weighed(build())
    except ScriptsError as reason:
        sys.stderr.write(f"scripts: {reason}\n")
        return 1


def _told(stale: list[str]) -> int:
    for name in stale:
        sys.stderr.write(f"scripts: dist/{name} is not what its source makes; run: make scripts\n")
    return 1 if stale else 0


def _weighed(sizes: dict[str, dict[str, int]]) -> int:
    for name, size in sizes.items():
        sys.stdout.write(f"{name:12} {size['bytes']:8} bytes, {size['gzipped']:6} gzipped\n")
    over = False
    for names, most in BUDGETS.items():
        found = sum(sizes[name]["gzipped"] for name in names)
        sys.stdout.write(f"{' + '.join(names)}: {found} gzipped (at most {most})\n")
        over = over or found > most
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
