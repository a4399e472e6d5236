"""Make the fonts of the site anew from npm's fontsource packages, at the versions and hashes below.

    pip install fonttools==4.68.0 brotli && python -m tools.fonts

Run by hand when a face changes; what it makes is committed. The web fonts are fontsource's own files. Share
cards are drawn by resvg, which reads no WOFF2 and no weight axis, so they get static TrueType instances.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.node import ROOT, find_node

FOLDER = ROOT / "site_builder" / "pages" / "fonts"
_PHONETIC = (range(0x1D00, 0x1DC0), range(0x2C60, 0x2C80), range(0xA720, 0xA800))
"""Signs of phonetics and of medieval texts: a third of Latin Extended."""
_MADE = 3_786_825_600
"""Seconds from 1904 to 2024, which the files carry as their date: the same bytes whenever they are made."""


@dataclass(frozen=True, slots=True)
class Face:
    """A package of fontsource: the files of the web, and the weights that cards are drawn in."""

    name: str
    version: str
    sha512: str
    subsets: tuple[str, ...]
    weights: tuple[int, ...] = ()
    card_name: str = ""
    """What the instances for cards call themselves: "Source" is a reserved name (OFL 1.1, clause 3)."""


FACES = (
    Face(
        "source-serif-4",
        "5.3.1",
        "4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",
        ("latin", "latin-ext"),
        (600,),
        "Badgepress Card Serif",
    ),
    Face(
        "inter",
        "5.3.0",
        "OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==",
        ("latin", "latin-ext"),
        (400, 600),
        "Badgepress Card Sans",
    ),
    Face(
        "noto-naskh-arabic",
        "5.3.0",
        "Ot0G5iln5MeLPKp1WNt6AGi4KHbPIVm0GEow2ED6rZ+8Rao+OuswhX4D+RPerc3aQ6teneLdqXSL8VPGorJvGg==",
        ("arabic",),
    ),
)


def main() -> int:
    """Write every font and licence into the folder of the site's fonts; return the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for face in FACES:
            _make(face, _package(face, Path(work)), Path(work))
    return 0


def _package(face: Face, work: Path) -> Path:
    """Return the folder of the unpacked package; raise SystemExit where it is another than the one named."""
    spec = f"@fontsource-variable/{face.name}@{face.version}"
    command = [*find_node().npm, "pack", spec, "--pack-destination", str(work), "--silent"]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    archive = work / told.stdout.split()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != face.sha512:
        raise SystemExit(f"{spec}: sha512 is {found}, not {face.sha512}")
    with tarfile.open(archive) as unpacked:
        unpacked.extractall(work / face.name, filter="data")
    return work / face.name / "package"


def _make(face: Face, package: Path, work: Path) -> None:
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    sources = [package / "files" / f"{face.name}-{subset}-wght-normal.woff2" for subset in face.subsets]
    for source in sources:
        (FOLDER / source.name).write_bytes(source.read_bytes())
    notice = _notice(sources[0])
    (FOLDER / f"{face.name}.LICENSE.txt").write_text(f"{notice}\n\n{licence}", encoding="utf-8")
    for weight in face.weights:
        _for_cards(face.card_name, sources, weight, work, FOLDER / f"{face.name}-latin-{weight}.ttf")


def _notice(source: Path) -> str:
    """Return the copyright notice in the font itself, which the licence asks to keep (OFL 1.1, clause 2)."""
    from fontTools.ttLib import TTFont

    return str(TTFont(source)["name"].getDebugName(0))


def _for_cards(name: str, sources: list[Path], weight: int, work: Path, target: Path) -> None:
    """Write the subsets at one weight as one TrueType file, and the widths of its characters beside it.

    One file, because resvg takes a letter that a file lacks from any other face: a serif title came out with
    its ů and ř in Inter.
    """
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    parts = [str(_instance(source, weight, work)) for source in sources]
    _named(_thinned(Merger().merge(parts), weight), name, weight).save(target)
    font = TTFont(target)
    widths = {chr(code): font["hmtx"][name][0] for code, name in sorted(font.getBestCmap().items())}
    text = json.dumps({"unitsPerEm": font["head"].unitsPerEm, "widths": widths}, separators=(",", ":"))
    # Cards break their lines by these, because nothing that draws them tells how wide a line became.
    target.with_suffix(".widths.json").write_text(text + "\n", encoding="utf-8")


def _instance(source: Path, weight: int, work: Path) -> Path:
    """Return the file of the face at one weight, as TrueType."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
    font.flavor = None
    target = work / f"{source.stem}-{weight}.ttf"
    font.save(target)
    return target


def _thinned(font: Any, weight: int) -> Any:
    """Return a font of fontTools without what titles do not need: phonetic signs, hints."""
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, recalc_timestamp=False, notdef_outline=True)
    options.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
    subsetter = Subsetter(options)
    wanted = [code for code in font.getBestCmap() if not any(code in signs for signs in _PHONETIC)]
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["OS/2"].usWeightClass = weight
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = _MADE
    return font


def _named(font: Any, family: str, weight: int) -> Any:
    """Return a font of fontTools under a name of its own, as a modified version must be."""
    table = font["name"]
    for number in (16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    plain = family.replace(" ", "")
    for number, text in (
        (1, family),
        (2, "Regular"),
        (3, f"{plain}-{weight}"),
        (4, family),
        (6, f"{plain}-{weight}"),
    ):
        table.setName(text, number, 3, 1, 0x409)
    return font


if __name__ == "__main__":
    sys.exit(main())
