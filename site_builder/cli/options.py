"""Options that several commands share, each declared once."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from site_builder.text.addresses import PREVIEW_ADDRESS
from site_builder.text.dates import date_fault, parse_date

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType):  # type: ignore[type-arg]
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        fault = date_fault(str(value))
        if fault:
            self.fail(fault.message, param, ctx)
        return parse_date(str(value))


DAY = _Day()


def today() -> date:
    """Return the UTC day of this run: SOURCE_DATE_EPOCH where it is set, else the clock (DESIGN 3).

    Raises ``click.UsageError`` where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        day = datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError("SOURCE_DATE_EPOCH must be a number of seconds since 1970") from error
    fault = date_fault(day.isoformat())
    if fault:
        raise click.UsageError(f"SOURCE_DATE_EPOCH {fault.message}")
    return day


def root_option(function: F) -> F:
    """Add ``--root``: the repository."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--root", type=kind, default=".", show_default=True, help="The repository.")(function)


def now_option(function: F) -> F:
    """Add ``--now``: the one clock reading of a run."""
    text = "The day to build for (UTC). Default: SOURCE_DATE_EPOCH, else today."
    return click.option("--now", type=DAY, default=None, help=text)(function)


def json_option(function: F) -> F:
    """Add ``--json``: for machines."""
    return click.option("--json", "json_", is_flag=True, help="Print JSON for machines to stdout.")(function)


def site_url_option(function: F) -> F:
    """Add ``--site-url``: an address other than the one in mkdocs.yml."""
    text = "The site's address, instead of site_url in mkdocs.yml (to try a site out)."
    return click.option("--site-url", default=None, help=text, callback=_no_preview)(function)


def _no_preview(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse the address of previews: what is made for it must carry their mark."""
    if value is not None and value.rstrip("/") + "/" == PREVIEW_ADDRESS:
        raise click.BadParameter(f"{PREVIEW_ADDRESS} is for previews: badgepress build --preview", ctx, param)
    return value


def output_option(function: F) -> F:
    """Add ``--output``: the folder to publish into."""
    kind = click.Path(path_type=Path)
    text = "The folder to publish into. Default: site in the repository."
    return click.option("--output", type=kind, default=None, help=text)(function)


def executor_option(function: F) -> F:
    """Add ``--executor``: where the work is done."""
    text = "Where the work is done: local (default), local:N for N processes, inline, or dask://HOST:PORT."
    return click.option("--executor", metavar="WHERE", default=None, help=text)(function)


def fresh_option(function: F) -> F:
    """Add ``--fresh``: believe nothing that earlier runs kept."""
    text = "Believe nothing that earlier runs kept in .badgepress/: do all of it anew."
    return click.option("--fresh", is_flag=True, help=text)(function)
