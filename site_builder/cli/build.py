"""``badgepress build``: check, sign, write, verify, and swap the new site in."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
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
from site_builder.problems import printable
from site_builder.publishing.build import (
    MakeCatalog,
    Outcome,
    Request,
    VerificationFailed,
    build,
)
from site_builder.publishing.catalog_pages import CatalogRefused
from site_builder.publishing.ledger import LedgerRefused
from site_builder.publishing.published import NotPublished
from site_builder.publishing.staging import OutputRefused

_NO_CATALOG = "mkdocs is not installed: badges and award pages are built, the catalog's pages are not"


@click.command("build")
@root_option
@output_option
@now_option
@site_url_option
@click.option("--awards-only", is_flag=True, help="Leave out the catalog's pages, which need MkDocs.")
@click.option(
    "--published",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="The site as last published: refuse to lose or alter a badge on it. Default: the output folder.",
)
@json_option
def command(
    root: Path,
    output: Path | None,
    now: date | None,
    site_url: str | None,
    published: Path | None,
    *,
    awards_only: bool,
    json_: bool,
) -> None:
    """Build the signed site; the old one stays as it is unless everything is good."""
    target = output or root / "site"
    make_catalog = None if awards_only else find_catalog_maker()
    keep_pages = make_catalog is None and not awards_only
    day, before = now or today(), published or target
    request = Request(root, target, day, os.environ, site_url, make_catalog, keep_pages, published=before)
    result = run(request)
    if json_:
        print_json(result.as_json(target))
    elif result.outcome is not None and result.outcome.published:
        _say(result.outcome, target)
    raise SystemExit(result.code)


def find_catalog_maker() -> MakeCatalog | None:
    """Return what makes the catalog's pages; where MkDocs is missing say so and return ``None``."""
    if importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("material") is None:
        click.echo(f"warning: {_NO_CATALOG}", err=True)
        return None
    from site_builder.mkdocs_plugin import build_catalog

    return build_catalog


@dataclass(frozen=True)
class Result:
    """How a run ended: its exit code, and the outcome, or what kept it from having one.

    ``kind`` names what kept it, for machines: no-key, bad-output and the like.
    """

    code: int
    outcome: Outcome | None = None
    error: str = ""
    hint: str = ""
    kind: str = ""

    def as_json(self, target: Path) -> dict[str, object]:
        """Return the run as JSON."""
        summary: dict[str, object] = {"ok": self.code == 0, "output": str(target)}
        if self.outcome is None:
            told = {"code": self.kind, "error": printable(self.error), "hint": printable(self.hint)}
            return {**summary, **told, "problems": []}
        summary["problems"] = as_json(self.outcome.problems)
        summary["signed"], summary["fromRecordedProofs"] = self.outcome.signed, self.outcome.reused
        if self.outcome.report is not None:
            summary["counts"] = self.outcome.report.counts
        return summary


def run(request: Request) -> Result:
    """Run a build, tell its problems on stderr, and return how it ended."""
    try:
        outcome = build(request, progress)
    except KeyRefused as error:
        return _refused(1, error.message, error.hint, kind=error.code)
    except OutputRefused as error:
        return _refused(2, str(error), error.hint, kind="bad-output")
    except NotPublished as error:
        hint = "name the folder as last published; leave --published away for a first publication"
        return _refused(2, str(error), hint, kind="not-published")
    except LedgerRefused as error:
        hint = "make the repository writable; nothing was published"
        return _refused(2, str(error), hint, kind="ledger")
    except CatalogRefused as error:
        hint = "mend these files in docs/; nothing was published"
        lines = str(error).splitlines()
        return _refused(1, "the site's own pages have mistakes", hint, lines, kind="pages")
    except VerificationFailed as error:
        hint = "this should not happen: please report it"
        return _refused(3, str(error), hint, error.told, kind="not-verified")
    except OSError as error:
        return _refused(
            2,
            f"{error.strerror or type(error).__name__}: {error.filename or request.output}",
            "",
            kind="system",
        )
    tell(outcome.problems)
    return Result(0 if outcome.published else 1, outcome)


def _refused(code: int, error: str, hint: str, lines: Sequence[str] = (), *, kind: str) -> Result:
    fail(error, hint)
    tell_lines(lines)
    return Result(code, None, error, hint, kind)


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
    click.echo(f"Verified as a stranger would, {len(report.verdicts)} badges: {kinds or 'none'}.")
    if outcome.recorded:
        click.echo(f"Recorded {outcome.recorded} new proofs below proofs/: commit them.")
    click.echo("Look at it: badgepress serve, or serve the folder with any web server.")
