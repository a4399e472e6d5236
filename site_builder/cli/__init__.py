"""The command line: one file per command. Files, clock, environment and terminal enter the program here.

Exit codes (DESIGN 7): 0 good, 1 problems in authors' files or keys, 2 wrong usage, 3 verification failed;
70 for a failure of ours that should not happen.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from site_builder import __version__
from site_builder.cli.output import fail, say_waiting
from site_builder.publishing.ledger import when_waiting

_INTERNAL = 70


class _Commands(click.Group):
    """Imports a command only when it is called: ``check`` should not pay for MkDocs and cryptography."""

    _modules = (
        "award",
        "build",
        "check",
        "claims",
        "compromised",
        "erase",
        "expiring",
        "keygen",
        "new",
        "renew",
        "renumber",
        "replace",
        "retire",
        "revoke",
        "rotate",
        "schema",
        "serve",
        "show",
        "status",
        "verify",
    )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        command = import_module(f"site_builder.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="badgepress")
def group() -> None:
    """A press for microcredentials: reviewed YAML becomes signed, hosted badges on a static site."""
    when_waiting(say_waiting)


def main() -> None:
    """Run the command line; a failure of ours is told in words, never as a bare traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        group(prog_name="badgepress")
    except Exception as error:  # noqa: BLE001 - the one place where every unforeseen failure is told
        _tell(error)
        sys.exit(_INTERNAL)


def _tell(error: Exception) -> None:
    """Say where the program failed without quoting values, which may be secret; all of it on request."""
    if os.environ.get("BADGEPRESS_DEBUG"):
        traceback.print_exception(error)
        return
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    fail(
        f"badgepress failed where it should not ({type(error).__name__} at {where})",
        "please report it; BADGEPRESS_DEBUG=1 shows the details",
    )
