"""A site with awards that were erased: a page each, no badge, no name, and no fault to a stranger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.keys import Role, demo_signers
from site_builder.publishing.award_part import award_part
from site_builder.publishing.issuing import sign_awards, sign_lists
from site_builder.publishing.records import Records
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.verify import verify_site
from tests.publishing.test_publishing_golden import KEYS
from tests.support.repos import NOW, SECOND_AWARD, UNKNOWN_AWARD, Files, catalog_of, valid

GONE = UNKNOWN_AWARD
_CHARTS = "issued/2026/charts.yaml"


def repository() -> Files:
    """Return the small repository with an erased award, which another replaces and a third continues."""
    files, signers = valid(), demo_signers()
    for key, role in KEYS.items():
        issuer = files["credentials/issuer.yaml"]
        files["credentials/issuer.yaml"] = issuer.replace(key, signers[role].public_key)
    files[_CHARTS] += f"    replaced_by: {GONE}\n    renews: {GONE}\n"
    files[_CHARTS] += f"erased:\n  - id: {GONE}\n    status_index: 99\n    date: 2026-03-03\n"
    return files


def published(folder: Path) -> dict[str, bytes]:
    """Write the award part of the repository into ``folder``; return its files by path."""
    catalog, signers = catalog_of(repository()), demo_signers()
    at = Addresses(catalog.settings.site_url)
    nothing = Records({}, {})
    signed = sign_awards(catalog, at, nothing, lambda: signers[Role.ISSUE], lambda: None)
    sign_lists(signed, catalog, at, NOW, nothing, lambda: signers[Role.STATUS])
    assert signed.problems == []
    made = {artifact.path: artifact.data for artifact in award_part(catalog, at, signed)}
    for path, data in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return made


def test_a_page_stays_and_no_badge_and_nothing_else_names_the_award(tmp_path: Path) -> None:
    made = published(tmp_path)
    assert [path for path in made if GONE in path] == [f"issued/{GONE}/index.html"]
    assert [path for path, data in made.items() if GONE.encode() in data] == []
    assert b"The award in its place was erased since." in made[f"issued/{SECOND_AWARD}/index.html"]


def test_a_stranger_finds_no_fault_with_the_page(tmp_path: Path) -> None:
    published(tmp_path)
    now = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    assert verify_site(FolderSource(tmp_path), now).told() == []


def test_a_page_that_lost_its_badge_is_no_such_page(tmp_path: Path) -> None:
    published(tmp_path)
    (tmp_path / "issued" / SECOND_AWARD / "credential.json").unlink()
    now = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    found = [(item.path, item.code) for item in verify_site(FolderSource(tmp_path), now).problems]
    assert (f"issued/{SECOND_AWARD}/index.html", "no-badge") in found
