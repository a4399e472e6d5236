"""The catalog as a MkDocs plugin: a thin layer over the plain functions of ``pages/``.

The only module that imports mkdocs. ``badgepress build`` calls :func:`build_catalog` and ``badgepress serve``
calls :func:`serve`; under plain ``mkdocs build`` the plugin reads and checks the repository itself.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import click
import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, DictOfItems, ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import get_build_datetime

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.messages import LANGUAGES, load
from site_builder.models.settings import LINTS
from site_builder.pages import Page, all_pages
from site_builder.pages.assets import (
    CATALOG_STYLESHEET,
    catalog_scripts,
    catalog_stylesheet,
    image_artifacts,
    static_artifacts,
)
from site_builder.pages.crawlers import ROBOTS, Heads, robots
from site_builder.pages.reload import reload_script, with_reload
from site_builder.pages.search_index import Guide, plain, search_indexes
from site_builder.pages.theme import as_text, theme_folder, theme_values, without_styles
from site_builder.pages.view import views
from site_builder.problems import Problem, has_errors
from site_builder.publishing.catalog_pages import CatalogRefused
from site_builder.reading.repository import sweep

HOST = "127.0.0.1"
_MATERIAL = "assets/stylesheets/main."
_UNUSED = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/favicon.png")
_TEXTS = ("site_name", "site_description", "site_author", "copyright", "repo_url", "repo_name")
"""The settings that Material writes into pages."""


class _Options(Config):  # type: ignore[no-untyped-call]  # mkdocs declares no types there
    """What ``mkdocs.yml`` may say under ``badgepress``; ``models/settings.py`` reads it for the checks."""

    lint = Choice(LINTS, default="eu-2022")
    languages = ListOfItems(Choice(LANGUAGES), default=list(LANGUAGES[:1]))
    roster_columns = DictOfItems(ListOfItems(Type(str)), default={})


class _Generated(MkDocsPage):
    """A page of ours: MkDocs would set up Markdown with all its extensions anew, to read nothing with it."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the page empty; ``on_page_content`` fills it."""
        self.content, self.toc, self.present_anchor_ids = "", TableOfContents([]), set()


class BadgepressPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Adds the catalog's pages to a MkDocs site."""

    def __init__(self) -> None:
        self._given: tuple[Catalog, Addresses] | None = None
        self._pages: dict[str, Page] = {}
        self._keys: defaultdict[str, list[str]] = defaultdict(list)
        self._theme: dict[str, object] = {}
        self._heads: Heads | None = None
        self._catalog: Catalog | None = None

    def give(self, catalog: Catalog, at: Addresses) -> None:
        """Use this catalog instead of reading the repository; the caller writes the badge images."""
        self._given = catalog, at

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates before Material's, our stylesheet after it, and escape what authors set.

        Material writes settings, titles and front matter into pages as they are. ``settings_guard`` refuses
        what could act there; escaping keeps the rest (quotes, ampersands) what its author wrote.
        """
        config.theme.dirs.insert(0, theme_folder())
        config.extra_css.append(CATALOG_STYLESHEET)
        for name in _TEXTS:
            config[name] = as_text(config[name])
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page; a page of ours replaces one of the same name in ``docs/``."""
        catalog, at = self._given or _read(Path(config.config_file_path).parent)
        self._catalog = catalog
        self._pages = {_source(page.path): page for page in all_pages(catalog, at)}
        self._keys = defaultdict(list)
        for source, page in self._pages.items():
            self._keys[page.key].append(source)
        self._heads = Heads(self._pages.values(), catalog, at)
        known = {"material": _trim(files), "sources": frozenset(self._pages)}
        self._theme = {**theme_values(views(catalog, at)), **known}
        for source in self._pages:
            _put(files, File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        artifacts = [catalog_stylesheet(), *catalog_scripts()]
        if not self._given:
            artifacts += [*static_artifacts(catalog.settings.languages), *image_artifacts(catalog)]
        for artifact in artifacts:
            _put(files, _static(artifact, config))
        if files.get_file_from_path(ROBOTS) is None:  # an operator's own in docs/ stands
            _put(files, _static(robots(at), config))
        config.nav = _present(config.nav, files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Escape the titles and addresses that ``mkdocs.yml`` gives; spare Markdown our pages beside them."""
        _escape_titles(nav.items)
        named = {page.file.src_uri for page in nav.pages}
        for source in self._pages.keys() - named:
            _Generated(None, files.src_uris[source], config)  # it makes itself the file's page
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give header and footer what they show, and the search what it finds: guides are rendered by now."""
        env.globals["badgepress"] = self._theme
        if self._catalog is not None:
            for artifact in search_indexes(self._catalog, self._pages.values(), self._guides(files)):
                _put(files, _static(artifact, config))
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its head, and escape the front matter of any other page."""
        ours = self._pages.get(page.file.src_uri)
        if ours is None:
            # What ours is called would make a guide with a field of that name one of ours.
            page.meta = as_text({name: value for name, value in page.meta.items() if name != "badgepress"})
        else:
            page.meta["title"] = escape(ours.title)
            page.meta["badgepress"] = self._head(ours)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Return the HTML of a generated page, which Markdown has never touched; of others without styles."""
        ours = self._pages.get(page.file.src_uri)
        return without_styles(html) if ours is None else ours.html

    def _guides(self, files: Files) -> Iterator[Guide]:
        """Yield the pages of ``docs/`` that are for readers: what is kept out of the navigation is not."""
        for file in files.documentation_pages():
            page = file.page
            if page is not None and file.src_uri not in self._pages and _is_for_readers(file):
                top = page.toc.items[0].children if page.toc.items else []
                headings = tuple(plain(item.title) for item in top)
                yield Guide(file.dest_uri, plain(str(page.title)), headings)

    def _head(self, page: Page) -> dict[str, object]:
        """Return what the templates know of one page: its words, and where it stands in other languages."""
        same = [self._pages[name] for name in self._keys[page.key]]
        places = [(other.language, load(other.language).name, _address(other.path)) for other in same]
        return {
            "language": page.language,
            "title": page.title,
            "description": page.description,
            "languages": places,
            "scripts": page.scripts,
            **(self._heads.of(page) if self._heads else {}),
        }


def _trim(files: Files) -> str:
    """Take Material's scripts out of the site, which no page of ours loads; return its stylesheet's path."""
    unused = [file for file in files if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".css.map")]
    for file in unused:
        files.remove(file)
    return next(file.src_uri for file in files if file.src_uri.startswith(_MATERIAL))


def _escape_titles(items: Iterable[Any]) -> None:
    for item in items:
        if item.title is not None:  # a page's own heading comes later, as HTML
            item.title = as_text(item.title)
        if item.is_link:
            item.url = as_text(item.url)
        _escape_titles(item.children or ())


def _is_for_readers(file: File) -> bool:
    return bool(file.inclusion.value > InclusionLevel.NOT_IN_NAV.value)


def _address(path: str) -> str:
    return path.removesuffix("index.html") or "."


def _source(path: str) -> str:
    """Return the name under which MkDocs knows a page: ``a/index.html`` is made from ``a/index.md``."""
    return path.removesuffix(".html") + ".md"


def _put(files: Files, file: File) -> None:
    existing = files.get_file_from_path(file.src_uri)
    if existing is not None:
        files.remove(existing)
    files.append(file)


def _static(artifact: Artifact, config: MkDocsConfig) -> File:
    # INCLUDED, because MkDocs would leave out paths with a dot in front.
    return File.generated(config, artifact.path, content=artifact.data, inclusion=InclusionLevel.INCLUDED)


def _present(nav: Any, files: Files) -> Any:
    """Return the navigation without entries whose page is not there, so that a small site needs no guides."""
    if isinstance(nav, list):
        kept = [_present(entry, files) for entry in nav]
        return [entry for entry in kept if entry]
    if isinstance(nav, dict):
        kept_values = {title: _present(entry, files) for title, entry in nav.items()}
        return {title: entry for title, entry in kept_values.items() if entry}
    if isinstance(nav, str) and nav.endswith(".md") and files.get_file_from_path(nav) is None:
        return None
    return nav


def _read(root: Path) -> tuple[Catalog, Addresses]:
    """Read and check the repository; ``PluginError`` lists every problem in words."""
    catalog, problems = resolve(sweep(root), get_build_datetime().date())
    if catalog is None or has_errors(problems):
        told = "\n".join(_line(problem) for problem in problems if problem.is_error)
        raise PluginError(f"the repository has problems; `badgepress check` tells more\n{told}")
    return catalog, Addresses(catalog.settings.site_url)


def _line(problem: Problem) -> str:
    where = problem.path + (f":{problem.line}" if problem.line else "")
    return f"{where}: {problem.message}"


def build_catalog(root: Path, catalog: Catalog, at: Addresses, now: date, output: Path) -> None:
    """Write the catalog's pages and the guides in ``docs/`` into ``output``, which is emptied first.

    The same catalog, ``docs/``, ``mkdocs.yml`` and ``now`` give the same bytes. Badge images and award pages
    are left to the caller. Raises :class:`CatalogRefused` for anything MkDocs warns of, such as a dead link.
    """
    with _clock_at(now), _heard() as warnings:
        try:
            _build(root, catalog, at, output)
        except MkDocsException as error:
            told = warnings or [str(error)]
            raise CatalogRefused("mkdocs: " + "\nmkdocs: ".join(told)) from error


def _build(root: Path, catalog: Catalog, at: Addresses, output: Path) -> None:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(output), site_url=at.base, strict=True)
    plugin = config.plugins.get("badgepress")
    if not isinstance(plugin, BadgepressPlugin):
        raise CatalogRefused("mkdocs.yml must list badgepress under plugins")
    plugin.give(catalog, at)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def _clock_at(now: date) -> Iterator[None]:
    """Let MkDocs read ``now`` as its clock (the sitemap's dates) while the block runs."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.combine(now, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Listener(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.heard.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Yield the list of MkDocs' warnings while the block runs, and keep them off the terminal."""
    logger, listener = logging.getLogger("mkdocs"), _Listener()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield listener.heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate


