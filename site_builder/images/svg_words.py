"""The words of SVG that a badge image may use, and the worst of the others by name."""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan "
    "linearGradient radialGradient stop clipPath mask pattern style"
)
TEXT_ELEMENTS = frozenset({"title", "desc", "text", "tspan", "style"})
# Editors put what they know about the author here; it is left out, whatever it holds.
DROPPED = frozenset({"metadata"})

REFUSED = {
    "script": "a script",
    "handler": "a script",
    "listener": "a script",
    "a": "a link",
    "foreignobject": "other markup inside it (foreignObject)",
    "iframe": "other markup inside it (iframe)",
    "object": "other markup inside it (object)",
    "embed": "other markup inside it (embed)",
    "audio": "sound",
    "video": "a film",
}
ANIMATIONS = frozenset(
    {"animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard", "mpath"}
)
# Elements that exist to load another file.
LOADERS = frozenset({"image", "img", "feimage", "link", "font-face-uri", "cursor", "color-profile", "tref"})

PROPERTIES = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-dasharray stroke-dashoffset vector-effect paint-order color opacity "
    "clip-path clip-rule mask mask-type stop-color stop-opacity display visibility overflow isolation "
    "mix-blend-mode shape-rendering text-rendering color-interpolation transform transform-origin "
    "font-family font-size font-weight font-style font-variant font-stretch letter-spacing word-spacing "
    "text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode"
)
ATTRIBUTES = PROPERTIES | _words(
    "id class style lang role aria-label aria-labelledby aria-describedby aria-hidden focusable version "
    "width height viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate d points "
    "pathLength offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits "
    "maskContentUnits patternUnits patternContentUnits patternTransform textLength lengthAdjust "
    "type media"
)
# Attributes whose words are for people; signs that mean something to CSS mean nothing in them.
PROSE_ATTRIBUTES = frozenset({"aria-label", "role", "lang"})
REFERRERS = frozenset({"use", "linearGradient", "radialGradient", "pattern"})

FUNCTIONS = _words(
    "url rgb rgba hsl hsla color lab lch oklab oklch calc var "
    "matrix translate translatex translatey scale scalex scaley rotate skew skewx skewy"
)
