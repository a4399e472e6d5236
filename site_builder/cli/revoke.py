"""``badgepress revoke``: an award should not stand; its holder is told since when and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.changes import finish, ids_argument
from site_builder.cli.options import DAY, json_option, now_option, root_option, today


@click.command("revoke")
@ids_argument
@click.option("--reason", required=True, help="Why, in a sentence that is public. Nobody's name.")
@click.option(
    "--date", "day", type=DAY, default=None, help="From which day on it does not stand. Default: today."
)
@root_option
@now_option
@json_option
def command(
    ids: tuple[str, ...], reason: str, day: date | None, root: Path, now: date | None, *, json_: bool
) -> None:
    """Revoke awards: adds `revoked:` with the day and the reason.

    An ID is an award's id, or the address of its page.
    """
    from site_builder.registrar.desk import carry_out
    from site_builder.registrar.revoking import revoke

    moment = now or today()
    finish(
        lambda: carry_out(root, moment, lambda desk: revoke(desk, ids, reason, day or moment)), json_=json_
    )
