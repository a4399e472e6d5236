"""Authors' Markdown: what it may hold, how it becomes safe HTML, and how plain text becomes Markdown.

The same text is rendered by us, signed inside ``criteria.narrative`` and rendered again by wallets we do not
know. So active content is refused when the text is read, and rendering has its own allowlist behind that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from site_builder.problems import shown
from site_builder.text.addresses import address_fault
from site_builder.text.fault import Fault

LONGEST = 20_000

_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "a", "br"})
_TAG_START = re.compile(r"<[A-Za-z/!?]")
_ATTRIBUTE_LIST = re.compile(r"\{:")
_SNIPPET = re.compile(r"-8<-|-->8--")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_FRONT_MATTER = re.compile(r"\s*(?:---|\+\+\+)[ \t]*(?:\n|\Z)")
# Prose, emphasis and lists are made of these. All that is refused needs another sign, but for two: front
# matter begins with, and a heading may be, words above a line of dashes.
_OF_PROSE = bytes(
    byte
    for byte in range(0x100)
    if byte >= 0x80 or chr(byte).isalnum() or chr(byte) in "\t\n !\"$%'()*,-./:;?@_"
)
_UNDERLINE = re.compile(r"-[ \t]*(?:\n|\Z)")
# A renderer may run what it knows by name (mermaid, vega, exec); these are only coloured.
_PLAIN_CODE = re.compile(
    r"text|txt|plain|python|py|r|sql|json|yaml|toml|ini|csv|bash|sh|shell|console|java|javascript|js|typescript"
    r"|c|cpp|go|rust|html|css|xml|markdown|diff"
)


def _accepts(url: str) -> bool:
    fault = address_fault(url)
    return fault is None or not fault.is_error


def _as_written(url: str) -> str:
    return url


class Probe(MarkdownIt):
    """Sees HTML, any link and any image as such, so that they can be refused rather than shown as text."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True})
        # Joined, an escaped \< could not be told from a bare one.
        self.disable("text_join")

    def validateLink(self, url: str) -> bool:  # noqa: N802  markdown-it's name
        """Take any address for a link."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  markdown-it's name
        """Leave the address as it is written."""
        return _as_written(url)


class _Press(MarkdownIt):
    """Renders without HTML, images or page headings; a link that is not acceptable stays text."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable("image")
        self.add_render_rule("heading_open", _strong_open)
        self.add_render_rule("heading_close", _strong_close)

    def validateLink(self, url: str) -> bool:  # noqa: N802  markdown-it's name
        return _accepts(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  markdown-it's name
        return _as_written(url)


def _strong_open(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return "<p><strong>"


def _strong_close(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</strong></p>\n"


_PROBE = Probe()
_PRESS = _Press()


def markdown_fault(text: str) -> Fault | None:
    """Return why this Markdown may not be published (``active-content``, ``too-long``), or None."""
    if len(text) > LONGEST:
        return Fault("too-long", f"is too long ({len(text)} characters, at most {LONGEST})")
    if _is_prose(text):
        return None
    return _fault_in_full(text)


def _is_prose(text: str) -> bool:
    """Return True where a quick look shows that no sign in a text begins what can be refused."""
    signs = text.encode("utf-8", "surrogatepass").translate(None, _OF_PROSE)
    return not signs and not ("-" in text and _UNDERLINE.search(text))


def _fault_in_full(text: str) -> Fault | None:
    if _FRONT_MATTER.match(text):
        return _active("begins with front matter (---)", "start with a sentence")
    if _SNIPPET.search(text):
        return _active("includes another file (--8<--)", "write the text itself")
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = list(_flat(_PROBE.parse(text, env)))
    addresses = [str(token.attrs.get("href", "")) for token in tokens if token.type == "link_open"]
    addresses += [reference["href"] for reference in env.get("references", {}).values()]
    faults = [_token_fault(token) for token in tokens] + [_link_fault(address) for address in addresses]
    found = sorted((fault for fault in faults if fault), key=lambda fault: not fault.is_error)
    return found[0] if found else None


def _active(message: str, hint: str) -> Fault:
    return Fault("active-content", message, hint)


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def _token_fault(token: Token) -> Fault | None:
    if token.type in ("html_inline", "html_block") or (
        token.type == "text" and _TAG_START.search(token.content)
    ):
        return _active("has HTML, which is not allowed", "use Markdown, or write \\< for the sign itself")
    if token.type == "text" and _ATTRIBUTE_LIST.search(token.content):
        return _active("has an attribute list ({: …}), which is not allowed", "delete the braces")
    if token.type == "image":
        return _active("has an image, which is not allowed here", "name the image in the field image")
    if token.type == "heading_open":
        # Signed in a narrative that wallets render: there, headings are how the press says who asks for what.
        hint = "write **bold** words instead; the headings of a badge are the same on all badges"
        return _active("has a heading, which is not allowed", hint)
    info = token.info.strip()
    if token.type == "fence" and token.level == 0 and not _is_closed(token):
        # In a narrative it would swallow the sections behind it.
        hint = "after the code repeat the line of ``` or ~~~ that stands before it"
        return _active("has a code block that does not end, which is not allowed", hint)
    if token.type == "fence" and info and not _PLAIN_CODE.fullmatch(info.lower()):
        return _active(f"has a code block of the kind {shown(info, 30)}, which is not allowed", "use text")
    return None


def _is_closed(fence: Token) -> bool:
    """Return True where a fence has a last line of its own: two lines more than its content."""
    first, behind = fence.map or [0, 0]
    is_whole = not fence.content or fence.content.endswith("\n")
    return is_whole and behind - first == fence.content.count("\n") + 2


def _link_fault(address: str) -> Fault | None:
    fault = address_fault(address)
    if fault is None or not fault.is_error:
        return fault
    return _active(f"has a link whose address {fault.message}", fault.hint)


def render_markdown(text: str) -> str:
    """Return ``text`` as HTML made only of p, em, strong, lists, code, blockquote, a and br.

    Headings become strong paragraphs, because the page's own headings tell readers who says what. Raises
    ValueError for text longer than :data:`LONGEST`, which :func:`markdown_fault` refuses.
    """
    if len(text) > LONGEST:
        raise ValueError(f"Markdown of {len(text)} characters was not checked before rendering")
    rendered: str = _PRESS.render(text)
    return nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"https"},
        link_rel="nofollow noopener",
    ).strip()


def without_blank_edges(text: str) -> str:
    """Return ``text`` without blank lines around it: the Markdown that was checked, and no other.

    Stripping the first line's spaces, too, would make an example of HTML that stands as code act as HTML.
    """
    return _BLANK_LINES.sub("", text).rstrip()


def plain_text(markdown: str) -> str:
    """Return the words of ``markdown`` without its marks, one line for each block and hard break."""
    lines: list[str] = []
    for token in _PRESS.parse(markdown[:LONGEST]):
        if token.type == "inline":
            lines.append("".join(_words(child) for child in token.children or ()))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(lines)


def _words(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    return "\n" if token.type == "hardbreak" else token.content


_ALWAYS = re.compile(r"[\\`*_\[\]~|]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
_LINE_START = re.compile(r"[#>]|[-+](?=\s|\Z)|-(?=-)|=(?==*\s*\Z)|:(?=\s)")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|\Z)")


def escape_markdown(text: str) -> str:
    """Return Markdown that every CommonMark renderer shows as the plain ``text``, line by line.

    Only what would be read as a mark is escaped, because some wallets show the narrative unrendered.
    Spaces at both ends of a line cannot be kept.
    """
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip())
    return "\n\n".join(
        "\\\n".join(_escaped_line(line) for line in paragraph.split("\n")) for paragraph in paragraphs
    )


def _escaped_line(line: str) -> str:
    escaped = _ALWAYS.sub(r"\\\g<0>", line.strip())
    escaped = _NUMBERED.sub(r"\1\\\2", escaped, count=1) if _NUMBERED.match(escaped) else escaped
    return "\\" + escaped if _LINE_START.match(escaped) else escaped
