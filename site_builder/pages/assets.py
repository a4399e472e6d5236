"""What pages need beside their HTML: stylesheets, and the badge images they show."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import achievement_image, issuer_image
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import STYLESHEET
from site_builder.messages import browser_script, words_path

SCRIPTS = {
    "theme": "assets/badgepress/theme.js",
    "site": "assets/badgepress/site.js",
}
"""The scripts of every page of the catalog: the first before anything is shown, the other after."""
BROWSE = "assets/badgepress/browse.js"
"""The script of the front page's filters."""
_CATALOG_SCRIPTS = ("theme.js", "site.js", "search.js", "browse.js")
CATALOG_STYLESHEET = "assets/badgepress/catalog.css"
"""The stylesheet of the catalog, over Material's own."""
_STYLES = ("base", "frame", "cards", "guide", "home", "search", "credential", "story", "lists", "paper")
"""Its parts, in the order in which a later one may overrule an earlier one."""


def static_artifacts(languages: tuple[str, ...]) -> Iterator[Artifact]:
    """Yield the files that award pages share; they are the same for every catalog in these languages."""
    yield Artifact(STYLESHEET, _style("award.css", "holder.css"))
    yield from _fonts()
    yield from (Artifact(words_path(language), browser_script(language)) for language in languages)


def script(name: str) -> Artifact:
    """Return a bundle that ``make scripts`` made from ``site_builder/browser/src``."""
    data = (files("site_builder") / "browser" / "dist" / name).read_bytes()
    return Artifact(f"assets/badgepress/{name}", data)


def catalog_stylesheet() -> Artifact:
    """Return the catalog's stylesheet, which is only needed where MkDocs builds the catalog."""
    return Artifact(CATALOG_STYLESHEET, _style(*(f"{name}.css" for name in _STYLES)))


def catalog_scripts() -> Iterator[Artifact]:
    """Yield the scripts of the catalog's pages; the search's is loaded when a reader first searches."""
    yield from (script(name) for name in _CATALOG_SCRIPTS)


def image_artifacts(catalog: Catalog) -> Iterator[Artifact]:
    """Yield the badge image of every version, and the issuer's mark."""
    mark = catalog.issuer_image
    yield Artifact(issuer_image(mark.media_type), mark.published)
    for item in catalog.achievements.values():
        image = item.image
        yield Artifact(achievement_image(*item.key, image.media_type), image.published)


def _style(*names: str) -> bytes:
    """Return stylesheets as one, with the colours and faces that all pages share at its head."""
    styles = files("site_builder.pages") / "styles"
    faces = (files("site_builder.pages") / "fonts" / "fonts.css").read_bytes()
    return faces + b"".join((styles / name).read_bytes() for name in ("tokens.css", *names))


def _fonts() -> Iterator[Artifact]:
    """Yield the faces of the pages and their licences; those of the cards (``.ttf``) stay here."""
    for file in sorted((files("site_builder.pages") / "fonts").iterdir(), key=lambda item: item.name):
        if file.name.endswith((".woff2", ".LICENSE.txt")):
            yield Artifact(f"assets/badgepress/fonts/{file.name}", file.read_bytes())
