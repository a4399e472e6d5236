"""``badgepress retire``: a key that signs no more; it stays listed, and what it signed goes on verifying."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.key_changes import key_as_json, or_refused
from site_builder.cli.options import json_option, now_option, root_option, today
from site_builder.cli.output import print_json
from site_builder.registrar.issuer_keys import retire


@click.command("retire")
@click.argument("key_id", metavar="KEY-ID")
@root_option
@now_option
@json_option
def command(key_id: str, root: Path, now: date | None, *, json_: bool) -> None:
    """Retire a key without a successor, where its role has another active one."""
    day = now or today()
    key = or_refused(lambda: retire(root, key_id, day), root, json_=json_)
    if json_:
        print_json({"ok": True, "key": key_as_json(key)})
        return
    click.echo(f"Retired {key.id} on {key.ended}, in credentials/issuer.yaml. What it signed stays as it is.")
