"""``badgepress probe``: the live site as verifiers meet it, and whether a new one may take its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn

import click

from site_builder.cli.options import DAY, json_option
from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.probing.before import CannotCompare, compare
from site_builder.probing.live import LiveSite
from site_builder.probing.probe import Count, NothingHeard, Probed, probe
from site_builder.problems import has_errors, printable
from site_builder.verifying.instants import noon
from site_builder.verifying.sources import FolderSource, NotASite, Unavailable

_UNVERIFIED, _COULD_NOT, _PROBLEMS = 3, 2, 1
_PAUSE = 5.0
_SILENT = (NothingHeard, CannotCompare)


@click.command("probe")
@click.argument("url")
@click.option(
    "--site",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that should be live: every byte asked for is compared with it.",
)
@click.option(
    "--before", is_flag=True, help="Is anything that is live lost or altered, if --site is deployed?"
)
@click.option(
    "--sample",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="How many awards, and how many other pages, are asked for; 0 is all. Data is always asked for.",
)
@click.option(
    "--wait",
    type=click.IntRange(0, 3600),
    default=0,
    show_default=True,
    help="For how many seconds to try again while something is wrong: caches may hold the old site.",
)
@click.option("--now", type=DAY, default=None, help="The day to judge by (UTC). Default: this moment.")
@json_option
def command(
    url: str, folder: Path | None, now: date | None, sample: int, wait: int, *, before: bool, json_: bool
) -> None:
    """Fetch the live site at URL as verifiers do, and tell what its host does wrong.

    Looked at are types, cross-origin reads, redirects, caching, certificate, did.json, status lists and
    badges. No other host is asked. Exit codes: 0 good, 1 problems, 2 nothing could be asked, 3 what is there
    does not verify.
    """
    if before and folder is None:
        raise click.UsageError("--before compares what is live with --site DIR, the site to be deployed")
    if before and wait:
        raise click.UsageError("--wait is for after a deployment, --before for the time before it")
    moment = noon(now) if now else datetime.now(UTC)
    try:
        new = FolderSource(folder) if folder else None
        found = _patiently(lambda: _once(LiveSite(url), new, moment, sample, before=before), wait)
        base = LiveSite(url).base
    except ValueError as reason:
        raise click.UsageError(str(reason)) from reason
    except NotASite as reason:
        raise click.UsageError(f"{reason}: not a site that badgepress built") from reason
    except (*_SILENT, Unavailable) as reason:
        _could_not(url, str(reason), json_=json_)
    _say(base, found, moment, before=before, json_=json_)


def _once(site: LiveSite, new: FolderSource | None, moment: datetime, sample: int, *, before: bool) -> Probed:
    if before and new is not None:
        return compare(site, new, sample)
    return probe(site, moment, new.root if new else None, sample)


def _patiently(look: Callable[[], Probed], wait: int) -> Probed:
    """Return what ``look`` finds once nothing is wrong, or what it found last within ``wait`` seconds."""
    last = monotonic() + wait - _PAUSE
    while True:
        try:
            found = look()
        except _SILENT:
            if monotonic() > last:
                raise
        else:
            if not has_errors(found.problems) or monotonic() > last:
                return found
        sleep(_PAUSE)


def _could_not(url: str, reason: str, *, json_: bool) -> NoReturn:
    """Say that nothing could be asked, and end the run."""
    fail(
        f"nothing could be said about {url.partition('#')[0]}: {reason}",
        "is the address right, and the host up?",
    )
    if json_:
        print_json({"ok": False, "error": printable(reason), "kinds": [], "problems": [], "notes": []})
    raise SystemExit(_COULD_NOT)


def _say(base: str, found: Probed, moment: datetime, *, before: bool, json_: bool) -> NoReturn:
    """Tell what was found, and end the run."""
    wrong = has_errors(found.problems)
    tell(found.problems)
    if json_:
        print_json(_json(base, found, moment, ok=not wrong))
    else:
        for line in _lines(base, found, before=before):
            click.echo(printable(line))
    if found.is_unverified:
        raise SystemExit(_UNVERIFIED)
    raise SystemExit(_PROBLEMS if wrong else 0)


def _json(base: str, found: Probed, moment: datetime, *, ok: bool) -> dict[str, object]:
    kinds = [
        {"kind": count.kind, "asked": count.asked, "of": count.of, "problems": count.problems}
        for count in found.counts
    ]
    when = moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return {
        "ok": ok,
        "site": printable(base),
        "checkedAt": when,
        "kinds": kinds,
        "problems": as_json(found.problems),
        "notes": [printable(note) for note in found.notes],
    }


def _lines(base: str, found: Probed, *, before: bool) -> list[str]:
    head = (
        f"What is live at {base} beside the site to be deployed:"
        if before
        else f"{base} as verifiers meet it:"
    )
    widest = max((len(count.kind) for count in found.counts), default=0)
    rows = [f"  {count.kind:<{widest}}  {_asked(count)}  {_found(count)}" for count in found.counts]
    return [head, *rows, *(f"  {note}" for note in found.notes), _verdict(found, before=before)]


def _asked(count: Count) -> str:
    how = f"{count.asked:,} of {count.of:,}, at random" if count.asked < count.of else f"{count.asked:,}"
    return f"{how:>24} asked"


def _found(count: Count) -> str:
    if not count.problems:
        return "good"
    return "1 finding" if count.problems == 1 else f"{count.problems} findings"


def _verdict(found: Probed, *, before: bool) -> str:
    if found.is_unverified:
        return "Verifiers refuse what is there."
    if has_errors(found.problems):
        return "Do not deploy: see above." if before else "Verifiers will stumble: see above."
    return "Nothing that is live is lost or altered." if before else "Everything was as it should be."
