"""One engraved motif for each subject, drawn in a box of 160 about the origin.

A motif is path data in four layers: ``body`` is hatched, ``line`` is cut with the broad burin, ``fine`` with
the narrow one, ``solid`` is filled. Nothing here is a colour or a width: those belong to the badge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from site_builder.art.engraving import at, polar


@dataclass(frozen=True, slots=True)
class Motif:
    """Path data of a drawing, and the subjects that it stands for in words for people who choose one."""

    subjects: str
    line: str
    body: str = ""
    fine: str = ""
    solid: str = ""


def disc(x: float, y: float, radius: float) -> str:
    """Return the path data of a full circle."""
    half = f"a{radius:g} {radius:g} 0 1 1"
    return f"M{at((x - radius, y))}{half} {2 * radius:g} 0{half}-{2 * radius:g} 0z"


def _gear(radius: float, teeth: int, depth: float) -> str:
    step, corners = 360 / teeth, []
    for n in range(teeth):
        for offset, reach in ((-0.3, 0), (-0.18, depth), (0.18, depth), (0.3, 0)):
            corners.append(at(polar(radius + reach, step * (n + offset))))
    return f"M{'L'.join(corners)}z"


def _rays(inner: float, outer: float, angles: tuple[float, ...], y: float) -> str:
    return "".join(f"M{at(polar(inner, a, (0, y)))}L{at(polar(outer, a, (0, y)))}" for a in angles)


_BUBBLE = (
    "M-62-66H62a16 16 0 0 1 16 16V20"
    "a16 16 0 0 1-16 16H2l-36 36V36h-28a16 16 0 0 1-16-16v-70a16 16 0 0 1 16-16z"
)
_NEIGHBOURS = (
    "M-38-16a20 20 0 1 1-2-38M38-16a20 20 0 1 0 2-38M-58 54h-22c0-28 8-42 24-46M58 54h22c0-28-8-42-24-46"
)
_WINDOW = "M-66-64H66a14 14 0 0 1 14 14V52a14 14 0 0 1-14 14H-66a14 14 0 0 1-14-14V-50a14 14 0 0 1 14-14z"
_HOOPS = (
    "M-58-50C-58-66-32-78 0-78S58-66 58-50S32-22 0-22S-58-34-58-50z"
    "M-58-16C-58 0-32 12 0 12S58 0 58-16M-58 18C-58 34-32 46 0 46S58 34 58 18"
)
_BULB = "M-26 34c0-20-24-32-24-62a50 50 0 0 1 100 0c0 30-24 42-24 62z"
_SHIELD = "M0-80C22-64 44-58 68-58V-8C68 34 40 62 0 82C-40 62-68 34-68-8V-58C-44-58-22-64 0-80z"
_BOARD = "M-72-58H72V34H-72z"
_PAGE = "M0-46C-22-64-52-66-80-60V50C-52 44-22 46 0 62C22 46 52 44 80 50V-60C52-66 22-64 0-46z"
_PEOPLE = "M-44 66c0-34 18-50 44-50s44 16 44 50z"
_TABLE = "M-76-62H76V62H-76z"
_NIB = "M0 82C-14 48-40 32-40 0L-24-46H24L40 0C40 32 14 48 0 82z"
_DRUM = "M-58-50V52C-58 68-32 80 0 80S58 68 58 52V-50"
_LEFT_LEAF = "M0 2C-4-34-30-54-72-52C-72-14-44 8 0 2z"
_RIGHT_LEAF = "M0-20C4-54 28-74 70-74C70-36 44-14 0-20z"
_KEY_BOW = disc(-36, -30, 40)

MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "speech": Motif(
            "communication, languages",
            line=_BUBBLE,
            body=_BUBBLE,
            fine="M-52-38H52M-52-15H52M-52 8H14",
        ),
        "people": Motif(
            "collaboration, leadership",
            line=f"{disc(0, -22, 25)}{_PEOPLE}{_NEIGHBOURS}",
            body=f"{disc(0, -22, 25)}{_PEOPLE}",
        ),
        "compass": Motif(
            "initiative, orientation",
            line=f"{disc(0, 0, 76)}M34-34L14 14L-34 34L-14-14z",
            body="M34-34L14 14L-14-14z",
            fine=f"{disc(0, 0, 60)}{_rays(62, 74, (0, 45, 90, 135, 180, 225, 270, 315), 0)}",
            solid=disc(0, 0, 5),
        ),
        "scales": Motif(
            "ethics, law, judgement",
            line="M0-74V66M-34 68H34M-60-48H60M-60-46L-82 10H-38zM60-46L38 10H82z",
            body="M-82 10A22 22 0 0 0-38 10zM38 10A22 22 0 0 0 82 10z",
            solid=f"M-84 8H-36A24 24 0 0 1-84 8zM36 8H84A24 24 0 0 1 36 8z{disc(0, -70, 10)}",
        ),
        "lightbulb": Motif(
            "problem solving, creativity",
            line=f"{_BULB}M-22 54H22M-14 72H14",
            body=_BULB,
            fine=f"M-12 32L-18-14L0 2L18-14L12 32{_rays(64, 82, (-96, -60, -28, 28, 60, 96), -28)}",
        ),
        "clock": Motif(
            "self-management, planning",
            line=f"{disc(0, 0, 76)}M0-44V0L30 22",
            body=disc(0, 0, 76),
            fine=_rays(60, 70, tuple(range(0, 360, 30)), 0),
            solid=disc(0, 0, 7),
        ),
        "grid": Motif(
            "spreadsheets, tables",
            line=f"{_TABLE}M-76-26H76M-28-62V62",
            body="M-76-62H76V-26H-76z",
            fine="M-76 4H76M-76 33H76M24-26V62",
            solid="M-22 9H19V28H-22z",
        ),
        "chart": Motif(
            "data analysis, reporting",
            line="M-76-70V70H80M-48 70V18H-22V70M-4 70V-16H22V70M40 70V-52H66V70",
            body="M-48 70V18H-22V70zM-4 70V-16H22V70zM40 70V-52H66V70z",
            fine="M-72-40H30M-72 0H-10",
        ),
        "scatter": Motif(
            "statistics, research",
            line="M-74-74V72H78M-52 48L70-58",
            fine="M-74-28H-66M-74 20H-66M-28 72V64M22 72V64",
            solid="".join(
                disc(x, y, 8)
                for x, y in (
                    (-40, 12),
                    (-18, 44),
                    (-10, -10),
                    (12, 22),
                    (24, -40),
                    (46, -6),
                    (58, -20),
                    (-44, -20),
                    (4, -56),
                )
            ),
        ),
        "database": Motif(
            "databases, records",
            line=f"{_DRUM}{_HOOPS}",
            body=f"{_DRUM}C58-34 32-22 0-22S-58-34-58-50z",
        ),
        "shield": Motif(
            "data protection, safety",
            line=f"{_SHIELD}M-28 0L-6 22L32-22",
            body=_SHIELD,
        ),
        "network": Motif(
            "artificial intelligence, systems",
            line="M0-6L-54-50M0-6L54-50M0-6L-62 30M0-6L62 30M0-6V66M-54-50H54M-62 30L0 66L62 30",
            body="M0-6L-54-50H54zM0-6L-62 30L0 66zM0-6L62 30L0 66z",
            solid="".join(disc(x, y, 14) for x, y in ((-54, -50), (54, -50), (-62, 30), (62, 30), (0, 66)))
            + disc(0, -6, 20),
        ),
        "magnifier": Motif(
            "information literacy, enquiry",
            line=f"{disc(-14, -14, 56)}M28 28L40 40",
            body=disc(-14, -14, 56),
            fine="M-44-34H16M-44-14H4M-44 6H12",
            solid="M46 34L82 70A8 8 0 0 1 70 82L34 46z",
        ),
        "code": Motif(
            "programming, automation",
            line=f"{_WINDOW}M-80-32H80M-32-8L-54 16L-32 40M32-8L54 16L32 40M10-14L-10 46",
            body="M-66-64H66a14 14 0 0 1 14 14V-32H-80V-50a14 14 0 0 1 14-14z",
        ),
        "pen": Motif(
            "writing, documentation",
            line=f"{_NIB}M-28-46H28V-70H-28zM0 78V10",
            body=_NIB,
            solid=disc(0, 4, 9),
        ),
        "easel": Motif(
            "presenting, teaching",
            line=f"{_BOARD}M-82-58H82M0-58V-78M-26 34L-48 80M26 34L48 80M0 34V62",
            body="M-50 34V2H-28V34zM-12 34V-14H10V34zM26 34V-34H48V34z",
            fine="M-50 2H-28V34M-50 34V2M-12 34V-14H10V34M26 34V-34H48V34",
        ),
        "gears": Motif(
            "processes, engineering",
            line=f"{_gear(58, 10, 20)}{disc(0, 0, 24)}",
            body=f"{_gear(58, 10, 20)}{disc(0, 0, 24)}",
            fine=disc(0, 0, 43),
        ),
        "globe": Motif(
            "intercultural work, languages",
            line=f"{disc(0, 0, 76)}M0-76C-46-40-46 40 0 76C46 40 46-40 0-76zM-74-2H74",
            body="M0-76C-46-40-46 40 0 76C46 40 46-40 0-76z",
            fine="M0-76V76M-64-38Q0-22 64-38M-64 38Q0 22 64 38",
        ),
        "steps": Motif(
            "progress, career",
            line="M-80 74H80V-18H40V12H0V42H-40V74M60-18V-80",
            body="M-40 74H80V-18H40V12H0V42H-40z",
            solid="M60-82L18-66L60-46z",
        ),
        "book": Motif(
            "learning, reading",
            line=f"{_PAGE}M0-46V62",
            body=_PAGE,
            fine="M-62-36Q-36-38-16-28M-62-12Q-36-14-16-4M-62 12Q-36 10-16 20"
            "M62-36Q36-38 16-28M62-12Q36-14 16-4M62 12Q36 10 16 20",
        ),
        "seedling": Motif(
            "sustainability, growth",
            line=f"M0 70V-20{_LEFT_LEAF}{_RIGHT_LEAF}M-44 72H44",
            body=f"{_LEFT_LEAF}{_RIGHT_LEAF}",
            fine="M-4-2Q-30-16-54-38M4-24Q28-40 52-60",
        ),
        "key": Motif(
            "security, access",
            line=f"{_KEY_BOW}M-8-2L70 76M46 52L64 34M24 30L40 14",
            body=f"{_KEY_BOW}{disc(-36, -30, 15)}",
            fine=disc(-36, -30, 15),
        ),
        "target": Motif(
            "goals, quality",
            line=f"{disc(-8, 8, 68)}{disc(-8, 8, 36)}M-8 8L74-74M50-50V-76M50-50H76M66-66V-88M66-66H88",
            body=f"{disc(-8, 8, 68)}{disc(-8, 8, 36)}",
            solid=disc(-8, 8, 11),
        ),
        "flow": Motif(
            "process design, logistics",
            line="M-30-78H30V-40H-30zM-82 38H-26V76H-82zM26 38H82V76H26zM0-40V2M-54 38V2H54V38",
            body="M-30-78H30V-40H-30zM-82 38H-26V76H-82zM26 38H82V76H26z",
            solid=disc(0, 2, 8),
        ),
    }
)
