"""A small site as a folder: its keys and badges are words, its status list is a real one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from site_builder.assembling.addresses import TOMBSTONE
from site_builder.assembling.status import encode_list
from site_builder.uploading.bucket import Bucket
from site_builder.uploading.files import site_files
from site_builder.uploading.upload import Plan, carry_out, plan_upload
from site_builder.verifying.sources import FolderSource

BASE = "https://badges.northfield.example/"
DID = "did:web:badges.northfield.example"
AWARDS = tuple(f"{number:08x}-0000-4000-8000-000000000000" for number in range(12))
ONE, *_, LAST = AWARDS


def small_site(folder: Path, awards: Iterable[str] = AWARDS) -> Path:
    """Write a site with these awards into ``folder``; each is linked from the catalog's page of awards."""
    awards = tuple(awards)
    write(folder, "catalog.json", json.dumps({"site": BASE, "issuer": DID, "awards": awards}))
    for path in ("did.json", ".well-known/did.json"):
        write(folder, path, json.dumps({"id": DID}))
    write(folder, "did.js", "var did;")
    write_list(folder, "2026-11-22T00:00:00Z", [3])
    write(folder, ".badgepress", "Made by badgepress.")
    write(folder, ".nojekyll", "")
    write(folder, "index.html", '<a href="awards/">awards</a>')
    links = "".join(f'<a href="../issued/{award}/">{award}</a>' for award in awards)
    write(folder, "awards/index.html", links)
    write(folder, "credentials/charts/1.0/achievement.json", "{}")
    write(folder, "credentials/charts/1.0/badge.svg", "<svg/>")
    write(folder, "credentials/charts/index.html", "charts")
    write(folder, "assets/badgepress/index.en.js", "var index;")
    write(folder, "assets/badgepress/verify.js", "var verify;")
    write(folder, "assets/badgepress/fonts/inter.woff2", "font")
    write(folder, "assets/stylesheets/main.57a0d79d.min.css", "a{}")
    write(folder, "sitemap.xml.gz", "packed")
    for award in awards:
        write_award(folder, award)
    return folder


def write(folder: Path, path: str, text: str) -> None:
    """Write one file of a site."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def write_award(folder: Path, award: str, words: str = "") -> None:
    """Write the three files of an award."""
    write(folder, f"issued/{award}/credential.json", json.dumps({"id": award, "words": words}))
    write(folder, f"issued/{award}/credential.js", f"var badge = '{words}';")
    write(folder, f"issued/{award}/index.html", f"{award} {words}")


def erase(folder: Path, award: str) -> None:
    """Leave of an award what an erased one leaves: a page that says so."""
    for name in ("credential.json", "credential.js"):
        (folder / "issued" / award / name).unlink()
    write(folder, f"issued/{award}/index.html", f"<p {TOMBSTONE}>erased</p>")


def write_list(folder: Path, valid_from: str, bits: list[int]) -> None:
    """Write the site's status list."""
    said = {"validFrom": valid_from, "credentialSubject": {"encodedList": encode_list(bits)}}
    write(folder, "status/1.json", json.dumps(said))


def publish(folder: Path, place: Bucket, *, fresh: bool = False) -> Plan:
    """Publish a folder as the command does, without verifying it; return what was done."""
    plan = plan_upload(FolderSource(folder), site_files(folder), place, fresh=fresh)
    carry_out(plan, folder, place)
    return plan


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def broken_promises(folder: Path) -> list[str]:
    """Return what a reader of a half-published site would miss: the badge of a page, the page of a link."""
    found = []
    for page in folder.rglob("*.html"):
        if page.parent.parent.name == "issued" and TOMBSTONE not in page.read_text():
            found += [str(page)] if not (page.parent / "credential.json").exists() else []
        links = re.findall(r'href="([^"]*/issued/[^"#]+/)"', page.read_text())
        found += [f"{page}: {link}" for link in links if not (page.parent / link / "index.html").exists()]
    return found
