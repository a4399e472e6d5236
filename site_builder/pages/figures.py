"""What the catalog's pages say of awards: all in them that a merge of awards can change.

The rest of a page says what designers wrote, so it stays as it is until one of their files changes
(:mod:`site_builder.pages.ground`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from site_builder.catalog.catalog import Catalog
from site_builder.pages.credential import awards_told
from site_builder.pages.listed import listed_awards
from site_builder.pages.page import LISTED


def figures(catalog: Catalog) -> Mapping[str, str]:
    """Return, by the key of each page that speaks of awards, a digest of what it says of them.

    Two catalogs that differ in nothing but awards give the same pages but for those whose digests differ.
    """
    listed = [
        [award.id, *award.achievement.key, award.issued_on.isoformat(), award.level]
        for award in listed_awards(catalog)
    ]
    said: dict[str, object] = {LISTED: listed, **awards_told(catalog)}
    return {key: _digest(value) for key, value in said.items()}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]
