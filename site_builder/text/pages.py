"""What a Markdown page of the site itself may hold.

Pages below ``docs/`` are written by people who may use Markdown's HTML for layout, so tags as such are
welcome here. What runs, opens another host or takes input is not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from site_builder.text.fault import Fault
from site_builder.text.markdown import Probe

_ACTIVE_TAG = re.compile(
    r"<\s*/?\s*(?:script|iframe|frame|object|embed|applet|form|input|button|textarea|select|meta|link|style|base"
    r"|svg|math|template|video|audio|source|portal|noscript)(?![A-Za-z0-9-])",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"[\s\"'/]on[a-z]{3,}\s*=", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|(?<![\w-])data\s*:\s*[\w/]*[;,/]", re.IGNORECASE
)
_FOREIGN_SOURCE = re.compile(
    r"\b(?:src|srcset|poster|background)\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE
)
_ATTRIBUTES = re.compile(r"\{:?[^}\n]*\}")
# MkDocs shows four spaces below an admonition or a tab as Markdown, not as code: so must the check.
_PROBE = Probe()
_PROBE.disable("code")
_HINT = "write it in Markdown, or show it as code"


@dataclass(frozen=True)
class PageFault:
    """A fault and the line of the page (from 1) on which its paragraph begins."""

    line: int
    fault: Fault


def page_fault(text: str) -> PageFault | None:
    """Return the first thing in a page, code apart, that runs or opens another host: ``active-content``."""
    for line, token in _with_lines(_PROBE.parse(text)):
        what = _what_is_active(token)
        if what:
            return PageFault(
                line, Fault("active-content", f"the page holds {what}, which is not allowed", _HINT)
            )
    return None


def _with_lines(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        yield line, token
        for child in token.children or ():
            yield line, child


def _what_is_active(token: Token) -> str:
    if token.type in ("html_block", "html_inline"):
        return _in_html(html.unescape(token.content))
    if token.type == "text" and any(_in_html(" " + part) for part in _ATTRIBUTES.findall(token.content)):
        return "an attribute that runs code"
    address = str(token.attrs.get("href") or token.attrs.get("src") or "")
    if _ADDRESS.match(address.strip()):
        return "an address that runs code"
    return "an image of another host" if token.type == "image" and "//" in address else ""


def _in_html(markup: str) -> str:
    if _ACTIVE_TAG.search(markup):
        return "an active HTML element"
    if _HANDLER.search(markup.replace("{", " ").replace(":", ": ")):
        return "an event handler"
    if _ADDRESS.search(markup):
        return "an address that runs code"
    return "an image of another host" if _FOREIGN_SOURCE.search(markup) else ""
