"""``badgepress schema``: JSON Schemas for editors and the reference page, from the models."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.options import root_option
from site_builder.models.reference import generated_files


@click.command("schema")
@root_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 where a file is not fresh.")
def command(root: Path, *, only_check: bool) -> None:
    """Write the JSON Schemas and the reference page into docs/."""
    stale = [path for path, data in generated_files().items() if not _is(root / path, data)]
    for path in stale:
        if only_check:
            click.echo(f"{path}: is not what the models make; run badgepress schema", err=True)
            continue
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(generated_files()[path])
        click.echo(f"wrote {path}")
    if not stale:
        click.echo("docs/ is fresh")
    raise SystemExit(1 if stale and only_check else 0)


def _is(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
