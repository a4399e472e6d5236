"""One JSON document with a list that may be larger than memory should be: then its items wait in a file."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Mapping

import click

from site_builder.cli.guard import without_old_command
from site_builder.cli.output import json_text

_NONE = -1
_IN_MEMORY = 4 * 1024 * 1024


class JsonStream:
    """Prints an object with one long list in it: ``head`` first, then the list ``name``, then the rest.

    A run that ends before :meth:`end` has printed nothing.
    """

    def __init__(self, head: Mapping[str, object], name: str) -> None:
        self._head = _members(head) + f',\n  "{name}": ['
        # A file only where there are many, without a name; closed, and with it gone, at the end.
        self._items = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._starts = array("q")
        self._size = 0

    def item(self, place: int, text: str) -> None:
        """Keep the item that ``text`` spells on one line; items are printed in the order of their places."""
        data = without_old_command(text, r"\u005b").encode() + b"\n"
        self._starts.extend([_NONE] * (place + 1 - len(self._starts)))
        self._starts[place] = self._size
        self._items.write(data)
        self._size += len(data)

    def end(self, tail: Mapping[str, object]) -> None:
        """Print the document, with ``tail`` behind the list."""
        between = self._head
        for start in self._starts:
            if start != _NONE:
                self._items.seek(start)
                click.echo(between + "\n    " + self._items.readline().decode().rstrip("\n"), nl=False)
                between = ","
        closing = "\n  ],\n" if between == "," else self._head + "],\n"
        click.echo(closing + _members(tail).removeprefix("{\n") + "\n}")
        self._items.close()


def _members(found: Mapping[str, object]) -> str:
    """Return an object as it is printed, but open at its end."""
    return json_text(found).removesuffix("\n}")
