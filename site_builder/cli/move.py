"""``badgepress move``: the site gets another address; badges issued at the old one go on verifying there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import json_option, now_option, root_option, today
from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.problems import Problem, printable
from site_builder.publishing.ledger import LedgerRefused
from site_builder.publishing.staging import OutputRefused
from site_builder.publishing.whole_folder import FolderRefused
from site_builder.registrar.change import ChangeRefused
from site_builder.registrar.relocating import REISSUE_LIST, Moved, MoveRefused, move

_FOLDER = click.Path(path_type=Path)


@click.command("move")
@click.option("--to", metavar="URL", required=True, help="The new address of the site, with https://.")
@root_option
@click.option("--site", type=_FOLDER, default=None, help="The site as last published. Default: site.")
@click.option(
    "--output",
    type=_FOLDER,
    default=None,
    help="A new folder for what the old address must go on serving. Default: moved in the repository.",
)
@now_option
@json_option
def command(
    to: str, root: Path, site: Path | None, output: Path | None, now: date | None, *, json_: bool
) -> None:
    """Move the site to another address; badges of the old one go on verifying there.

    It changes site_url and the issuer's moved_from, and writes a folder with what the old address must go on
    serving, redirects for pages, and a list of the awards that stand, with their new addresses.
    """
    target = output or root / "moved"
    try:
        moved = move(root, to, site or root / "site", target, now or today())
    except MoveRefused as error:
        raise SystemExit(_refused(1, str(error), error.hint, error.problems, json_=json_)) from error
    except (FolderRefused, OutputRefused, ChangeRefused, LedgerRefused) as error:
        hint = getattr(error, "hint", "") or "make the repository writable and try again"
        raise SystemExit(_refused(2, str(error), hint, [], json_=json_)) from error
    if json_:
        print_json(_as_json(moved, target))
    else:
        _say(moved, target)


def _refused(code: int, message: str, hint: str, problems: list[Problem], *, json_: bool) -> int:
    fail(f"{message}; nothing was written", hint)
    tell(problems)
    if json_:
        told = {"error": printable(message), "hint": printable(hint), "problems": as_json(problems)}
        print_json({"ok": False, **told})
    return code


def _as_json(moved: Moved, target: Path) -> dict[str, object]:
    return {
        "ok": True,
        "from": moved.old.base,
        "to": moved.new.base,
        "formerDid": moved.old.did,
        "did": moved.new.did,
        "changed": list(moved.changed),
        "output": str(target),
        "reissued": moved.listed,
    }


def _say(moved: Moved, target: Path) -> None:
    click.echo(f"Moved from {moved.old.base} to {moved.new.base}")
    click.echo("mkdocs.yml has the new address, credentials/issuer.yaml the old one below moved_from.")
    if moved.proofs:
        click.echo(f"The proofs of the old address are below proofs/former/ now ({moved.proofs} files).")
    click.echo(f"{target}/site: what {moved.old.base} must go on serving; renew its lists every night.")
    click.echo(f"{target}/redirects: for its host, pages only.")
    click.echo(f"{target}/{REISSUE_LIST}: {moved.listed} awards that stand, with their new addresses.")
    click.echo("Next: docs/guides/moving.md, from the review of this difference on.")
