"""Which press an adopter's workflows are pinned to: as given, as this one was installed, or as answered."""

from __future__ import annotations

import click

from site_builder.problems import shown
from site_builder.starters.answers import Press, press_from

_FORM = "OWNER/REPO@COMMIT on GitHub, the commit in 40 hexadecimal digits"


def found_press(given: str | None, *, ask: bool) -> Press:
    """Return the press to pin to; raises ``click.UsageError`` where it is not given and cannot be found."""
    if given is not None:
        return _parsed(given)
    from site_builder.starters.press import this_press

    found = this_press()
    if found.altered:
        click.echo(f"warning: {found.altered}", err=True)
    if found.press is not None:
        return found.press
    if not ask:
        raise click.UsageError(f"--press is missing: which press this is cannot be told, {found.why}")
    click.echo(f"Which press this is cannot be told: {found.why}.", err=True)
    answered: Press = click.prompt(f"The press ({_FORM})", value_proc=_parsed, err=True)
    return answered


def _parsed(text: str) -> Press:
    press = press_from(text.strip())
    if press is None:
        raise click.UsageError(f"--press must be {_FORM}, not {shown(text)}; a tag or a branch can be moved")
    return press
