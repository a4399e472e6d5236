"""``badgepress build``: check, sign, write, verify, and swap the new site in."""

from __future__ import annotations

import importlib.util
import os
from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import (
    json_option,
    now_option,
    output_option,
    root_option,
    site_url_option,
    today,
)
from site_builder.cli.output import as_json, fail, print_json, progress, tell, tell_lines
from site_builder.keys import KeyRefused
from site_builder.problems import has_errors
from site_builder.publishing.build import (
    CatalogRefused,
    MakeCatalog,
    Outcome,
    Request,
    VerificationFailed,
    build,
)
from site_builder.publishing.staging import OutputRefused

_NO_CATALOG = "mkdocs is not installed: badges and award pages are built, the catalog's pages are not"


@click.command("build")
@root_option
@output_option
@now_option
@site_url_option
@click.option("--awards-only", is_flag=True, help="Leave out the catalog's pages, which need MkDocs.")
@json_option
def command(
    root: Path,
    output: Path | None,
    now: date | None,
    site_url: str | None,
    *,
    awards_only: bool,
    json_: bool,
) -> None:
    """Build the signed site; the old one stays as it is unless everything is good."""
    target = output or root / "site"
    make_catalog = None if awards_only else find_catalog_maker()
    request = Request(root, target, now or today(), os.environ, site_url, make_catalog)
    outcome = run(request)
    if json_:
        print_json(_summary(outcome, target))
    elif outcome.published:
        _say(outcome, target)
    raise SystemExit(0 if outcome.published else 1)


def find_catalog_maker() -> MakeCatalog | None:
    """Return what makes the catalog's pages; where MkDocs is missing say so and return ``None``."""
    if importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("material") is None:
        click.echo(f"warning: {_NO_CATALOG}", err=True)
        return None
    from site_builder.mkdocs_plugin import build_catalog

    return build_catalog


def run(request: Request) -> Outcome:
    """Run a build and tell its problems; exits with the right code where the run itself cannot go on."""
    try:
        outcome = build(request, progress)
    except KeyRefused as error:
        fail(error.message, error.hint)
        raise SystemExit(1) from error
    except OutputRefused as error:
        fail(str(error), error.hint)
        raise SystemExit(2) from error
    except CatalogRefused as error:
        fail("the site's own pages have mistakes; nothing was published", "mend these files in docs/")
        tell_lines(str(error).splitlines())
        raise SystemExit(1) from error
    except VerificationFailed as error:
        fail(str(error))
        tell_lines(error.report.told())
        raise SystemExit(3) from error
    tell(outcome.problems)
    return outcome


def _summary(outcome: Outcome, target: Path) -> dict[str, object]:
    """Return the build as JSON."""
    summary: dict[str, object] = {
        "ok": not has_errors(outcome.problems),
        "output": str(target),
        "problems": as_json(outcome.problems),
        "signed": outcome.signed,
        "fromRecordedProofs": outcome.reused,
    }
    if outcome.report is not None:
        summary["counts"] = outcome.report.counts
    return summary


def _say(outcome: Outcome, target: Path) -> None:
    """Say what was built, how many badges verified, and how to look at it."""
    catalog, report = outcome.catalog, outcome.report
    if catalog is None or report is None:
        return
    current = sum(1 for _ in catalog.current)
    kinds = ", ".join(f"{number} {state}" for state, number in report.counts.items() if number)
    click.echo(
        f"Built {target}: {current} credentials, {len(catalog.frameworks)} frameworks, "
        f"{len(catalog.awards)} awards ({outcome.signed} signed, {outcome.reused} from recorded proofs)."
    )
    click.echo(f"Verified as a stranger would, {len(catalog.awards)} badges: {kinds}.")
    click.echo("Look at it: badgepress serve, or serve the folder with any web server.")
