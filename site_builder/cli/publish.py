"""``badgepress publish``: a built and verified site goes to a bucket on an S3 server."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import DAY, json_option
from site_builder.cli.output import MAX_LINES, fail, print_json, progress, tell_lines
from site_builder.executors import ExecutorRefused, WorkersLost, workers
from site_builder.problems import printable
from site_builder.uploading.files import SiteFile, site_files
from site_builder.uploading.guarding import refuse_preview
from site_builder.uploading.refused import UploadRefused, WouldLose
from site_builder.uploading.target import Target, parse_endpoint, parse_target
from site_builder.uploading.upload import Plan, carry_out, plan_upload
from site_builder.verifying.instants import noon
from site_builder.verifying.plan import SLOW_BATCH
from site_builder.verifying.report import Report
from site_builder.verifying.sources import FolderSource, NotASite
from site_builder.verifying.verify import verify_site

if TYPE_CHECKING:
    from site_builder.uploading.bucket import Bucket

_PROBLEMS, _COULD_NOT, _UNVERIFIED = 1, 2, 3


class _Unverified(Exception):  # noqa: N818 - it says what happened
    """The site does not verify as a stranger would verify it; nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__("the site does not verify")
        self.told = report.told()


@click.command("publish")
@click.argument("target", metavar="s3://BUCKET/PREFIX")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="site",
    show_default=True,
    help="The folder of the site.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    envvar=["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"],
    help="An S3 server other than Amazon's. Default: AWS_ENDPOINT_URL.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written and deleted; do nothing.")
@click.option("--fresh", is_flag=True, help="Write every file again, as after others changed headers.")
@click.option(
    "--now", type=DAY, default=None, help="Verify as at noon (UTC) of this day. Default: this moment."
)
@json_option
def command(
    target: str,
    site: Path,
    endpoint: str | None,
    now: date | None,
    *,
    dry_run: bool,
    fresh: bool,
    json_: bool,
) -> None:
    """Publish a built site to a bucket: what changed, data before pages.

    The site is verified first. A published badge or status list is never deleted, and a revocation never
    taken back. Credentials come from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN, AWS_REGION. An interrupted run leaves every page with its badge; run it again.
    """
    try:
        place = parse_target(target)
        bucket = _bucket(place, parse_endpoint(endpoint))
        bucket.reach()  # a wrong word in the environment is told at once, not after minutes of verifying
        source, files = _verified(site, noon(now) if now else datetime.now(UTC))
        plan = plan_upload(source, files, bucket, fresh=fresh)
        if not dry_run:
            carry_out(plan, site, bucket, progress("publishing", len(plan.written) + len(plan.deleted)))
    except (UploadRefused, _Unverified) as error:
        raise SystemExit(_refused(error, target=site, json_=json_)) from error
    if json_:
        print_json(_counted(plan, place, bucket, dry_run=dry_run))
    else:
        _say(plan, place, bucket, dry_run=dry_run)


def _bucket(place: Target, endpoint: str | None) -> Bucket:
    # Here, so that only who publishes to S3 needs its library.
    from site_builder.uploading.bucket import open_bucket

    return open_bucket(place, endpoint, os.environ)


def _verified(folder: Path, now: datetime) -> tuple[FolderSource, dict[str, SiteFile]]:
    """Return the site and its files as they were when it was verified; raise where it does not verify."""
    try:
        site = FolderSource(folder)
    except NotASite as error:
        hint = "build it: badgepress build; or name its folder: --site"
        raise UploadRefused(f"{error}: not a site that badgepress built", hint) from error
    refuse_preview(site)
    # Before it is verified: what is written must have these hashes, so it is what was verified.
    files = site_files(folder)
    number = len(site.awards)
    try:
        with workers(None, -(-number // SLOW_BATCH)) as executor:
            step = progress("verifying", number)
            report = verify_site(site, now, step=step, executor=executor, keep=False)
    except (ExecutorRefused, WorkersLost) as error:
        raise UploadRefused(str(error), error.hint) from error
    if report.failed:
        raise _Unverified(report)
    return site, files


def _refused(error: UploadRefused | _Unverified, target: Path, *, json_: bool) -> int:
    """Tell why the site was not published, or not wholly; return the exit code."""
    if isinstance(error, _Unverified):
        code, message = _UNVERIFIED, f"{error}; nothing was published"
        hint = f"see: badgepress verify {target}"
    else:
        code, message, hint = _COULD_NOT, str(error), error.hint
    if isinstance(error, WouldLose):
        code, message = _PROBLEMS, f"{message}; nothing was published"
    fail(message, hint)
    tell_lines(error.told)
    if json_:
        details = [printable(line) for line in error.told]
        print_json({"ok": False, "error": printable(message), "hint": printable(hint), "details": details})
    return code


def _counted(plan: Plan, place: Target, bucket: Bucket, *, dry_run: bool) -> dict[str, object]:
    new, changed = plan.badges
    return {
        "ok": True,
        "target": str(place),
        "dryRun": dry_run,
        "written": plan.written,
        "deleted": plan.deleted,
        "unchanged": len(plan.files) - len(plan.written),
        "newBadges": new,
        "changedBadges": changed,
        "kept": [*map(printable, plan.kept)],
        "foreign": [*map(printable, plan.foreign)],
        "conditional": bucket.is_guarded,
    }


def _say(plan: Plan, place: Target, bucket: Bucket, *, dry_run: bool) -> None:
    new, changed = plan.badges
    if dry_run:
        _say_lines([f"write {path}" for path in plan.written] + [f"delete {path}" for path in plan.deleted])
    would = "Would publish" if dry_run else "Published"
    badges = f"{new} new {'badge' if new == 1 else 'badges'}"
    badges += f" and {changed} changed" if changed else ""
    click.echo(
        f"{would} to {place}: {len(plan.written)} objects written ({badges}),"
        f" {len(plan.files) - len(plan.written)} unchanged, {len(plan.deleted)} deleted."
    )
    if plan.kept:
        click.echo(f"Kept for verifiers, though the site has them no more: {len(plan.kept)}.")
    if plan.foreign:
        click.echo(f"Left alone, as they are not of this site: {len(plan.foreign)}.")
    if not bucket.is_guarded:
        click.echo("This server has no conditional writes: let one run at a time publish to it.")


def _say_lines(lines: list[str]) -> None:
    for line in lines[: MAX_LINES - 5]:
        click.echo(printable(line))
    if len(lines) > MAX_LINES - 5:
        click.echo(f"... and {len(lines) - MAX_LINES + 5} more; --json has all of them")
