"""``badgepress record``: puts new proofs beside those that were recorded before; no key, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.problems import printable


@click.command("record")
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--into",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of recorded proofs: proofs/, or a checkout of the branch of that name.",
)
@click.option("--json", "json_", is_flag=True, help="Print JSON for machines to stdout.")
def command(folders: tuple[Path, ...], into: Path, *, json_: bool) -> None:
    """Add the proofs that `badgepress sign` wrote in FOLDERS to those recorded before.

    A proof is never altered or lost. A second one for an award is refused, and then nothing is written.
    """
    from site_builder.publishing.proof_folders import record_folders

    try:
        problems, files = record_folders(folders, into)
    except OSError as error:
        message = f"{error.strerror or type(error).__name__}: {error.filename or into}"
        fail(message, "what was recorded before is as it was; make room or access, and run it again")
        if json_:
            print_json({"ok": False, "error": printable(message), "problems": []})
        raise SystemExit(2) from None
    tell(problems)
    if json_:
        print_json({"ok": not problems, "files": files, "problems": as_json(problems)})
    elif not problems:
        click.echo(f"Recorded: {len(files)} files of proofs changed.")
    raise SystemExit(1 if problems else 0)
