"""``badgepress renew``: what was earned again is a new award, and the old one is left to expire."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.cli.changes import ListAsked, finish, ids_argument, roster_options
from site_builder.cli.options import DAY, json_option, now_option, root_option, today


@click.command("renew")
@ids_argument
@roster_options
@click.option("--issued-on", "day", type=DAY, default=None, help="The day of the new awards. Default: today.")
@click.option("--assessor", default=None, help="Who assessed, as a role. Default: as for the old award.")
@root_option
@now_option
@json_option
def command(
    ids: tuple[str, ...],
    day: date | None,
    assessor: str | None,
    root: Path,
    now: date | None,
    *,
    json_: bool,
    **more: Any,
) -> None:
    """Renew awards: new ones of the newest version, which continue them.

    An ID is an award's id, or the address of its page. Score, level, evidence and expiry are those of the
    list. If a holder's address has changed, renew their award alone, with a list of that one row.
    """
    from site_builder.registrar.desk import carry_out
    from site_builder.registrar.renewing import renew

    asked, moment = ListAsked(**more), now or today()
    finish(
        lambda: carry_out(
            root, moment, lambda desk: renew(desk, ids, asked.office(desk), day or moment, assessor)
        ),
        json_=json_,
        roster=asked.roster,
    )
