"""``badgepress keygen``: a new key pair; the private half goes to a file, never to the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import now_option, today
from site_builder.cli.output import fail
from site_builder.keys import KeyRefused, Role, generate_seed, write_key_file


@click.command("keygen")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="issue signs badges; status signs status lists.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file for the private key, outside any repository.",
)
@now_option
def command(role: str, out: Path, now: date | None) -> None:
    """Make a key pair: the private key goes into a new file, the public one is printed."""
    if _in_repository(out):
        fail(f"{out} lies in a git repository", "keep private keys outside: one commit would publish them")
        raise SystemExit(2)
    try:
        public_key = write_key_file(out, generate_seed())
    except KeyRefused as error:
        fail(error.message, error.hint)
        raise SystemExit(1) from error
    day = now or today()
    click.echo(f"# The private key is in {out}; give the press its path in {Role(role).variable}_FILE.")
    click.echo("# Add this to keys: in credentials/issuer.yaml, in a reviewed change:")
    click.echo(f"  - id: {role}-{day.year}")
    click.echo(f"    role: {role}")
    click.echo(f"    public_key: {public_key}")
    click.echo(f"    since: {day}")


def _in_repository(path: Path) -> bool:
    folder = path.absolute().parent
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))
