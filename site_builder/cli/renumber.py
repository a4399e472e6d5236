"""``badgepress renumber``: two branches took the same status index; the file not merged yet gets others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.changes import finish
from site_builder.cli.options import json_option, now_option, root_option, today


@click.command("renumber")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--base", metavar="REV", default=None, help="Refuse awards that stand at this git revision.")
@root_option
@now_option
@json_option
def command(file: Path, base: str | None, root: Path, now: date | None, *, json_: bool) -> None:
    """Give awards of a new FILE other status indexes where theirs are taken by another file.

    Ids that clash cannot be changed: what to do about them is said. Nothing is written then.
    """
    from site_builder.registrar.minting import CHANCE
    from site_builder.registrar.renumbering import renumber

    path = _path_in(root, file)
    finish(lambda: renumber(root, path, CHANCE, now or today(), base), json_=json_)


def _path_in(root: Path, file: Path) -> str:
    """Return the file's path in the repository, named from there or from the working folder."""
    for whole in (file.absolute(), (root / file).absolute()):
        if whole.exists() and whole.resolve().is_relative_to(root.resolve()):
            return whole.resolve().relative_to(root.resolve()).as_posix()
    return file.as_posix()
