"""``badgepress keygen``: a new key; what is secret of it goes to a file, never to the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import now_option, today
from site_builder.cli.output import fail
from site_builder.keys import (
    ROSTER_VARIABLE,
    KeyRefused,
    Role,
    generate_seed,
    write_key_file,
    write_roster_key,
)
from site_builder.registrar.tables import public_place

_ROSTER = "roster"


@click.command("keygen")
@click.option(
    "--role",
    type=click.Choice([*(role.value for role in Role), _ROSTER]),
    required=True,
    help="issue signs badges; status signs status lists; roster stands for learners without naming them.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file for the key, outside any repository and any site.",
)
@now_option
def command(role: str, out: Path, now: date | None) -> None:
    """Make a key in a new file. Of a key that signs, the public half is printed; the roster key has none."""
    where = public_place(out, None)
    if where:
        fail(
            f"{out} lies in {where}",
            "keep private keys outside: one commit, or one upload, would publish them",
        )
        raise SystemExit(2)
    try:
        if role == _ROSTER:
            write_roster_key(out)
            _say_roster(out)
        else:
            _say_pair(role, out, write_key_file(out, generate_seed()), now or today())
    except KeyRefused as error:
        fail(error.message, error.hint)
        raise SystemExit(1) from error


def _say_roster(out: Path) -> None:
    click.echo(f"The roster key is in {out}; give the press its path in {ROSTER_VARIABLE}_FILE.")
    click.echo("It belongs to registrars alone: no build needs it, and who has it can test guessed names.")
    click.echo("Back it up: without it nobody can make claim links for awards that were made with it.")


def _say_pair(role: str, out: Path, public_key: str, day: date) -> None:
    click.echo(f"# The private key is in {out}; give the press its path in {Role(role).variable}_FILE.")
    click.echo("# Add this to keys: in credentials/issuer.yaml, in a reviewed change:")
    click.echo(f"  - id: {role}-{day.year}")
    click.echo(f"    role: {role}")
    click.echo(f"    public_key: {public_key}")
    click.echo(f"    since: {day}")
