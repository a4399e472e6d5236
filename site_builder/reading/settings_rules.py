"""What one value in ``mkdocs.yml`` may be.

A theme writes most settings into every page as they are, so a setting is a plain word, a plain line of text,
a file of this repository or a public https address, and nothing else. Each rule takes a value as YAML gave it
and returns a fault whose message follows the setting's name, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from site_builder.problems import shown
from site_builder.text.addresses import address_fault
from site_builder.text.fault import Fault

Rule = Callable[[object], Fault | None]

NO_OTHER_HOST = "no page opens another host"
_CODE = "config-tampering"
_MARKUP = re.compile(r"[<>]|&(?:#[0-9A-Za-z]+|[A-Za-z][0-9A-Za-z]*);")
_STEP = r"(?!\.)[A-Za-z0-9_.-]+"
_FILE = re.compile(rf"{_STEP}(?:/{_STEP})*")
_EDIT_PATH = re.compile(r"[A-Za-z0-9_.~/?=-]*")


def fault(message: str, hint: str = "") -> Fault:
    """Return a ``config-tampering`` fault."""
    return Fault(_CODE, message, hint)


def plain_text(value: object) -> Fault | None:
    """One line of words, without HTML: a theme shows it in titles, attributes and text alike."""
    if not isinstance(value, str) or "\n" in value:
        return fault(f"must be one line of text, not {shown(value, 40)}")
    found = _MARKUP.search(value)
    if found is None:
        return None
    hint = "write the character itself, such as ©" if found.group() not in "<>" else "write words only"
    return fault(f"must be plain text, without HTML such as {shown(found.group(), 20)}", hint)


def plain_option(value: object) -> Fault | None:
    """Return a fault unless an extension's option is true, false, a number, or plain text."""
    return None if value is None or isinstance(value, bool | int | float) else plain_text(value)


def anything(value: object) -> Fault | None:
    """Return None: the value reaches no page."""
    return None


def only(expected: object) -> Rule:
    """Return a rule that allows one value."""

    def rule(value: object) -> Fault | None:
        if value == expected:
            return None
        hint = "delete the line"
        return fault(f"must be {str(expected).lower()}, not {shown(value, 40)}", hint)

    return rule


def word(pattern: str, expected: str) -> Rule:
    """Return a rule for text that fits ``pattern``; ``expected`` says in words what does."""
    form = re.compile(pattern)

    def rule(value: object) -> Fault | None:
        if isinstance(value, str) and form.fullmatch(value):
            return None
        return fault(f"must be {expected}, not {shown(value, 40)}")

    return rule


def docs_file(value: object) -> Fault | None:
    """Return a fault unless the value is the path of a file below ``docs/``."""
    if isinstance(value, str) and _FILE.fullmatch(value):
        return None
    return fault("must be a file below docs/", NO_OTHER_HOST)


def stylesheet(value: object) -> Fault | None:
    """Return a fault unless the value is the path of a style sheet below ``docs/assets/``."""
    good = isinstance(value, str) and _FILE.fullmatch(value)
    if good and str(value).startswith("assets/") and str(value).endswith(".css"):
        return None
    hint = "a style sheet of another host is not allowed"
    return fault(f"must name files below docs/assets/, not {shown(value, 60)}", hint)


def web_address(value: object) -> Fault | None:
    """Return a fault unless the value is an https address that every reader can open."""
    if not isinstance(value, str):
        return fault(f"must be an https:// address, not {shown(value, 40)}")
    found = address_fault(value)
    return fault(found.message, found.hint) if found and found.is_error else None


def edit_address(value: object) -> Fault | None:
    """A path that is added to ``repo_url``, or an https address."""
    if isinstance(value, str) and _EDIT_PATH.fullmatch(value) and not value.startswith("//"):
        return None
    return web_address(value)


def page_or_address(value: object) -> Fault | None:
    """Return a fault unless the value is a page below ``docs/`` or an https address."""
    if isinstance(value, str) and _FILE.fullmatch(value) and value.endswith(".md"):
        return None
    if isinstance(value, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", value):
        return web_address(value)
    return fault(f"must lead to a page below docs/ or to an https:// address, not {shown(value, 60)}")
