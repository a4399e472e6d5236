"""``badgepress show``: all that the press knows of one award; nothing of it is secret."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import json_option, now_option, root_option, today
from site_builder.cli.output import as_json, print_json, tell
from site_builder.problems import printable


@click.command("show")
@click.argument("award", metavar="ID")
@root_option
@now_option
@json_option
def command(award: str, root: Path, now: date | None, *, json_: bool) -> None:
    """Show where an award stands, what it is, how it stands today, and what it is linked with.

    The ID is the award's id, or the address of its page.
    """
    from site_builder.catalog.resolve import resolve
    from site_builder.publishing.ledger import reading
    from site_builder.reading.repository import sweep
    from site_builder.registrar.desk import Desk, award_id_in
    from site_builder.registrar.showing import facts_of

    moment = now or today()
    with reading(root):
        repository = sweep(root)
    catalog, problems = resolve(repository, moment)
    facts, name = [], ""
    if catalog is not None:
        desk = Desk(repository, catalog, moment)
        name = award_id_in(award, desk.places)
        known = name in catalog.awards or name in catalog.erased
        problems = [] if known else [desk.missing(name)]
        facts = facts_of(desk, name) if known else []
    tell(problems)
    if json_:
        told: dict[str, object] = {"ok": bool(facts), "problems": as_json(problems)}
        if facts:
            told |= {"id": name, **{fact.name: fact.value for fact in facts}}
        print_json(told)
    elif facts:
        click.echo(f"Award {name}")
        width = max(len(fact.label) for fact in facts)
        for fact in facts:
            first, *more = fact.words.split("\n")
            click.echo(f"  {fact.label.ljust(width)}  {printable(first)}")
            for line in more:
                click.echo(f"  {' ' * width}  {printable(line)}")
    raise SystemExit(0 if facts else 1)
