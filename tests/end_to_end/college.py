"""A college on a forge: small content with keys of its own, this project's workflows, and a host."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

from site_builder.keys import Role, generate_seed, secret_multibase
from site_builder.proof.multibase import decode, public_key_multibase
from tests.support.forge.repository import Forge
from tests.support.forge.settings import Environment, Settings
from tests.support.git import committed
from tests.support.nginx import nginx
from tests.support.repos import valid
from tests.support.shared import REPOSITORY

BELOW = "badges/"
"""The site lies below a path, as the pages of a project do on a forge."""
MACHINERY = (".github", "tools", "requirements", "pyproject.toml")
_FIRST = {
    Role.ISSUE: "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    Role.STATUS: "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
}


class College:
    """The college's forge, its two seeds, and the days on which things happen to it."""

    def __init__(self, folder: Path, live: Path, address: str) -> None:
        self.today = datetime.now(UTC).date()
        # Verifiers have the machine's own clock, so the days must be those of now.
        self.yesterday = self.today - timedelta(days=1)
        self.seeds = {role: generate_seed() for role in Role}
        self.address = address
        secrets = {role: {role.variable: secret_multibase(seed)} for role, seed in self.seeds.items()}
        places = {
            "signing": Environment(secrets[Role.ISSUE], reviewed=True),
            "status": Environment(secrets[Role.STATUS]),
            "github-pages": Environment(),
        }
        settings = Settings(places, {"BADGEPRESS_PUBLISH": "yes"})
        self.forge = Forge(folder / "forge", live, address, noon(self.yesterday), settings)
        self.forge.begin(self._content(folder / "origin"))

    def _content(self, root: Path) -> Path:
        for path, text in valid().items():
            text = text.replace("https://badges.northfield.example/", self.address).replace("2026-", "2024-")
            for role, key in _FIRST.items():
                text = text.replace(key, public_key_multibase(bytes(SigningKey(self.seeds[role]).verify_key)))
            target = root / path.replace("/2026/", "/2024/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        (root / "docs").mkdir()
        (root / "docs" / "about.md").write_text("# About\n\nA college.\n", encoding="utf-8")
        (root / ".gitignore").write_text(".badgepress/\nproofs/\n", encoding="utf-8")
        for name in MACHINERY:
            source = REPOSITORY / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, root / name)
        committed(root, "begin")
        return root

    def forms_of_the_keys(self) -> Iterator[bytes]:
        """Yield each key as it could stand in a file: raw, hex, base64, base64url and multibase."""
        for seed in self.seeds.values():
            yield from (seed, seed.hex().encode(), seed.hex().upper().encode())
            yield base64.b64encode(seed).rstrip(b"=")
            yield base64.urlsafe_b64encode(seed).rstrip(b"=")
            yield secret_multibase(seed).encode()
            # With the two bytes that name its type, and as a log might carry the text of its owner.
            yield base64.b64encode(decode(secret_multibase(seed))).rstrip(b"=")
            yield base64.b64encode(secret_multibase(seed).encode()).rstrip(b"=")

    def text_of(self, role: Role) -> str:
        """Return a key as its owner stored it on the forge."""
        return secret_multibase(self.seeds[role])


def noon(day: date) -> int:
    """Return the second of a day's noon (UTC)."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


@contextmanager
def college(folder: Path) -> Iterator[College]:
    """Yield a college whose site is served while the test runs, below a path."""
    live, server = folder / "live", folder / "nginx"
    for path in (live, server):
        path.mkdir(parents=True)
    with nginx(live, server, below=BELOW) as address:
        yield College(folder, live, address)
