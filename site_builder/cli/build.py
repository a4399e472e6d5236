"""``badgepress build``: check, sign, write, verify, and swap the new site in."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import (
    executor_option,
    fresh_option,
    json_option,
    now_option,
    output_option,
    root_option,
    site_url_option,
    today,
)
from site_builder.cli.output import as_json, counted, fail, print_json, progress, tell, tell_lines
from site_builder.problems import printable
from site_builder.publishing.memory import nothing_to_do
from site_builder.publishing.request import Outcome, Request, VerificationFailed
from site_builder.publishing.staging import OutputRefused

if TYPE_CHECKING:
    from site_builder.assembling.addresses import Addresses
    from site_builder.catalog.catalog import Catalog
    from site_builder.publishing.request import MakeCatalog

_LOOK = "Look at it: badgepress serve, or serve the folder with any web server."
_IS_PREVIEW = (
    "This is a preview: every page says so, its badges prove nothing, and each preview has keys of its own,"
    " so its bytes differ each time. Do not publish it."
)
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
@click.option(
    "--preview",
    is_flag=True,
    help="A site to look at, not to publish: throwaway keys, https://preview.invalid/, a mark on every page."
    " Default output: preview in the repository.",
)
@executor_option
@fresh_option
@json_option
def command(  # noqa: PLR0913 - one for each option
    root: Path,
    output: Path | None,
    now: date | None,
    site_url: str | None,
    published: Path | None,
    executor: str | None,
    *,
    awards_only: bool,
    preview: bool,
    fresh: bool,
    json_: bool,
) -> None:
    """Build the signed site; the old one stays as it is unless everything is good."""
    if preview:
        _refuse_beside_preview(site_url, published, executor)
    target = output or root / ("preview" if preview else "site")
    make_catalog = None if awards_only else find_catalog_maker()
    keep_pages = make_catalog is None and not awards_only
    request = Request(
        root,
        target,
        now or today(),
        os.environ,
        site_url,
        make_catalog,
        keep_pages,
        published=published or target,
        executor=executor,
        fresh=fresh,
    )
    result = run(_preview_of(request) if preview else request)
    if json_:
        print_json(result.as_json(target) | ({"preview": True} if preview else {}))
    elif result.outcome is not None and result.outcome.published:
        _say(result.outcome, target)
        click.echo(_IS_PREVIEW if preview else _LOOK)
    raise SystemExit(result.code)


def _refuse_beside_preview(site_url: str | None, published: Path | None, executor: str | None) -> None:
    """Raise ``UsageError`` for what a preview has no use for: its address and its keys are its own."""
    given = {"--site-url": site_url, "--published": published}
    for option, value in given.items():
        if value is not None:
            raise click.UsageError(f"{option} is for a site that is published; a preview has its own address")
    if (executor or "").startswith("dask:"):
        raise click.UsageError("a preview is built on this machine: its keys never leave it")


def _preview_of(request: Request) -> Request:
    # Makes keys, which most builds do not: what that needs is imported here.
    from site_builder.publishing.preview import preview_of

    return preview_of(request)


def find_catalog_maker() -> MakeCatalog | None:
    """Return what makes the catalog's pages; where MkDocs is missing say so and return ``None``."""
    if importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("material") is None:
        click.echo(f"warning: {_NO_CATALOG}", err=True)
        return None
    return _make_catalog


def _make_catalog(root: Path, catalog: Catalog, at: Addresses, now: date, output: Path) -> None:
    # Importing MkDocs takes half a second, and most builds find all pages as they should be.
    from site_builder.mkdocs_plugin import build_catalog

    build_catalog(root, catalog, at, now, output)


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
        if self.outcome.published:
            summary["unchanged"], summary["verified"] = self.outcome.kept, self.outcome.verified
            summary["made"] = {"compiled": self.outcome.fast, "library": self.outcome.slow}
            summary["counts"] = dict(self.outcome.states)
        return summary


