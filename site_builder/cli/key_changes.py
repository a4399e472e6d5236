"""What the commands that change the issuer's keys share: how a refusal is told, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.keys import KeyRefused, Role
from site_builder.models.issuer import IssuerKey
from site_builder.problems import printable
from site_builder.publishing.ledger import LedgerRefused
from site_builder.registrar.change import ChangeRefused
from site_builder.registrar.issuer_keys import KeyChangeRefused

T = TypeVar("T")

KEY_FILE = click.Path(path_type=Path)
"""The kind of option that names the file of a new private key."""


def or_refused(change: Callable[[], T], root: Path, *, json_: bool) -> T:
    """Return what ``change`` gives, or tell why nothing was written and end the run."""
    try:
        return change()
    except (KeyChangeRefused, KeyRefused) as error:
        code = 1
        hint, problems = error.hint, getattr(error, "problems", [])
        message = f"{error}; nothing was written"
    except (ChangeRefused, LedgerRefused) as error:
        code, message, hint, problems = 2, str(error), "make the repository writable and try again", []
    except OSError as error:
        message = f"{error.strerror or type(error).__name__}: {error.filename or root}; nothing was written"
        code, hint, problems = 2, "", []
    fail(message, hint)
    tell(problems)
    if json_:
        told = {"error": printable(message), "hint": printable(hint), "problems": as_json(problems)}
        print_json({"ok": False, **told})
    raise SystemExit(code)


def say_new_key(key: IssuerKey, out: Path) -> None:
    """Say where the halves of a new key are, and when the press needs it."""
    variable = Role(key.role).variable
    click.echo(f"Made key {key.id}: the private half is in {out}, the public one in credentials/issuer.yaml.")
    click.echo(f"When this change is merged, give the press the new key: {variable}, or {variable}_FILE.")


def key_as_json(key: IssuerKey | None) -> dict[str, object] | None:
    """Return a public key as JSON."""
    if key is None:
        return None
    return key.model_dump(mode="json", exclude_none=True)