class _Server(LiveReloadServer):
    """Says where it can be reached, once that is known: port 0 means any free one."""

    _shown = count(1)  # a number for each page that is shown

    def server_activate(self) -> None:
        """Listen, and tell the address."""
        super().server_activate()
        self.url = f"http://{HOST}:{self.server_port}/"
        click.echo(f"Serving {Path(self.root).name}/ on {self.url} (stop with Ctrl+C)")

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add the script that reloads as a file: MkDocs' own stands inline, which our policy refuses."""
        return with_reload(content, epoch, next(self._shown))

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """Answer for that script too."""
        script = reload_script(environ["PATH_INFO"])
        if script is None:
            answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
            return answer
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Content-Length", str(len(script)))])
        return [script]


def serve(root: Path, build: Callable[[], None], watch: list[Path], output: Path, port: int) -> None:
    """Serve ``output`` on this machine until interrupted; when a watched path changes, ``build`` and reload.

    ``build`` tells authors' problems itself and then leaves the folder as it was, so the old site stays up.
    Raises SystemExit if the port cannot be used.
    """
    server = _Server(lambda: _survive(build), HOST, port, str(output))
    server.error_handler = lambda code: _error_page(output, code)
    for path in watch:
        if path.exists():
            server.watch(str(path), recursive=path.is_dir())
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        click.echo("stopped")
    except OSError as error:
        hint = f"hint: try badgepress serve --port {port + 1}"
        told = f"error: cannot serve on port {port}: {error.strerror}\n{hint}"
        raise SystemExit(told) from error
    finally:
        server.shutdown()


def _survive(build: Callable[[], None]) -> None:
    """Run ``build``; after a fault of ours tell it and go on, because MkDocs' server would answer no more."""
    try:
        build()
    except Exception:  # noqa: BLE001 - told in full, and the site that is up stays up
        traceback.print_exc()


def _error_page(output: Path, code: int) -> bytes | None:
    page = output / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
