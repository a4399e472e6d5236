"""``badgepress status``: sign the status lists again, alone, with the status key alone; for a daily run."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from site_builder.cli.options import (
    json_option,
    now_option,
    output_option,
    root_option,
    site_url_option,
    today,
)
from site_builder.cli.output import as_json, fail, print_json, tell, tell_lines
from site_builder.keys import KeyRefused
from site_builder.problems import has_errors, printable
from site_builder.publishing.ledger import LedgerRefused
from site_builder.publishing.published_lists import ListsUnverified, StatusRefused
from site_builder.publishing.staging import OutputRefused
from site_builder.publishing.status import Outcome, Request, sign_again

# How a run ends that cannot go on: its exit code, and what to try where the refusal itself does not say.
_ENDINGS: tuple[tuple[type[Exception], int, str], ...] = (
    (KeyRefused, 1, ""),
    (StatusRefused, 1, ""),
    (OutputRefused, 2, ""),
    (LedgerRefused, 2, "make the repository writable"),
    (ListsUnverified, 3, "this should not happen: please report it"),
    (OSError, 2, ""),
)


@click.command("status")
@root_option
@output_option
@now_option
@site_url_option
@json_option
def command(root: Path, output: Path | None, now: date | None, site_url: str | None, *, json_: bool) -> None:
    """Sign the status lists of a published site again; nothing else of it is touched.

    Lists hold for seven days, so run this daily, and after each revocation that is merged. It needs the
    status key, and no issue key. What `badgepress move` kept for an address that the site left is renewed in
    the same way: --output names that folder.
    """
    request = Request(root, output or root / "site", now or today(), os.environ, site_url)
    try:
        outcome = sign_again(request)
    except tuple(kind for kind, _, _ in _ENDINGS) as error:
        raise SystemExit(_refused(error, request.output, json_=json_)) from error
    wrong = has_errors(outcome.problems)
    tell(outcome.problems)
    if json_:
        print_json({"ok": not wrong, "output": str(request.output), **_counts(outcome)})
    elif not wrong:
        _say(outcome, request.now)
    raise SystemExit(1 if wrong else 0)


def _counts(outcome: Outcome) -> dict[str, object]:
    return {
        "problems": as_json(outcome.problems),
        "lists": outcome.lists,
        "signed": outcome.signed,
        "awards": outcome.awards,
        "withdrawn": outcome.withdrawn,
    }


def _say(outcome: Outcome, now: date) -> None:
    lists = "1 status list" if outcome.lists == 1 else f"{outcome.lists} status lists"
    how = f"{outcome.signed} signed, {outcome.lists - outcome.signed} from recorded proofs"
    click.echo(f"Wrote {lists} for {now} ({how}): {outcome.withdrawn} of {outcome.awards} awards withdrawn.")
    if outcome.former:
        click.echo(
            f"They are those of {outcome.former}, where the site was before; did.json was renewed too."
        )
    if outcome.recorded:
        click.echo("Recorded the new proofs in proofs/status.jsonl: commit it.")


def _refused(error: Exception, output: Path, *, json_: bool) -> int:
    """Tell why nothing was written; return the exit code."""
    code, hint = next((code, hint) for kind, code, hint in _ENDINGS if isinstance(error, kind))
    hint = getattr(error, "hint", "") or hint
    told: list[str] = getattr(error, "told", [])
    message = str(error)
    if isinstance(error, OSError):
        message = f"{error.strerror or type(error).__name__}: {error.filename or output}"
    fail(f"{message}; nothing was written", hint)
    tell_lines(told)
    if json_:
        details = {"error": printable(message), "hint": printable(hint), "details": [*map(printable, told)]}
        print_json({"ok": False, "output": str(output), "problems": [], **details})
    return code
