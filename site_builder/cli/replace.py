"""``badgepress replace``: an award says something wrong; a corrected one takes its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.cli.changes import ListAsked, finish, roster_options
from site_builder.cli.options import DAY, json_option, now_option, root_option, today
from site_builder.models.credential import LEVELS


@click.command("replace")
@click.argument("award", metavar="ID")
@roster_options
@click.option("--score", type=float, default=None, help="The right score, in percent.")
@click.option("--level", type=click.Choice(LEVELS), default=None, help="The right level.")
@click.option("--issued-on", type=DAY, default=None, help="The right day. Default: the old award's.")
@click.option("--version", default=None, help="The right version of the credential.")
@click.option("--expires", type=DAY, default=None, help="The right day on which it expires.")
@click.option("--assessor", default=None, help="Who assessed, as a role: never a person's name.")
@click.option("--holder", default=None, metavar="DID", help="The right DID of the holder's wallet.")
@click.option("--evidence-name", default=None, help="A title; what is given replaces all evidence.")
@click.option("--evidence-url", default=None, help="Where that can be seen, if it is public.")
@click.option("--evidence-narrative", default=None, help="What was done. No names of people.")
@click.option("--evidence-genre", default=None, help="Its kind, such as report or test.")
@root_option
@now_option
@json_option
def command(award: str, root: Path, now: date | None, *, json_: bool, **more: Any) -> None:
    """Replace an award by a corrected one, in a new file; the old one points to it.

    The ID is the award's id, or the address of its page. What no option changes stays as it was. The list
    gives the holder's name and address, the right ones if they were wrong; if the address itself has
    changed, give a list with that one row.
    """
    from site_builder.registrar.desk import carry_out
    from site_builder.registrar.replacing import Correction, replace

    asked = ListAsked(**{name: more.pop(name) for name in ("roster", "columns", "email_domain", "out_of")})
    parts = ("name", "narrative", "genre", "url")
    evidence = {part: more.pop(f"evidence_{part}") for part in parts}
    given = {part: text for part, text in evidence.items() if text is not None}
    if given and "name" not in given:
        raise click.UsageError("evidence needs a title: give --evidence-name")
    correction = Correction(evidence=given, **more)
    finish(
        lambda: carry_out(
            root, now or today(), lambda desk: replace(desk, award, asked.office(desk), correction)
        ),
        json_=json_,
        roster=asked.roster,
    )
