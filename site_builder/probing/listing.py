"""Which addresses of a site are asked for: all of its data, and a random sample of what there is much of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.parse import urljoin

from site_builder.assembling.addresses import Addresses, status_list
from site_builder.probing.live import MISSING, LiveSite, as_json
from site_builder.probing.resources import BADGES, CATALOG, Resource, resource
from site_builder.verifying.sources import Unavailable, path_below
from site_builder.verifying.web import Reply

_OWN = frozenset({".badgepress", ".nojekyll", "404.html"})
"""Files for the host or the press, which no reader asks for."""

_LINKED = re.compile(rb'(?:src|href)="([^"#?]+\.(?:js|css|svg|png|woff2))"')
_MOST_LISTS = 10_000
_HIDDEN = 403
"""What S3 answers for what is missing to those who may not list."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked for, and by the name of each kind how many of it there are."""

    items: tuple[Resource, ...]
    of: Mapping[str, int]


def _listing(items: Iterable[Resource], sample: int) -> Listing:
    """Return all data among ``items``, and a sample of the rest; the files of one award go together."""
    by_place: dict[str, list[Resource]] = {}
    taken, of = [], dict[str, int]()
    for item in items:
        of[item.kind.name] = of.get(item.kind.name, 0) + 1
        if item.kind.is_data:
            taken.append(item)
        else:
            by_place.setdefault(_place(item), []).append(item)
    for awards in (True, False):
        places = [place for place in by_place if place.startswith("issued/") is awards]
        if sample and len(places) > sample:
            places = sorted(SystemRandom().sample(places, sample))
        taken += [item for place in places for item in by_place[place]]
    return Listing(tuple(taken), of)


def _place(item: Resource) -> str:
    return item.path.rpartition("/")[0] if item.path.startswith("issued/") else item.path


def of_folder(folder: Path, sample: int) -> Listing:
    """Return what is asked of a site that should have the files of ``folder``; ``sample`` 0 is all."""
    return _listing((resource(path) for path in sorted(_paths(folder)) if path not in _OWN), sample)


def _paths(folder: Path) -> Iterator[str]:
    start = len(str(folder)) + 1
    for parent, _, files in os.walk(folder):
        below = parent[start:].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in files)


def of_live(site: LiveSite, sample: int) -> Listing:
    """Return what is asked of a site of which nothing but its address is known.

    That is what its catalog and front page name. Unlisted badges are named nowhere: only a folder has them.
    """
    catalog = as_json(_body(site, "catalog.json")) or {}
    paths = [*Addresses(site.base).did_paths, status_list(1), "index.html"]
    paths += ["catalog.json", "robots.txt", "sitemap.xml"]
    paths += live_lists(site, 2)
    paths += named_in(site.base, catalog)
    paths += _linked(site, _body(site, "index.html") or b"")
    return _listing(map(resource, dict.fromkeys(paths)), sample)


def _body(site: LiveSite, path: str) -> bytes | None:
    try:
        return site.body(path)
    except Unavailable:
        return None  # told when this address is probed


def live_lists(site: LiveSite, first: int = 1) -> Iterator[str]:
    """Yield the paths of the status lists that are live, counted from ``first``, until there is none.

    The last one may be none: what the host does not say plainly is told when that address is probed.
    """
    for number in range(first, _MOST_LISTS):
        heard = site.hear(resource(status_list(number)))
        if isinstance(heard, Reply) and heard.status in (*MISSING, _HIDDEN):
            return
        yield status_list(number)
        # A host that answers for every address has no last list.
        if isinstance(heard, Unavailable) or "credentialSubject" not in (as_json(heard.body) or {}):
            return


def named_in(base: str, catalog: Mapping[str, Any]) -> list[str]:
    """Return the paths below ``base`` that a site's catalog.json names."""
    urls = [*_texts(catalog.get("listedAwards")), *_urls(catalog.get("credentials"))]
    paths = [_path(base, url) for url in urls]
    found = [path for path in paths if path]
    return [*found, *(_beside(path) for path in found if resource(path).kind is BADGES)]


def _urls(credentials: object) -> Iterator[str]:
    """Yield the addresses in a catalog's entries: of pages, achievements and images, old versions too."""
    for entry in credentials if isinstance(credentials, list) else ():
        if isinstance(entry, dict):
            yield from _texts([entry.get(name) for name in ("page", "achievement", "image")])
            yield from _urls(entry.get("versions"))


def _texts(found: object) -> list[str]:
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _path(base: str, url: str) -> str:
    """Return the path in the folder of an address of the site; empty for any other."""
    path = path_below(base, url.removesuffix("/"))
    if path is None:
        return ""
    return f"{path}/index.html" if url.endswith("/") else path


def _beside(path: str) -> str:
    return path.rpartition("/")[0] + "/index.html"


def _linked(site: LiveSite, page: bytes) -> list[str]:
    """Return the paths of scripts, styles and images that the front page names."""
    links = (urljoin(site.base, found.decode("utf-8", "replace")) for found in _LINKED.findall(page))
    return [path for link in links if (path := _path(site.base, link)) and resource(path).kind is not CATALOG]
