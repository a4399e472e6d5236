"""What a badge image may hold.

Bytes go in; out come the problems, and the bytes that may be published: what an editor or a camera wrote into
the file about its author is not in them.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from site_builder.images.image import Image, damaged
from site_builder.images.png import check_png
from site_builder.images.sniff import kind_of
from site_builder.images.svg import check_svg
from site_builder.problems import Problem, has_errors, shown

__all__ = ["Image", "check_image"]

_MIB = 1024 * 1024
_CHECKS = {".svg": ("SVG", check_svg, _MIB), ".png": ("PNG", check_png, 4 * _MIB)}


def check_image(path: str, raw: bytes) -> tuple[Image | None, list[Problem]]:
    """Return the image as it may be published, and what is wrong with it.

    The image is ``None`` where a problem is an error; warnings leave it. ``path`` chooses the format by its
    ending and names the file in messages. Nothing is opened, nothing is drawn, and no compressed part is
    inflated beyond what its header allows. Raises nothing: every fault of the bytes is a problem.
    """
    refused = _not_this_format(path, raw)
    if refused:
        return None, [refused]
    _, check, _ = _CHECKS[_ending(path)]
    image, problems = check(path, raw)
    return (None if has_errors(problems) else image), problems


def _not_this_format(path: str, raw: bytes) -> Problem | None:
    """Return why the bytes need no closer look: unknown ending, empty, too many, or another format."""
    ending = _ending(path)
    if ending not in _CHECKS:
        return damaged(path, f"badge images are SVG or PNG, not {shown(ending)}", "save it as .svg or .png")
    if not raw:
        return damaged(path, "the image is empty (0 bytes)", "save it again from the drawing program")
    wanted, _, most = _CHECKS[ending]
    if len(raw) > most:
        size = f"{len(raw) / _MIB:.1f}"
        return Problem(
            path=path,
            code="image-size",
            message=f"the image must be at most {most // _MIB} MiB, not {size} MiB",
            hint="make it smaller; 600 x 600 pixels, or a drawing of a few shapes, are plenty",
        )
    return _other_format(path, raw, wanted)


def _other_format(path: str, raw: bytes, wanted: str) -> Problem | None:
    found = kind_of(raw)
    if found == "a Git LFS pointer":
        message = f"the file is {found}, its content was not checked out"
        return Problem(path=path, code="lfs-pointer", message=message, hint="run 'git lfs pull'", line=1)
    if found == "compressed":
        return damaged(path, "the image is compressed (gzip), expected a plain file", f"store plain {wanted}")
    if found is not None and found.split()[1] != wanted:
        hint = f"export it as {wanted}; a new file name does not change the format"
        return damaged(path, f"the file is {found}, not {wanted}", hint)
    return None


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
