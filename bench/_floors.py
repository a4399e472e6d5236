"""Floors: what is left of each step when nothing is done but the one thing that nobody can leave out.

    python bench/_floors.py NAME ROOT SITE SCRATCH

On every core that this process may use, and in Python, as the step itself. ``press``: sign as many times as
there are awards, and write as many files of the same sizes. ``yaml``: let libyaml read the award files.
``hash``: read every file of the repository and hash it. ``proofs``: read every badge, and check as many
signatures.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml
from nacl.signing import SigningKey

_MESSAGE = bytes(64)
_BADGE = "credential.json"


def press(root: Path, site: Path, scratch: Path) -> None:
    """Sign, and write what was published for each award."""
    _on_all_cores(_press, [(str(folder), str(scratch / folder.name)) for folder in _awards(site)])


def _press(folders: Sequence[tuple[str, str]]) -> None:
    key, page = SigningKey(bytes(32)), bytes(1 << 20)
    for source, target in folders:
        key.sign(_MESSAGE)
        os.makedirs(target)  # noqa: PTH103 - pathlib costs more than the system call
        for file in os.scandir(source):
            handle = os.open(f"{target}/{file.name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            os.write(handle, page[: file.stat().st_size])
            os.close(handle)


def parse(root: Path, site: Path, scratch: Path) -> None:
    """Read the award files."""
    _on_all_cores(_parse, sorted(map(str, root.glob("issued/*/*.yaml"))))


def _parse(files: Sequence[str]) -> None:
    for file in files:
        yaml.load(Path(file).read_bytes(), yaml.CSafeLoader)


def digest(root: Path, site: Path, scratch: Path) -> None:
    """Hash what authors wrote."""
    folders = ("credentials", "frameworks", "issued", "docs")
    for path in (path for folder in folders for path in root.glob(f"{folder}/**/*") if path.is_file()):
        hashlib.sha256(path.read_bytes()).digest()


def proofs(root: Path, site: Path, scratch: Path) -> None:
    """Read the badges and check signatures."""
    _on_all_cores(_proofs, [f"{folder}/{_BADGE}" for folder in _awards(site)])


def _proofs(files: Sequence[str]) -> None:
    key = SigningKey(bytes(32))
    signature, public = key.sign(_MESSAGE).signature, key.verify_key
    for file in files:
        with open(file, "rb") as opened:  # noqa: PTH123
            hashlib.sha256(opened.read()).digest()
        public.verify(_MESSAGE, signature)


def _awards(site: Path) -> list[Path]:
    """Return the folder of each award; of an erased one there is a page, and no badge."""
    return sorted(path.parent for path in site.glob(f"issued/*/{_BADGE}"))


def _on_all_cores(work: Callable[..., None], items: Sequence[object]) -> None:
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(work, [items[start::cores] for start in range(cores)]))


FLOORS: dict[str, Callable[[Path, Path, Path], None]] = {
    "press": press,
    "yaml": parse,
    "hash": digest,
    "proofs": proofs,
}
"""Every floor, by the name that results have for it."""

if __name__ == "__main__":
    FLOORS[sys.argv[1]](*map(Path, sys.argv[2:5]))
