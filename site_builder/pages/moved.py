"""What stands at an address that the site left: a pointer in place of each page, and redirects for servers.

Pages move, data does not: a verifier asks for a badge, its keys and its list where the badge says, and
follows no redirect. A page's address ends with a slash, and no other address does. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder.assembling.addresses import TOMBSTONE, Addresses
from site_builder.exports.award_page import STYLESHEET
from site_builder.exports.html import POLICY, relative
from site_builder.messages import LANGUAGES, load

MOVED_SCRIPT = "assets/badgepress/moved.js"
"""The script of a pointer: only a script can hand on what stands behind ``#``, in which holders' links have
their names and salts; no server sees it, and a refresh by the page itself would lose it."""
_LEFT_OUT = frozenset({".badgepress", "404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz"})
"""What only a site as a whole has: a mark for builds, a page for lost addresses, and words for crawlers."""
_LANGUAGE = re.compile(rb'<html\b[^>]*\blang="([a-zA-Z]+)')
_SCRIPT = """\
"use strict";
location.replace(document.querySelector('link[rel="canonical"]').href + location.hash);
"""


def is_left_out(path: str) -> bool:
    """Return True for a file of the old site that is not served at its old address any more."""
    return path in _LEFT_OUT


def moved_script() -> bytes:
    """Return the script of every pointer."""
    return _SCRIPT.encode()


def language_of(html: bytes) -> str:
    """Return the language that a page says it is in; empty where it says none."""
    found = _LANGUAGE.search(html)
    return found[1].decode().lower() if found else ""


def moved_page(language: str, path: str, home: Addresses, *, erased: bool) -> bytes:
    """Return the pointer that stands at ``path`` of the old site, to the same page at the site's new home.

    Without scripts the browser goes there by itself, and without that by a link. ``erased`` says that no
    badge stands beside the page, as our verifier asks of such a page.
    """
    words = load(language if language in LANGUAGES else LANGUAGES[0])
    target = home.url(path)
    values = {
        "lang": words.language,
        "dir": words.direction,
        "policy": Markup(POLICY),  # noqa: S704 - our own words
        "title": words("moved.title"),
        "told": words("moved.told"),
        "target": target,
        "style": relative(path, STYLESHEET),
        "script": relative(path, MOVED_SCRIPT),
        "main": Markup(TOMBSTONE if erased else "<main>"),  # noqa: S704 - our own words
    }
    return Markup(_PAGE).format(**values).encode()  # noqa: S704 - the template below, its values are escaped


_PAGE = """\
<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{target}">
<link rel="stylesheet" href="{style}">
<script src="{script}" defer></script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
{main}
<h1>{title}</h1>
<p>{told} <a href="{target}">{target}</a></p>
</main>
</body>
</html>
"""


def redirects(pages: Iterable[str], old: Addresses, home: Addresses) -> dict[str, bytes]:
    """Return the redirects of pages for servers that can make them, by the name of their file.

    ``pages`` are the paths of the old site's pages. Awards share one rule; each other page has its own.
    """
    others = sorted(page for page in pages if not page.startswith("issued/") and not is_left_out(page))
    return {
        "cloudflare/_redirects": _rules(others, old, home, "301"),
        "netlify/_redirects": _rules(others, old, home, "301!"),
        "nginx.conf": _nginx(old, home),
    }


def _rules(pages: list[str], old: Addresses, home: Addresses, status: str) -> bytes:
    """Return a ``_redirects`` file, exact rules first: Cloudflare counts and takes them in that order.

    On Netlify a rule yields to a file of the same address unless its status ends in ``!``.
    """
    lines = [f"{_path(old, page)} {home.url(page)} {status}" for page in pages]
    lines.append(f"{_path(old, 'issued/')}:award/ {home.url('issued/')}:award/ {status}")
    return "".join(f"{line}\n" for line in lines).encode()


def _path(old: Addresses, page: str) -> str:
    return urlsplit(old.url(page)).path


def _nginx(old: Addresses, home: Addresses) -> bytes:
    (_, host, path, *_), (_, new_host, new_path, *_) = urlsplit(old.base), urlsplit(home.base)
    root = re.escape(path.rstrip("/"))
    # The first rule that fits counts. Without this one a page below the old address would move for ever.
    is_below = new_host == host and new_path.startswith(path)
    stays = f'    "~^{re.escape(new_path)}" "";\n' if is_below else ""
    return f"""\
# Pages have moved; data has not. A page's address ends with a slash, and no other address does.
# The map belongs into http {{}}; put the line at the end of this file into server {{}} of the old host.
map $uri $badgepress_moved {{
    default "";
{stays}    "~^{root}/(?<badgepress_page>(?:[A-Za-z0-9._~/-]*/)?)$" {home.base}$badgepress_page;
}}
# if ($badgepress_moved) {{ return 301 $badgepress_moved; }}
""".encode()
