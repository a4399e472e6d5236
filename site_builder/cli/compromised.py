"""``badgepress compromised``: a key whose private half got out leaves did.json; the re-issue is prepared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.key_changes import KEY_FILE, key_as_json, or_refused, say_new_key
from site_builder.cli.options import DAY, json_option, now_option, root_option, today
from site_builder.cli.output import MAX_LINES, print_json
from site_builder.registrar.compromise import Compromised, compromise


@click.command("compromised")
@click.argument("key_id", metavar="KEY-ID")
@click.option("--out", type=KEY_FILE, default=None, help="Make its successor too; the private key goes here.")
@click.option("--date", "ended", type=DAY, default=None, help="The day it was found. Default: today.")
@click.option("--since", type=DAY, default=None, help="The successor's first day. Default: today.")
@root_option
@now_option
@json_option
def command(
    key_id: str,
    out: Path | None,
    ended: date | None,
    since: date | None,
    root: Path,
    now: date | None,
    *,
    json_: bool,
) -> None:
    """Say that a key's private half got out: it leaves did.json, and nothing it signed verifies any more.

    The awards it signed, and stacks that rest on them, are listed, and their recorded proofs taken out: the
    next build signs them anew, at the same addresses.
    """
    if since is not None and out is None:
        raise click.UsageError("--since belongs to --out: it is the first day of the successor")
    done = or_refused(
        lambda: compromise(root, key_id, now or today(), ended=ended, out=out, since=since), root, json_=json_
    )
    if json_:
        print_json(_as_json(done))
        return
    click.echo(f"Key {done.key.id} is compromised since {done.key.ended}: it leaves did.json.")
    if done.successor is not None and out is not None:
        say_new_key(done.successor, out)
    _say_reissue(done)


def _as_json(done: Compromised) -> dict[str, object]:
    return {
        "ok": True,
        "key": key_as_json(done.key),
        "successor": key_as_json(done.successor),
        "reissue": list(done.reissue.awards),
        "signedByIt": list(done.reissue.signed),
        "stackedOnThem": list(done.reissue.stacked),
        "statusLists": list(done.reissue.lists),
        "recordedProofs": done.reissue.recorded,
        "files": list(done.paths),
    }


def _say_reissue(done: Compromised) -> None:
    reissue = done.reissue
    if reissue.recorded == 0:
        click.echo("No proofs are recorded below proofs/: the next build signs everything anew.")
        click.echo("Where they are kept on a branch of their own, bring them in and run this once more.")
        return
    if done.key.role == "status":
        click.echo(f"It signed {len(reissue.lists)} recorded status lists. The next build signs lists anew;")
        click.echo("badgepress status can do so only where did.json was published with the new key.")
        return
    click.echo(
        f"{len(reissue.awards)} awards must be signed again: {len(reissue.signed)} that it signed,"
        f" {len(reissue.stacked)} that stack from those."
    )
    for award in reissue.awards[:MAX_LINES]:
        click.echo(f"  {award}")
    if len(reissue.awards) > MAX_LINES:
        click.echo(f"  ... and {len(reissue.awards) - MAX_LINES} more; --json has all of them")
    click.echo("Their recorded proofs are taken out. Review, merge, build and publish: the addresses stay.")
    click.echo("Holders who saved a badge as a file should save it again.")
