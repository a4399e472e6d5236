"""An image that may be published, and the problem of one that is broken."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Image:
    """A checked image. ``published`` holds the bytes for readers, without metadata of any editor or camera.

    ``media_type`` is ``image/svg+xml`` or ``image/png``. ``width`` and ``height`` are pixels of a PNG, or the
    rounded user units of an SVG's viewBox; ``None`` where a drawing does not say.
    """

    path: str
    media_type: str
    published: bytes
    width: int | None
    height: int | None


def damaged(path: str, message: str, hint: str = "", line: int | None = None) -> Problem:
    """Return the problem of a file that is not the image it claims to be."""
    return Problem(path=path, code="bad-image", message=message, hint=hint, line=line)


def size_warning(path: str, message: str, hint: str, line: int | None = None) -> Problem:
    """Return the warning of an image that can be published but will look poor."""
    return Problem(
        path=path, code="image-size", message=message, hint=hint, line=line, severity=Severity.WARNING
    )
