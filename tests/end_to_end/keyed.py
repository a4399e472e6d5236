"""A press on a real host with keys of its own, in a git repository: for drills with rotations and thefts."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from site_builder.keys import Role, generate_seed, write_key_file
from site_builder.proof.multibase import decode
from site_builder.text.dates import parse_date
from site_builder.verifying.instants import noon
from tests.end_to_end.press import digests, press
from tests.scripts.core import Vector, by_browser
from tests.support.repos import award, award_file, valid
from tests.verifying.world import sign

BASE = "https://badges.example.org/"
DID = "did:web:badges.example.org"
_FIRST = {
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK": Role.ISSUE,
    "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH": Role.STATUS,
}


class Keyed:
    """One institution: its repository, its published site, and a folder of private keys outside of both."""

    def __init__(self, folder: Path) -> None:
        self.root, self.keys, self.site = folder / "repository", folder / "keys", folder / "public"
        self.keys.mkdir(parents=True)
        files = valid()
        files["mkdocs.yml"] = files["mkdocs.yml"].replace("https://badges.northfield.example/", BASE)
        for public, role in _FIRST.items():
            made = write_key_file(self.keys / f"{role}-1", generate_seed())
            files["credentials/issuer.yaml"] = files["credentials/issuer.yaml"].replace(public, made)
        for path, text in files.items():
            self.put(path, text)
        self._git("init", "-q", "-b", "main")
        self.commit("begin")

    def put(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.put(path, text.replace(old, new, 1))

    def award(self, number: int, issued_on: str) -> str:
        """Commit a cohort of one more award, for a learner of its own; return the award's id."""
        award_id = f"{number:08x}-1111-4111-8111-111111111111"
        entry = award(f"a{award_id[1:]}", "abcdef"[number % 6]).replace(f"a{award_id[1:]}", award_id)
        entry = entry.replace("status_index: 10", f"status_index: {1000 + number}")
        entry = entry.replace("sha256$" + "a" * 64, f"sha256${number:064x}")
        self.put(f"issued/2026/charts-{number}.yaml", award_file("charts", issued_on, entry))
        self.commit(f"award {number}")
        return award_id

    def commit(self, message: str) -> None:
        self._git("add", "-A")
        self._git(
            "-c", "user.name=Registrar", "-c", "user.email=r@badges.example.org", "commit", "-qm", message
        )

    def clone(self, folder: Path) -> Path:
        """Return what a stranger gets: what is committed, and no key."""
        self._git("clone", "-q", str(self.root), str(folder))
        return folder

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True, timeout=60)

    def env(self, issue: str = "", status: str = "") -> dict[str, str]:
        """Return the environment that gives the press these key files."""
        given = {"BADGEPRESS_ISSUE_KEY_FILE": issue, "BADGEPRESS_STATUS_KEY_FILE": status}
        return {name: str(self.keys / file) for name, file in given.items() if file}

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository, and expect its exit code."""
        finished = press(*words, root=self.root, env=env)
        assert finished.returncode == code, (
            f"{words}: {finished.returncode}\n{finished.stdout}{finished.stderr}"
        )
        return finished

    def build(self, now: str, issue: str = "", status: str = "") -> dict[str, str]:
        """Build and publish; return the digests of the site."""
        words = ("build", "--awards-only", "--now", now, "--output", str(self.site))
        self.run(*words, env=self.env(issue, status))
        return digests(self.site)

    def seed(self, name: str) -> SigningKey:
        """Return a private key, as a thief who copied its file has it."""
        return SigningKey(decode((self.keys / name).read_text("ascii").strip())[2:])

    def badge(self, award_id: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.site / f"issued/{award_id}/credential.json").read_bytes())
        return found

    def forged(self, award_id: str, key: str) -> bytes:
        """Return a badge that was never awarded, signed with a private key of the institution."""
        document = self.badge(award_id)
        document["id"] = f"{BASE}issued/99999999-9999-4999-8999-999999999999/credential.json"
        document["name"] = "Doctor of Everything"
        forged = sign(document, self.seed(key), did=DID)
        return json.dumps(forged, ensure_ascii=False, separators=(",", ":")).encode()

    def told(self, raw: bytes, now: str, folder: Path) -> dict[str, Any]:
        """Return what ``badgepress verify`` says of a badge's bytes, held against the published site."""
        folder.mkdir(exist_ok=True)
        (folder / "badge.json").write_bytes(raw)
        words = ("verify", str(folder / "badge.json"), "--site", str(self.site), "--now", now, "--json")
        finished = press(*words, root=folder)
        assert finished.returncode in (0, 3), finished.stderr
        said: dict[str, Any] = json.loads(finished.stdout)
        return said["credentials"][0] if "credentials" in said else said

    def in_browser(self, badges: Mapping[str, bytes], now: str) -> dict[str, dict[str, Any]]:
        """Return what the browser's verifier says of each badge, with the site at its home."""
        files = {
            BASE + path: (self.site / path).read_bytes()
            for path in digests(self.site)
            if path.endswith(".json")
        }
        vectors = [Vector(name, raw, files, now=noon(parse_date(now))) for name, raw in badges.items()]
        return dict(zip(badges, by_browser(vectors), strict=True))

    def published(self) -> dict[str, bytes]:
        """Return every published badge by its award's id."""
        paths = sorted(self.site.glob("issued/*/credential.json"))
        return {path.parent.name: path.read_bytes() for path in paths}

    def copy_to(self, folder: Path) -> Path:
        """Return a copy of the published site."""
        shutil.copytree(self.site, folder)
        return folder

    def copy(self, folder: Path) -> Keyed:
        """Return another press that begins where this one stands, with the same keys."""
        shutil.copytree(self.root.parent, folder)
        other = Keyed.__new__(Keyed)
        other.root, other.keys, other.site = (folder / name for name in ("repository", "keys", "public"))
        return other
