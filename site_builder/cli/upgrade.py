"""``badgepress upgrade``: moves an adopter's repository to the layout and the commit of this press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import root_option
from site_builder.cli.output import fail, tell
from site_builder.cli.presses import found_press
from site_builder.problems import printable
from site_builder.starters.answers import HOSTS, Host, Press

if TYPE_CHECKING:
    from site_builder.starters.record import Record
    from site_builder.starters.upgrading import Upgrade


@click.command("upgrade")
@root_option
@click.option(
    "--press", default=None, help="The press to move to: OWNER/REPO@COMMIT on GitHub. Default: this one."
)
@click.option(
    "--host", type=click.Choice(HOSTS), default=None, help="The host, where press.json does not say it."
)
@click.option("--force", is_flag=True, help="Write files anew that were changed here, too.")
def command(root: Path, press: str | None, host: Host | None, *, force: bool) -> None:
    """Move a repository that `badgepress init` made, or an older one, to what this press writes.

    Nothing is committed: look at it with git diff. A file that was changed here keeps its changes.
    """
    from site_builder.reading.revision import RevisionRefused
    from site_builder.registrar.change import ChangeRefused
    from site_builder.starters.record import RecordRefused
    from site_builder.starters.worktree import WorktreeRefused

    try:
        _upgrade(root, found_press(press, ask=False), host, force=force)
    except (RecordRefused, RevisionRefused, WorktreeRefused) as error:
        fail(f"{error}; nothing was changed", error.hint)
        raise SystemExit(2) from None
    except ChangeRefused as error:
        fail(str(error))
        raise SystemExit(2) from None


def _upgrade(root: Path, press: Press, host: Host | None, *, force: bool) -> None:
    from site_builder.registrar.change import Change, write
    from site_builder.starters.record import PATH, read_record
    from site_builder.starters.upgrading import Aim, plan_upgrade
    from site_builder.starters.worktree import Worktree

    tree = Worktree(root)
    tree.refuse_changes()
    record = read_record(tree.read(PATH))
    aim = Aim(_host(record, host), press, _address(root), force)
    upgrade = plan_upgrade(tree.read, record, aim)
    move_proofs = tree.proofs_to_move() if upgrade.proofs_apart else None
    if upgrade.files:
        write(root, Change(upgrade.files))
    if move_proofs is not None:
        upgrade.said.append(_moved(move_proofs))
    _tell(upgrade)


def _moved(move_proofs: Callable[[], str]) -> str:
    """Move proofs to their branch; where git refuses, the files of the upgrade are written already."""
    from site_builder.reading.revision import RevisionRefused

    try:
        return move_proofs()
    except RevisionRefused as error:
        message = f"the files were written, but proofs/ was not moved: {error}"
        fail(message, "mend that, take the files back with git restore and git clean, and try again")
        raise SystemExit(2) from None


def _host(record: Record | None, given: Host | None) -> Host:
    host = given or (record.host if record else None)
    if host is None:
        raise click.UsageError(
            f"--host is missing: press.json, which would say it, is not there ({', '.join(HOSTS)})"
        )
    return host


def _address(root: Path) -> str:
    """Return the site's address from mkdocs.yml; exits with its problems."""
    from site_builder.models.settings import read_settings
    from site_builder.reading.repository import sweep

    repository = sweep(root)
    settings, problems = read_settings(repository.settings)
    if settings is None:
        tell([*problems] or [one for one in repository.problems if one.path == "mkdocs.yml"])
        raise SystemExit(1)
    return settings.site_url


def _tell(upgrade: Upgrade) -> None:
    for line in upgrade.said:
        click.echo(line)
    for path, lines in upgrade.left.items():
        if lines:
            click.echo(f"{path} was changed here. What this press would write, and --force writes:")
        for line in lines:
            click.echo(f"  {printable(line, 400)}")
    if upgrade.files or upgrade.proofs_apart:
        click.echo("Look at it with git diff, run badgepress check, and commit it.")
    else:
        click.echo("Nothing to do: these are the files of this press.")
