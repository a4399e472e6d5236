"""Translations are the catalog's alone: with them or without, every signed and hosted byte is the same."""

from __future__ import annotations

from site_builder.publishing.award_part import award_part
from tests.publishing.test_publishing_issuing import AT, FILES, signed
from tests.support.repos import catalog_of

FRENCH = "translations:\n  fr:\n    name: Les graphiques\n    summary: Une phrase.\n"


def test_a_translation_added_after_the_award_changes_no_badge() -> None:
    spec = "credentials/charts.yaml"
    before, after = catalog_of(FILES), catalog_of({**FILES, spec: FILES[spec] + FRENCH})
    assert after.newest("charts").spec.told_in("fr").name.words == "Les graphiques"
    assert [badge.data for badge in signed(after).badges] == [badge.data for badge in signed(before).badges]
    old = {artifact.path: artifact.data for artifact in award_part(before, AT, signed(before))}
    new = {artifact.path: artifact.data for artifact in award_part(after, AT, signed(after))}
    kept = [path for path in old if path.endswith((".json", "credential.js", "shared.js"))]
    kept.remove("catalog.json")  # the catalog's own list may tell its readers of translations
    assert [path for path in kept if new[path] != old[path]] == []
