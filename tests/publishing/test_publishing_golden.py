"""What is published for a small repository, byte by byte, as it stands in ``tests/golden/``.

A change of one published byte shows here, and must be meant: published badges are data for ever. To accept:

    .venv/bin/python -m tests.publishing.test_publishing_golden
"""

from __future__ import annotations

import shutil
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.keys import Role, demo_signers
from site_builder.publishing.award_part import award_part
from site_builder.publishing.issuing import sign_awards, sign_lists
from site_builder.publishing.records import Records
from tests.support.repos import NOW, catalog_of, valid

GOLDEN = Path(__file__).parent.parent / "golden"
KEYS = {
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK": Role.ISSUE,
    "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH": Role.STATUS,
}


def published() -> dict[str, bytes]:
    """Return the award part of the small repository, signed by the demo keys; stylesheets are left out."""
    files, signers = valid(), demo_signers()
    for key, role in KEYS.items():
        files["credentials/issuer.yaml"] = files["credentials/issuer.yaml"].replace(
            key, signers[role].public_key
        )
    catalog = catalog_of(files)
    at = Addresses(catalog.settings.site_url)
    nothing = Records({}, {})
    signed = sign_awards(catalog, at, nothing, lambda: signers[Role.ISSUE], lambda: None)
    sign_lists(signed, catalog, at, NOW, nothing, lambda: signers[Role.STATUS])
    assert signed.problems == []
    made = {artifact.path: artifact.data for artifact in award_part(catalog, at, signed)}
    return {path: data for path, data in made.items() if not path.startswith("assets/")}


def kept() -> dict[str, bytes]:
    """Return the golden files by path."""
    return {p.relative_to(GOLDEN).as_posix(): p.read_bytes() for p in GOLDEN.rglob("*") if p.is_file()}


def test_not_one_published_byte_has_changed() -> None:
    now, before = published(), kept()
    assert sorted(now) == sorted(before)
    assert [path for path in now if now[path] != before[path]] == []


def test_badges_come_before_their_pages_and_the_index_last() -> None:
    order = list(published())
    for path in order:
        if path.startswith("issued/") and path.endswith("/index.html"):
            assert order.index(path.replace("index.html", "credential.json")) < order.index(path)
    assert order[-1] == "catalog.json"


if __name__ == "__main__":
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, data in published().items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_bytes(data)
