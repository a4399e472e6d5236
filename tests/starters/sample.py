"""An institution that adopts the press, and what `init` writes for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.problems import Problem
from site_builder.starters.adopted import PublicKeys
from site_builder.starters.answers import Answers, Host, Press
from site_builder.starters.making import make_repository

DAY = date(2026, 11, 22)
PRESS = Press("acme/badgepress", "0123456789abcdef0123456789abcdef01234567")
LATER = Press("acme/badgepress", "f" * 40)
KEYS = PublicKeys(
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
    DAY,
)


def answers(host: Host = "github", name: str = "Lakeside College", url: str = "") -> Answers:
    """Return good answers."""
    address = url or "https://badges.lakeside.ac.uk/"
    return Answers(name=name, url=address, host=host, country="GB", home=address, press=PRESS)


def made(folder: Path, given: Answers) -> tuple[Path, Path, list[Problem]]:
    """Make a repository below ``folder``; return it, its folder of keys, and its problems."""
    root, keys = folder / "college", folder / "college-keys"
    return root, keys, make_repository(root, keys, given, DAY)
