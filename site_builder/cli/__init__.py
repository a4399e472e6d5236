"""The command line: one file per command. Files, clock, environment and terminal enter the program here.

Exit codes (DESIGN 7): 0 good, 1 problems in authors' files or keys, 2 wrong usage, 3 verification failed;
70 for a failure of ours that should not happen.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from site_builder import __version__
from site_builder.cli.guard import guard_output
from site_builder.cli.output import fail, say_waiting
from site_builder.publishing.ledger import when_waiting

_INTERNAL = 70
_OBJECTS = 20_000
"""How many objects are made, more than go, before Python looks for those that only name each other."""


_COMMANDS = {
    "award": "Award the learners of a class list: award files below issued/, to be reviewed and merged.",
    "build": "Build the signed site; the old one stays as it is unless everything is good.",
    "check": "Check every file and tell all mistakes at once, with file and line.",
    "claims": "Write the claim links of award files: a table of link, name, e-mail and credential for"
    " mail merge.",
    "compromised": "Say that a key's private half got out: it leaves did.json, and nothing it signed verifies"
    " any more.",
    "diff": "Say in plain words what the files change for holders, designers and verifiers since BASE.",
    "erase": "Erase awards: their entries, comments and recorded proofs go, a mark without personal"
    " data stays.",
    "expiring": "List the awards that stand today, expire within SPAN, and were not renewed.",
    "init": "Write a small repository to start from into the new folder DIR, and make its two keys.",
    "keygen": "Make a key in a new file.",
    "move": "Move the site to another address; badges of the old one go on verifying there.",
    "new": "Start a credential, a framework, or the next version of a credential.",
    "plan": "Write down what must be signed, without a key and without signing anything.",
    "probe": "Fetch the live site at URL as verifiers do, and tell what its host does wrong.",
    "publish": "Publish a built site to a bucket: what changed, data before pages.",
    "record": "Add the proofs that `badgepress sign` wrote in FOLDERS to those recorded before.",
    "renew": "Renew awards: new ones of the newest version, which continue them.",
    "renumber": "Give awards of a new FILE other status indexes where theirs are taken by another file.",
    "replace": "Replace an award by a corrected one, in a new file; the old one points to it.",
    "retire": "Retire a key without a successor, where its role has another active one.",
    "revoke": "Revoke awards: adds `revoked:` with the day and the reason.",
    "rotate": "Make a new key for a role, and retire the one in use.",
    "schema": "Write the JSON Schemas and the reference page into docs/.",
    "serve": "Serve the site on http://localhost:PORT and rebuild it when a file changes.",
    "show": "Show where an award stands, what it is, how it stands today, and what it is linked with.",
    "sign": "Sign what a plan says, with one key; nothing is signed unless the files give that very plan.",
    "status": "Sign the status lists of a published site again; nothing else of it is touched.",
    "upgrade": "Move a repository that `badgepress init` made, or an older one, to what this press writes.",
    "verify": "Verify a site's folder, a badge's file, or the address of either.",
}
"""What each command does, as its own help begins: a module of this room for each."""


class _Commands(click.Group):
    """Imports a command only when it is called: ``check`` should not pay for MkDocs and cryptography."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"site_builder.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        widest = max(map(len, _COMMANDS))
        named = [click.Command(name, help=sentence) for name, sentence in _COMMANDS.items()]
        rows = [(str(one.name), one.get_short_help_str(formatter.width - 6 - widest)) for one in named]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


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
    guard_output()
    # Most of what a command makes it keeps: to look through it so often takes a tenth of its time.
    gc.set_threshold(_OBJECTS)
    # No plugin of another package takes part in what is checked; to look for some takes as long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
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
