"""A repository that changes at random, its site built again, and damage to what builds keep."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

from site_builder.keys import Role, demo_signers
from site_builder.problems import Problem
from site_builder.publishing.build import Outcome, Request, build
from tests.support.repos import (
    FIRST_AWARD,
    NOW,
    STACKED_AWARD,
    THIRD_AWARD,
    Files,
    award,
    award_file,
    credential,
    valid,
)

TEXTS = (
    "Écrit à la main.",
    'He said "so".',
    "Über 40 °C & 3 < 4 > 2.",
    "One line.\n\nAnother.",
    "C'est l'été 🍉",
)


class History:
    """One repository below ``root``: what its authors wrote, and the sites that are built from it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root / "repository", Random(seed)
        self.site, self.other, self.clean = root / "site", root / "other", root / "clean"
        self.now = NOW
        self.files = self._demo_keys(valid())
        self.number = 10
        self._write()

    @staticmethod
    def _demo_keys(files: Files) -> Files:
        issuer = files["credentials/issuer.yaml"]
        public = {role: signer.public_key for role, signer in demo_signers().items()}
        issuer = issuer.replace("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", public[Role.ISSUE])
        issuer = issuer.replace("z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH", public[Role.STATUS])
        return {**files, "credentials/issuer.yaml": issuer}

    def _write(self) -> None:
        for path in ("credentials", "frameworks", "issued"):
            shutil.rmtree(self.root / path, ignore_errors=True)
        for path, text in self.files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")

    # What authors do.

    def an_award(self, more: str = "") -> str:
        """Return an entry of an award file that no other is like."""
        self.number += 1
        number = f"{self.number:08x}"
        entry = award(f"{number}-1111-4111-8111-111111111111", "b", more)
        entry = entry.replace(f"status_index: {int(number[0], 16)}", f"status_index: {self.number}")
        entry = entry.replace(f"sha256${number[0] * 64}", f"sha256${self.number:064x}")
        return entry.replace("learner: " + "b" * 32, f"learner: c{self.number:031x}")

    def add(self) -> None:
        """Issue one more award, with evidence, a date or a wallet of its own or without."""
        others = [name for name in self.award_files() if STACKED_AWARD not in self.files[name]]
        if not others:
            return
        path = self.chance.choice(others)
        text = self.chance.choice(TEXTS).replace('"', '\\"').replace("\n", "\\n")
        more = self.chance.choice(
            (
                "",
                "    listing: listed\n",
                "    expires: 2027-05-01\n",
                f'    evidence:\n      - name: A report\n        narrative: "{text}"\n',
                f"    holder: did:example:{self.number}\n",
            )
        )
        at_erased = self.files[path].find("erased:")
        entry, whole = self.an_award(more), self.files[path]
        end = len(whole) if at_erased < 0 else at_erased
        self.files[path] = whole[:end] + entry + whole[end:]

    def new_cohort(self) -> None:
        """Add an award file, of a credential that has other files."""
        name = self.chance.choice(("asking", "charts"))
        day = NOW - timedelta(days=self.chance.randrange(200))
        path = f"issued/2026/{name}-{self.number}.yaml"
        self.files[path] = award_file(name, day.isoformat(), *(self.an_award() for _ in range(3)))

    def revoke(self) -> None:
        """Revoke the last award of a file, or take that back."""
        path = self.chance.choice(self.award_files())
        mark = "    revoked: {date: 2026-11-20, reason: An error.}\n"
        text = self.files[path]
        self.files[path] = text.replace(mark, "") if mark in text or "erased:" in text else text + mark

    def remove(self) -> None:
        """Take a cohort away that nothing stacks on."""
        needed = (FIRST_AWARD, THIRD_AWARD) if STACKED_AWARD in "".join(self.files.values()) else ()
        spare = [path for path in self.award_files() if not any(part in self.files[path] for part in needed)]
        if spare:
            del self.files[self.chance.choice(spare)]

    def erase(self) -> None:
        """Put an award's note in its place."""
        path = self.chance.choice(self.award_files())
        self.number += 1
        note = (
            f"  - {{id: {self.number:08x}-1111-4111-8111-111111111111, status_index: {self.number},"
            " date: 2026-11-20}\n"
        )
        text = self.files[path]
        self.files[path] = (text if "erased:" in text else text + "erased:\n") + note

    def move(self) -> None:
        """Give an award file another name."""
        path = self.chance.choice(self.award_files())
        self.number += 1
        self.files[f"issued/2026/moved-{self.number}.yaml"] = self.files.pop(path)

    def reword(self) -> None:
        """Change a text that many badges or pages rest on."""
        path, old = self.chance.choice(
            (
                ("credentials/charts.yaml", "summary: "),
                ("credentials/issuer.yaml", "description: "),
                ("frameworks/data-skills.yaml", "      intermediate: "),
                ("mkdocs.yml", "site_name: "),
            )
        )
        before, _, after = self.files[path].partition(old)
        self.number += 1
        self.files[path] = f"{before}{old}Text {self.number}.\n{after.partition(chr(10))[2]}"

    def new_credential(self) -> None:
        """Add a credential that has no awards."""
        self.number += 1
        name = f"spec-{self.number}"
        self.files[f"credentials/{name}.yaml"] = credential(name)

    def next_day(self) -> None:
        """Let a day pass."""
        self.now += timedelta(days=1)

    def award_files(self) -> list[str]:
        """Return the paths of the award files."""
        return sorted(path for path in self.files if path.startswith("issued/"))

    # What happens to folders.

    def entries(self) -> list[Path]:
        """Return what earlier builds kept."""
        kept = self.root / ".badgepress"
        return sorted(path for path in kept.rglob("*") if path.is_file() and path.name != ".gitignore")

    def spoil(self) -> None:
        """Damage some of what builds kept: cut short, with a bit turned, exchanged, foreign or gone."""
        # One that was emptied before has nothing left to damage.
        entries = {entry: raw for entry in self.entries() if (raw := entry.read_bytes())}
        for entry in self.chance.sample(sorted(entries), len(entries) // 2):
            raw = entries[entry]
            spot = self.chance.randrange(len(raw))
            flipped = raw[:spot] + bytes([raw[spot] ^ 1 << self.chance.randrange(8)]) + raw[spot + 1 :]
            data = self.chance.choice((raw[:spot], flipped, b"", self.chance.choice(list(entries.values()))))
            entry.unlink()
            if self.chance.random() < 0.8:
                entry.write_bytes(data)
                entry.chmod(0o444)

    def touch(self) -> None:
        """Change something in the published folder behind the press's back."""
        files = sorted(path for path in self.site.rglob("*") if path.is_file() and path.name != ".badgepress")
        if not files:
            return
        path = self.chance.choice(files)
        what = self.chance.choice(("gone", "altered", "more"))
        if what == "gone":
            path.unlink()
        elif what == "altered":
            path.write_bytes(b"something else")
        else:
            (path.parent / "stray.txt").write_text("x", "utf-8")

    # The press.

    def request(self, output: Path, *, fresh: bool = False) -> Request:
        """Return what a build is asked for. Nothing published is compared: these authors may change all."""
        return Request(self.root, output, self.now, {}, executor="inline", fresh=fresh)

    def build(self) -> Outcome:
        """Build again, from what earlier builds kept."""
        self._write()
        return made(self.request(self.site))

    def build_twice_at_once(self) -> None:
        """Build, and at the same time into another folder by a process of its own, with the same store."""
        self._write()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if made(self.request(self.other)).published else 1
            finally:
                os._exit(code)
        made(self.request(self.site))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    def expected(self) -> dict[str, bytes]:
        """Return the files of a site built from nothing, believing nothing that was kept."""
        shutil.rmtree(self.clean, ignore_errors=True)
        assert made(self.request(self.clean, fresh=True)).published
        return tree(self.clean)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made(request: Request) -> Outcome:
    """Return what came of a build that finds no mistake."""
    outcome = build(request, lambda label, length: lambda: None)
    wrong: list[Problem] = [problem for problem in outcome.problems if problem.is_error]
    assert wrong == []
    return outcome
