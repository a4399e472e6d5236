"""``badgepress rotate``: a new key takes over, and the old one retires, in one change to be reviewed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.key_changes import KEY_FILE, key_as_json, or_refused, say_new_key
from site_builder.cli.options import json_option, now_option, root_option, today
from site_builder.cli.output import print_json
from site_builder.keys import Role
from site_builder.registrar.issuer_keys import rotate


@click.command("rotate")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="issue signs badges; status signs status lists.",
)
@click.option(
    "--out", type=KEY_FILE, required=True, help="The file for the private key, outside any repository."
)
@click.option("--id", "key_id", default=None, metavar="NAME", help="Its name. Default: such as issue-2026.")
@root_option
@now_option
@json_option
def command(role: str, out: Path, key_id: str | None, root: Path, now: date | None, *, json_: bool) -> None:
    """Make a new key for a role, and retire the one in use.

    The retired key stays listed for ever: old badges keep their bytes and their proofs, and go on verifying.
    Its private half is needed by nobody any more.
    """
    day = now or today()
    done = or_refused(lambda: rotate(root, Role(role), out, key_id, day), root, json_=json_)
    if json_:
        print_json({"ok": True, "key": key_as_json(done.key), "retired": list(done.retired)})
        return
    say_new_key(done.key, out)
    if done.retired:
        click.echo(f"Retired on {day}: {', '.join(done.retired)}. What it signed stays as it is.")
    if done.unrecorded:
        click.echo(
            f"warning: {done.unrecorded:,} awards have no recorded proof here. If they are published, record "
            "them first: build with the old key, commit proofs/, and rotate then.",
            err=True,
        )
    if role == Role.STATUS:
        click.echo("badgepress status can use the new key once the whole site was built and published.")
