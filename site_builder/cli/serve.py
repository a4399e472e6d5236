"""``badgepress serve``: build, serve on this machine, and build again when a file changes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from site_builder.cli.build import find_catalog_maker, run
from site_builder.cli.options import now_option, output_option, root_option, site_url_option, today
from site_builder.cli.output import fail
from site_builder.publishing.request import Request

_WATCHED = ("credentials", "frameworks", "issued", "docs", "mkdocs.yml")


@click.command("serve")
@root_option
@output_option
@now_option
@site_url_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def command(root: Path, output: Path | None, now: date | None, site_url: str | None, port: int) -> None:
    """Serve the site on http://localhost:PORT and rebuild it when a file changes.

    While a file has a mistake the last good site stays up, and the mistake is told in the terminal.
    """
    make_catalog = find_catalog_maker()
    if make_catalog is None:
        fail("badgepress serve needs MkDocs", "install it, or serve the built folder with any web server")
        raise SystemExit(2)
    target = output or root / "site"

    def request() -> Request:
        # The day is read anew for each build: a site that is served over midnight stays fresh.
        return Request(root, target, now or today(), os.environ, site_url, make_catalog)

    if run(request()).code and not target.is_dir():
        raise SystemExit(1)
    from site_builder.mkdocs_plugin import serve

    serve(root, lambda: _rebuild(request()), [root / name for name in _WATCHED], target, port)


def _rebuild(request: Request) -> None:
    """Build again; a refusal is told and leaves the site that is being served."""
    if run(request).code == 0:
        click.echo("rebuilt")
