"""``badgepress erase``: a holder asks to be erased, and what repository and site hold of an award goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.changes import finish, ids_argument
from site_builder.cli.options import DAY, json_option, now_option, root_option, today


@click.command("erase")
@ids_argument
@click.option("--date", "day", type=DAY, default=None, help="The day of the erasure. Default: today.")
@root_option
@now_option
@json_option
def command(ids: tuple[str, ...], day: date | None, root: Path, now: date | None, *, json_: bool) -> None:
    """Erase awards: their entries, comments and recorded proofs go, a mark without personal data stays.

    An ID is an award's id, or the address of its page. Git history and copies keep what they have.
    """
    from site_builder.registrar.desk import carry_out
    from site_builder.registrar.erasing import erase

    moment = now or today()
    finish(lambda: carry_out(root, moment, lambda desk: erase(desk, ids, day or moment)), json_=json_)