def run(request: Request) -> Result:
    """Run a build, tell its problems on stderr, and return how it ended."""
    try:
        outcome = _standing(request) or _built(request)
    except OutputRefused as error:
        return _refused(2, str(error), error.hint, kind="bad-output")
    except OSError as error:
        told = f"{error.strerror or type(error).__name__}: {error.filename or request.output}"
        return _refused(2, told, "", kind="system")
    if isinstance(outcome, Result):
        return outcome
    tell(outcome.problems)
    return Result(0 if outcome.published else 1, outcome)


def _standing(request: Request) -> Outcome | None:
    """Return what stands in the output, where a build would change nothing; ``None`` where it may."""
    found = nothing_to_do(request)
    if found is None:
        return None
    told = found.told
    awards = int(told["awards"])
    return Outcome(
        published=True,
        credentials=int(told["credentials"]),
        frameworks=int(told["frameworks"]),
        awards=awards,
        states=told["states"],
        kept=awards,
    )


def _built(request: Request) -> Outcome | Result:
    """Build, or return why that could not be done."""
    # All of this is imported here: most builds of a day have nothing to do, and end before it.
    from site_builder.executors import ExecutorRefused, WorkersLost
    from site_builder.keys import KeyRefused
    from site_builder.publishing.build import build
    from site_builder.publishing.catalog_pages import CatalogRefused
    from site_builder.publishing.ledger import LedgerRefused
    from site_builder.publishing.proving import CompiledFault
    from site_builder.publishing.published import NotPublished
    from site_builder.survey import Changed

    try:
        return build(request, progress)
    except KeyRefused as error:
        return _refused(1, error.message, error.hint, kind=error.code)
    except NotPublished as error:
        hint = "name the folder as last published; leave --published away for a first publication"
        return _refused(2, str(error), hint, kind="not-published")
    except LedgerRefused as error:
        hint = "make the repository writable; nothing was published"
        return _refused(2, str(error), hint, kind="ledger")
    except (ExecutorRefused, WorkersLost, Changed) as error:
        kind = "changed" if isinstance(error, Changed) else "executor"
        return _refused(2, str(error), error.hint, kind=kind)
    except CatalogRefused as error:
        hint = "mend these files in docs/; nothing was published"
        lines = str(error).splitlines()
        return _refused(1, "the site's own pages have mistakes", hint, lines, kind="pages")
    except (VerificationFailed, CompiledFault) as error:
        told = error.told if isinstance(error, VerificationFailed) else ()
        return _refused(3, str(error), "this should not happen: please report it", told, kind="not-verified")


def _refused(code: int, error: str, hint: str, lines: Sequence[str] = (), *, kind: str) -> Result:
    fail(error, hint)
    tell_lines(lines)
    return Result(code, None, error, hint, kind)


def _say(outcome: Outcome, target: Path) -> None:
    """Say what was built and how, how many badges verified, and how to look at it."""
    ways = {"signed": outcome.signed, "from recorded proofs": outcome.reused, "unchanged": outcome.kept}
    how = ", ".join(f"{number} {way}" for way, number in ways.items() if number or way != "unchanged")
    click.echo(
        f"Built {target}: {counted(outcome.credentials, 'credential')}, "
        f"{counted(outcome.frameworks, 'framework')}, {counted(outcome.awards, 'award')} ({how})."
    )
    made = outcome.fast + outcome.slow
    if made:
        click.echo(f"Compiled shapes made {outcome.fast} of {made} badges, the library {outcome.slow}.")
    click.echo(_verified(outcome))
    if outcome.recorded:
        click.echo(f"Recorded {counted(outcome.recorded, 'new proof')} below proofs/: commit what is new.")


def _verified(outcome: Outcome) -> str:
    kinds = ", ".join(f"{number} {state}" for state, number in outcome.states.items() if number) or "none"
    if outcome.verified == outcome.awards:
        return f"Verified as a stranger would, {outcome.verified} badges: {kinds}."
    if not outcome.verified:
        return f"Nothing had to be verified again. The site has {kinds}."
    return f"Verified as a stranger would, {outcome.verified} of the new badges. The site has {kinds}."
