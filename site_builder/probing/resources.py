"""What a site consists of as seen from outside, and what a host must answer for each kind of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.verifying.files import MAX_BYTES
from site_builder.verifying.sources import MAX_CATALOG_BYTES

DAY = 86_400
WEEK = 7 * DAY

_JSON = re.compile(r"application/(?:json|[a-z0-9.+-]+\+json)")
_SCRIPT = re.compile(r"(?:text|application)/(?:x-)?javascript")
_TYPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "json": (_JSON, "application/json"),
    "jsonld": (_JSON, "application/ld+json"),
    "html": (re.compile("text/html"), "text/html"),
    "js": (_SCRIPT, "text/javascript"),
    "css": (re.compile("text/css"), "text/css"),
    "svg": (re.compile(r"image/svg\+xml"), "image/svg+xml"),
    "png": (re.compile("image/png"), "image/png"),
    "xml": (re.compile(r"(?:text|application)/xml"), "application/xml"),
    "txt": (re.compile("text/plain"), "text/plain"),
    "woff2": (re.compile("(?:font|application)/(?:font-)?woff2"), "font/woff2"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource: its name for people, if browsers elsewhere read it, how long caches may keep it.

    ``keeps`` is in seconds. ``is_data`` says that all of it is asked for, never a sample.
    """

    name: str
    keeps: int
    is_shared: bool = False
    is_data: bool = True
    largest: int = MAX_CATALOG_BYTES


KEYS = Kind("did.json", DAY, is_shared=True, largest=MAX_BYTES)
LISTS = Kind("status lists", DAY, is_shared=True, largest=MAX_BYTES)
CONTEXTS = Kind("contexts", 365 * DAY, is_shared=True, largest=MAX_BYTES)
BADGES = Kind("badges", WEEK, is_shared=True, is_data=False, largest=MAX_BYTES)
ACHIEVEMENTS = Kind("achievements", WEEK, is_shared=True, largest=MAX_BYTES)
CATALOG = Kind("catalog files", WEEK)
IMAGES = Kind("images", 365 * DAY)
PAGES = Kind("pages", WEEK, is_data=False)
TWINS = Kind("script twins", DAY, is_data=False)
ASSETS = Kind("scripts and styles", 365 * DAY)
ABSENT = Kind("unknown addresses", WEEK)

KINDS = (KEYS, LISTS, CONTEXTS, BADGES, ACHIEVEMENTS, CATALOG, IMAGES, PAGES, TWINS, ASSETS, ABSENT)
"""In the order in which a report names them."""

_PATTERNS: tuple[tuple[str, Kind], ...] = (
    (r"(?:.*/)?did\.json", KEYS),
    (r"status/\d+\.json", LISTS),
    (r"contexts/.+", CONTEXTS),
    (r"issued/[^/]+/credential\.json", BADGES),
    (r"credentials/.+\.json", ACHIEVEMENTS),
    (r".*\.html|(?:.*/)?", PAGES),
    (r"did\.js|status/\d+\.js|issued/.+\.js|credentials/.+\.js", TWINS),
    (r".*\.(?:svg|png)", IMAGES),
    (r".*\.(?:json|xml|gz|txt|csv)", CATALOG),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One address of a site: its path in the folder, with a page's ``index.html``."""

    path: str
    kind: Kind

    @property
    def address(self) -> str:
        """Its address below the site's: a page's ``index.html`` is left off."""
        folder, slash, name = self.path.rpartition("/")
        return folder + slash if name == "index.html" else self.path

    @property
    def media_type(self) -> tuple[re.Pattern[str], str] | None:
        """What its Content-Type must match, and how that is said; None where any will do."""
        return _TYPES.get(self.path.rpartition(".")[2])


def resource(path: str) -> Resource:
    """Return the resource at a path in the site folder.

    >>> resource("issued/1/credential.json").kind.name
    'badges'
    """
    for pattern, kind in _PATTERNS:
        if re.fullmatch(pattern, path):
            return Resource(path, kind)
    return Resource(path, ASSETS)
