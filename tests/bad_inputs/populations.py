"""Many awards at once, and what their numbers and pages may tell of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.site import Site

SMALL = 10
"""The least number of people a figure, or the difference of two, may stand for (DESIGN 4)."""

_PLACES = (base.CHARTS_AWARDS, base.ASKING_AWARDS)
_FOUND_BY_ALL = re.compile(r"sitemap|catalog\.json|search/|\.xml$")


def publish_stats(repo: Repo, op: dict[str, Any]) -> None:
    """Award one credential after the other to as many learners: the first ones of each group are the same."""
    groups = op.get("groups")
    if set(op) != {"do", "groups"} or not isinstance(groups, list) or len(groups) > len(_PLACES):
        raise Unmapped(f"the runner does not know {op}")
    del repo.files[base.LITERACY_AWARDS]
    for place, (path, size) in enumerate(zip(_PLACES, groups, strict=False)):
        cohort = repo.data(path)
        cohort["awards"] = [_award(place, number) for number in range(int(size))]
        cohort.pop("erased", None)


def _award(group: int, number: int) -> base.Data:
    digits = f"{group + 1}{number:07x}"
    return {
        **base.award(f"{digits}-0000-4000-8000-{number:012x}", f"{number:032x}"),
        "commitments": {"email": f"sha256${digits * 8}"},
        "status_index": 1000 * (group + 1) + number,
    }


def small_groups(case: Case, site: Site) -> Iterator[str]:
    """Yield figures on the pages from which the size of a group below ten can be worked out."""
    texts = [page.text for path, page in site.seen.items() if path.endswith(".html")]
    groups = case.given.get("op", {}).get("groups", [])
    shown = sorted({size for size in groups if any(_is_in(size, text) for text in texts)})
    yield from (f"a group of {size} is shown" for size in shown if size < SMALL)
    for one, other in pairwise(shown):
        if other - one < SMALL:
            yield f"{one} and {other} are shown: their difference is a group of {other - one}"


def _is_in(number: int, text: str) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", text) is not None


def findable(repo: Repo, site: Site) -> Iterator[str]:
    """Yield where an award is found whose holder did not agree to that."""
    for path, content in repo.files.items():
        if str(path).startswith("issued/") and isinstance(content, dict):
            for award in content.get("awards", []):
                if isinstance(award, dict) and award.get("listing") != "listed":
                    yield from _findings(str(award.get("id")), site)


def _findings(award_id: str, site: Site) -> Iterator[str]:
    page = site.seen.get(f"issued/{award_id}/index.html")
    if page is not None and "noindex" not in page.robots:
        yield f"the page of {award_id} may be indexed"
    for file in site.folder.rglob("*"):
        name = str(file.relative_to(site.folder))
        if file.is_file() and _FOUND_BY_ALL.search(name) and award_id.encode() in file.read_bytes():
            yield f"{name} names the unlisted award {award_id}"
