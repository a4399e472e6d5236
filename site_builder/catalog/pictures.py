"""Finding and checking the images that credentials and the issuer name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from site_builder.catalog.owners import folder_of_specs, owner_of_spec
from site_builder.images import Image, check_image
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document

_FOLDER = "credentials/"


def check_images(images: Mapping[str, bytes]) -> tuple[dict[str, Image | None], list[Problem]]:
    """Check every image in the repository, used or not; return them by path (``None`` where refused)."""
    checked: dict[str, Image | None] = {}
    problems: list[Problem] = []
    for path, raw in sorted(images.items()):
        checked[path], found = check_image(path, raw)
        problems += found
    return checked, problems


def find_image(
    document: Document, name: str, images: Mapping[str, Image | None]
) -> tuple[Image | None, list[Problem]]:
    """Return the image that ``document`` names in its field ``image``.

    The name is relative to the document's own folder, to its owner's, then to ``credentials/``. A refused
    image yields ``None`` without a second problem: what is wrong with it has been said at the image.
    """
    where = ("image",)
    if "://" in name or name.startswith("//"):
        hint = "put the file beside this one and write its name"
        message = f"image must be a file in the repository, not the address {shown(name)}"
        return None, [document.problem(where, "remote-reference", message, hint)]
    for candidate in candidates(document.path, name):
        if candidate in images:
            return images[candidate], []
    known = (path.removeprefix(_FOLDER) for path in images)
    message = f"image {shown(name)} does not exist"
    return None, [document.problem(where, "missing-file", message, did_you_mean(name, known))]


def candidates(path: str, name: str) -> list[str]:
    """Return the paths that an image's ``name`` may mean in the file at ``path``, in the order they count.

    There is none where the name tries to leave the folder.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/") or "\\" in name:
        return []
    folders = (str(PurePosixPath(path).parent), folder_of_specs(owner_of_spec(path)), folder_of_specs(""))
    return [str(PurePosixPath(folder) / name) for folder in dict.fromkeys(folders)]
