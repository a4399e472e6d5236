"""What GitHub's runner makes of the output of a step: the workflow commands that it would obey.

Lines end with CR or LF. In each ``::name key=value,…::message`` is looked for behind white space, then
``##[name]message`` anywhere. More than the runner's own reader, this one passes over signs that nobody sees,
as a comparison by the rules of a language may.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_MESSAGE = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_PROPERTY = {**_MESSAGE, "%3A": ":", "%2C": ","}


@dataclass(frozen=True)
class Command:
    """One command, with what was escaped put back."""

    name: str
    message: str
    properties: Mapping[str, str] = field(default_factory=dict)


def commands_in(output: str) -> list[Command]:
    """Return the commands in what a step printed."""
    found = (_command(_seen(line)) for line in re.split(r"\r\n|\r|\n", output))
    return [command for command in found if command is not None]


def _seen(line: str) -> str:
    return "".join(char for char in line if char.isspace() or unicodedata.category(char)[0] not in "CM")


def _command(line: str) -> Command | None:
    if line.lstrip().startswith("::"):
        head, _, message = line.lstrip()[2:].partition("::")
        name, _, given = head.partition(" ")
        pairs = [pair.partition("=") for pair in given.split(",") if "=" in pair]
        properties = {key: _plain(value, _PROPERTY) for key, _, value in pairs}
        return Command(name, _plain(message, _MESSAGE), properties)
    if "##[" in line:
        return Command("##[" + line.partition("##[")[2].partition("]")[0], line)
    return None


def _plain(text: str, escapes: Mapping[str, str]) -> str:
    """Undo each escape once; the percent sign last, so that nothing is made of what it leaves."""
    for escape, char in escapes.items():
        if escape != "%25":
            text = text.replace(escape, char)
    return text.replace("%25", "%")
