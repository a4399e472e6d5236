"""What a web server says of each file of a site: its type, and how long it may be kept.

S3 serves what was said at upload; a static host that one configures should say the same. Where a name has a
hash of the content, it is the same for ever. All else may change: a badge too is signed anew when its key was
compromised, and an erased one must go, so an hour is the most; pages, and the scripts and styles that fit
them, live five minutes, so that none outlives the other by long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "jwt": "application/jwt",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vc": "application/vc",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
_NO_ENDING = "text/plain; charset=utf-8"
_UNKNOWN = "application/octet-stream"

_FOR_EVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"
_MINUTES = "public, max-age=300"

_HASHED = re.compile(r"assets/(javascripts|stylesheets)/.*\.[0-9a-f]{8}\.min\.(css|js)(\.map)?")
"""MkDocs Material's own files. Eight digits in the name of an author's file may as well be a day."""
_SELDOM = re.compile(r"(credentials|issued|issuers)/.*(?<!\.html)|assets/.*\.(jpg|png|svg|ttf|woff2?)")


@dataclass(frozen=True, slots=True)
class Headers:
    """The two headers of a file."""

    content_type: str
    cache_control: str


def headers_of(path: str) -> Headers:
    """Return the headers with which the file at ``path`` of a site is served."""
    return Headers(content_type(path), cache_control(path))


def content_type(path: str) -> str:
    """Return the media type of a file by its name (RFC 6838), with the character set of texts.

    A table of our own: what a machine has installed must not change what a site says.
    """
    name = path.rpartition("/")[2].lower()
    stem, _, ending = name.rpartition(".")
    return _TYPES.get(ending, _UNKNOWN) if stem else _NO_ENDING


def cache_control(path: str) -> str:
    """Return how long browsers and proxies may keep a file without asking again (RFC 9111, clause 5.2)."""
    if _HASHED.fullmatch(path):
        return _FOR_EVER
    return _AN_HOUR if _SELDOM.fullmatch(path) else _MINUTES
