"""The picture that other sites show beside a link: the badge, its name, and who awards it (Open Graph).

Pure: SVG text out, made a PNG elsewhere. Lines are broken by the widths of the very font that draws them.
"""

from __future__ import annotations

import base64
import re
from html import escape

from site_builder.art.lettering import Face, face, fitted
from site_builder.art.lighter import lighter, renamed
from site_builder.images.image import Image

WIDTH, HEIGHT = 1200, 630

_PAPER, _INK, _QUIET, _RULE, _SEAL = "#faf8f3", "#1b1f2a", "#575b66", "#ddd6c7", "#a3271d"
_LEFT, _RIGHT = 64, WIDTH - 64
_TEXT_LEFT, _TEXT_WIDTH = 500, 630
_SIZES = (68, 60, 52, 44, 38)
"""Sizes of the title in pixels, tried from the largest; at the last one it is cut to three lines."""
_MOST_LINES = 3
_DRAWN_AS = {0x202F: "\u00a0", 0x2011: "-"}
"""A space of French and a hyphen that the fonts lack, and what looks the same."""
_FOOT_GAP, _HOST_WIDTH = 40, 480
_PLAIN_SVG = re.compile(r'<svg( xmlns="http://www\.w3\.org/2000/svg" viewBox="[-\d. ]+"(?: role="img")?>)')


def card(title: str, kicker: str, issuer: str, host: str, art: Image, mark: Image) -> str:
    """Return the card as SVG, 1200 by 630. ``kicker`` may be empty.

    Words in a script that the card's fonts lack are left out, so that no empty boxes are drawn; without
    a title the badge is larger. A card whose art is the issuer's mark does not show it again at the foot.
    """
    title, kicker, issuer = (words.translate(_DRAWN_AS) for words in (title, kicker, issuer))
    foot = _foot(issuer, host, None if art == mark else mark)
    if not _serif().has(title):
        return _svg(_framed(art, 375, 50, 450), foot)
    return _svg(_framed(art, _LEFT, 100, 380), _heading(title, kicker), foot)


def _serif() -> Face:
    return face("Badgepress Card Serif", 600)


def _heading(title: str, kicker: str) -> str:
    strong = face("Badgepress Card Sans", 600)
    size, lines = fitted(title, _serif(), _TEXT_WIDTH, _SIZES, _MOST_LINES)
    kicker_size, kickers = fitted(kicker if strong.has(kicker) else "", strong, _TEXT_WIDTH, (25, 21), 1)
    height = size * 1.14
    top = 300 - (len(lines) * height) / 2 + (20 if kickers else 0)
    return "".join(
        [
            *(_text(_TEXT_LEFT, top - 26, kicker_size, strong, _SEAL, words) for words in kickers),
            *(
                _text(_TEXT_LEFT, top + height * (number + 0.78), size, _serif(), _INK, line)
                for number, line in enumerate(lines)
            ),
        ]
    )


def _foot(issuer: str, host: str, mark: Image | None) -> str:
    """Return mark, issuer and host in a row; a name too long for its room takes two lines."""
    strong, plain = face("Badgepress Card Sans", 600), face("Badgepress Card Sans", 400)
    host_size, hosts = fitted(host if plain.has(host) else "", plain, _HOST_WIDTH, (24, 20, 17), 1)
    taken = max((plain.width(words, host_size) + _FOOT_GAP for words in hosts), default=0.0)
    left, name = (_LEFT + 68 if mark else _LEFT), (issuer if strong.has(issuer) else "")
    room = _RIGHT - taken - left
    in_one = strong.width(name, 24) <= room
    size, lines = fitted(name, strong, room, (27, 24) if in_one else (21, 18), 1 if in_one else 2)
    return "".join(
        [
            f'<path d="M{_LEFT} 512H{_RIGHT}" stroke="{_RULE}"/>',
            _picture(mark, _LEFT, 533, 52, prefix="mark-") if mark else "",
            *(
                _text(left, 567 + (number - (len(lines) - 1) / 2) * size * 1.3, size, strong, _INK, line)
                for number, line in enumerate(lines)
            ),
            *(_text(_RIGHT, 567, host_size, plain, _QUIET, words, anchor="end") for words in hosts),
        ]
    )


def _svg(art: str, *parts: str) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
    return f'{head} viewBox="0 0 {WIDTH} {HEIGHT}">{paper}{art}{"".join(parts)}</svg>'


def _framed(art: Image, x: int, y: int, size: int) -> str:
    """Return the art in its square and the frame of the card about it.

    To cut a drawing at its edges costs the renderer a layer. So it is not cut, and what it may draw beyond
    its square is covered with paper.
    """
    hole = f"M{x} {y}V{y + size}H{x + size}V{y}z"
    return (
        _picture(art, x, y, size, more=' overflow="visible"')
        + f'<path d="M0 0H{WIDTH}V{HEIGHT}H0z{hole}" fill="{_PAPER}"/>'
        f'<rect x="18.5" y="18.5" width="1163" height="593" fill="none" stroke="{_RULE}"/>'
        f'<rect x="24.5" y="24.5" width="1151" height="581" fill="none" stroke="{_RULE}"/>'
    )


def _text(x: float, y: float, size: float, font: Face, fill: str, words: str, anchor: str = "start") -> str:
    attributes = (
        f'x="{x:g}" y="{y:.1f}" font-family="\'{font.family}\'" font-size="{size:g}" '
        f'font-weight="{font.weight}" fill="{fill}" text-anchor="{anchor}"'
    )
    return f"<text {attributes}>{escape(words, quote=False)}</text>"


def _picture(image: Image, x: int, y: int, size: int, prefix: str = "", more: str = "") -> str:
    """Return the image in a square of the card; ``more`` are attributes of a drawing that stands in the card.

    A plain drawing stands in the card itself, which takes a third of the time. One with a stylesheet could
    change the other, so it stays a file apart. ``prefix`` stands before the ids of the second picture of a
    card; one with ids and words stays apart too, as words may look like ids.
    """
    place = f'x="{x}" y="{y}" width="{size}" height="{size}"'
    if image.media_type == "image/svg+xml":
        drawing = image.published.decode("utf-8").strip()
        apart = "<style" in drawing or (prefix and " id=" in drawing and "<text" in drawing)
        if _PLAIN_SVG.match(drawing) and not apart:
            drawing = renamed(lighter(drawing), prefix)
            return _PLAIN_SVG.sub(rf"<svg {place}{more}\1", drawing, count=1)
    data = base64.b64encode(image.published).decode("ascii")
    return f'<image {place} href="data:{image.media_type};base64,{data}"/>'
