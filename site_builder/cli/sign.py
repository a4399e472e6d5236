"""``badgepress sign``: signs what a plan says, if the files say the same; writes proofs and nothing else."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import fresh_option, json_option, now_option, root_option, today
from site_builder.cli.output import as_json, counted, fail, print_json, tell
from site_builder.problems import has_errors, printable

if TYPE_CHECKING:
    from site_builder.publishing.request import Request
    from site_builder.publishing.signing_apart import Signed


@click.command("sign")
@root_option
@now_option
@click.option(
    "--plan",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The plan that `badgepress plan` wrote.",
)
@click.option(
    "--role",
    required=True,
    type=click.Choice(["issue", "status"]),
    help="Whose part to sign: awards with the issue key, status lists with the status key.",
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="A new folder for the new proofs.",
)
@fresh_option
@json_option
def command(
    root: Path, now: date | None, plan: Path, role: str, output: Path, *, fresh: bool, json_: bool
) -> None:
    """Sign what a plan says, with one key; nothing is signed unless the files give that very plan.

    The key comes from BADGEPRESS_ISSUE_KEY or BADGEPRESS_STATUS_KEY, or with _FILE appended from a file.
    """
    from site_builder.publishing.request import Request
    from site_builder.publishing.whole_folder import FolderRefused, write_folder

    request = Request(root, root / "site", now or today(), os.environ, fresh=fresh)
    try:
        signed = _signed(request, plan.read_bytes(), role, json_=json_)
        wrong = has_errors(signed.problems)
        if not wrong:
            write_folder(output, signed.files)
    except FolderRefused as error:
        fail(f"{error}; nothing was written", error.hint)
        raise SystemExit(2) from None
    if json_:
        print_json({"ok": not wrong, "proofs": signed.proofs, "problems": as_json(signed.problems)})
    elif not wrong:
        click.echo(f"Signed: {counted(signed.proofs, 'new proof')} in {printable(str(output))}.")
    raise SystemExit(1 if wrong else 0)


def _signed(request: Request, plan: bytes, role: str, *, json_: bool) -> Signed:
    from site_builder.executors import WorkersLost
    from site_builder.keys import KeyRefused, Role
    from site_builder.publishing.proving import CompiledFault
    from site_builder.publishing.signing_apart import PlanRefused, sign_plan
    from site_builder.survey import Changed

    try:
        signed = sign_plan(request, plan, Role(role))
    except (PlanRefused, KeyRefused, WorkersLost, CompiledFault, Changed) as error:
        message = error.message if isinstance(error, KeyRefused) else str(error)
        hint = getattr(error, "hint", "")
        fail(f"{message}; nothing was signed", hint)
        if json_:
            print_json({"ok": False, "error": printable(message), "hint": printable(hint), "problems": []})
        raise SystemExit(1) from None
    tell(signed.problems)
    return signed
