"""Judges of a whole built folder: are its links alive, does its policy hold, is what machines read shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.site_pages import (
    Folder,
    Reference,
    SitePage,
    read_pages,
    references,
    references_of_styles,
)

CHECK_PAGE = "verify/index.html"
"""The one page that may ask another host, and only when its reader presses a button (DESIGN 6)."""
_DIRECTIVES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self' data:", "'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
}
"""What a page's policy may say, and no more. A directive that is left out falls back to none, but two."""
_NO_FALLBACK = ("default-src", "base-uri", "form-action")
_WORDS_OF_CODE = {
    "@context", "@id", "@type", "url", "image", "logo", "item", "inLanguage", "courseMode", "courseWorkload",
    "validFor", "addressCountry", "position", "version",
}  # fmt: skip
"""Properties whose values are addresses or codes: the page says the same in words."""


def link_faults(folder: Path, base: str) -> list[str]:
    """Return each address in a page, stylesheet, sitemap or data block that does not lead to a file.

    ``base`` is the address the folder is made for. Other hosts may be linked to over https; nothing may be
    loaded from them. Fragments must name an element.
    """
    site, pages = Folder(folder, base), read_pages(folder)
    found = [(page.path, reference) for page in pages.values() for reference in references(page)]
    found += [("index.html", reference) for reference in _named_by_machines(folder, base, pages)]
    found += list(references_of_styles(folder))
    told = ((reference, site.fault(path, reference, pages)) for path, reference in found)
    return sorted({f"{reference.where} {fault}" for reference, fault in told if fault})


def _named_by_machines(folder: Path, base: str, pages: dict[str, SitePage]) -> Iterator[Reference]:
    for name, pattern in (
        ("sitemap.xml", r"(?:<loc>|href=\")([^<\"]+)"),
        ("robots.txt", r"Sitemap: (\S+)"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        yield from (Reference(name, url, loads=False) for url in re.findall(pattern, text))
    for page in pages.values():
        for _, text in _texts(list(page.data()), ""):
            if text.startswith(base):
                # A thing's name may have a fragment that is no element's.
                yield Reference(f"{page.path}: data", text.split("#")[0], loads=False)


def absolute_faults(page: SitePage) -> list[str]:
    """Return each address that would lead elsewhere if the page were shown at another address (404.html)."""
    return [
        one.where + " " + one.url
        for one in references(page)
        if not one.url.startswith(("/", "#", "https://"))
    ]


def policy_faults(folder: Path) -> list[str]:
    """Return what in any page could act, or stands before the policy that would forbid it (CSP Level 3)."""
    return [
        f"{page.path}: {fault}" for page in read_pages(folder).values() for fault in _policy_faults_of(page)
    ]


def _policy_faults_of(page: SitePage) -> Iterator[str]:
    after = [element.name for element in page.elements]
    metas = page.all("meta")
    if after[:4] != ["html", "head", "meta", "meta"] or "charset" not in metas[0].attributes:
        yield f"begins with {after[:4]}, so something may be read before the policy"
    if len(metas) < 2 or metas[1].attributes.get("http-equiv", "").lower() != "content-security-policy":
        yield "has no policy right after its charset"
    else:
        yield from _bad_directives(metas[1].attributes.get("content", ""), page.path)
    for element in page.elements:
        yield from _acting(element.name, element.attributes)
        if element.name == "script" and not element.is_data and "src" not in element.attributes:
            yield f"has an inline script: {''.join(element.text)[:60]}"
        if element.name == "style":
            yield "has an inline style sheet"


def _bad_directives(policy: str, path: str) -> Iterator[str]:
    given = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    for name, sources in given.items():
        if name == "connect-src" and path == CHECK_PAGE and sources == "'self' https:":
            continue
        if sources not in _DIRECTIVES.get(name, ()):
            yield f"its policy has {name} {sources}"
    yield from (f"its policy lacks {name}" for name in _NO_FALLBACK if name not in given)


def _acting(name: str, attributes: dict[str, str]) -> Iterator[str]:
    for attribute, value in attributes.items():
        if attribute.startswith("on") or attribute in ("style", "srcdoc"):
            yield f"{name} has the attribute {attribute}"
        if re.match(r"[\s\x00-\x20]*(?:javascript|vbscript):", value, re.IGNORECASE):
            yield f"{name} {attribute} runs a script: {value[:60]}"
    if name in ("iframe", "object", "embed", "base", "applet", "frame"):
        yield f"has the element {name}"


def hidden_words(folder: Path) -> list[str]:
    """Return each text that a data block tells machines and the page does not tell its readers."""
    faults = []
    for page in read_pages(folder).values():
        shown = _plain(page.text)
        for place, text in _texts(list(page.data()), ""):
            if place not in _WORDS_OF_CODE and _plain(text) not in shown:
                faults.append(f"{page.path}: {place}: {text}")
    return faults


def _plain(text: str) -> str:
    """Return the letters alone: where lines and paragraphs end is nobody's meaning."""
    return "".join(text.split()).casefold()


def _texts(value: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield each text in JSON with the property it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for inner_name, inner in value.items():
            yield from _texts(inner, inner_name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
