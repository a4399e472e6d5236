"""One JSON document that is printed while it is made, because it may be larger than memory should be."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click


class JsonStream:
    """Prints an object with one long list in it: ``head`` first, then the list ``name``, then the rest.

    A run that ends before :meth:`end` leaves no JSON behind, which nobody takes for a whole report.
    """

    def __init__(self, head: Mapping[str, object], name: str) -> None:
        click.echo(_members(head) + f',\n  "{name}": [', nl=False)
        self._before = "\n    "

    def item(self, text: str) -> None:
        """Print the next item of the list, which ``text`` spells on one line."""
        click.echo(self._before + text, nl=False)
        self._before = ",\n    "

    def end(self, tail: Mapping[str, object]) -> None:
        """Print what comes after the list, and end the document."""
        closing = "\n  ],\n" if self._before.startswith(",") else "],\n"
        click.echo(closing + _members(tail).removeprefix("{\n") + "\n}")


def _members(found: Mapping[str, object]) -> str:
    """Return an object as it is printed, but open at its end."""
    return json.dumps(found, indent=2, ensure_ascii=False).removesuffix("\n}")
