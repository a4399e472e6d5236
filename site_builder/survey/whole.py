"""Award files read whole again: those few of which something must be told, or that another process needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from site_builder.catalog.awards import Sourced
from site_builder.catalog.ground import build_untold, refused_when_read
from site_builder.catalog.placing import Placed, Standard, place
from site_builder.models.award import AwardFile
from site_builder.reading.document import Document
from site_builder.reading.repository import read_award
from site_builder.survey.judging import Judged


class Changed(Exception):  # noqa: N818 - it says what happened
    """A file was written to between two looks at it: what was found before may not be so any more."""

    hint = "run this again when nobody is writing there"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} was changed while it was being read"


class WholeFiles:
    """The award files of one survey, read whole when they are asked for, and kept."""

    def __init__(self, root: Path, judged: Sequence[Judged], standard: Standard) -> None:
        self._root, self._judged, self._standard = root, judged, standard
        self._read: dict[int, Sourced] = {}

    def sourced(self, numbers: Iterable[int]) -> list[Sourced]:
        """Return the files of these numbers, in their order; raises ``Changed``."""
        return [self._of(number) for number in sorted(numbers)]

    def placed(self, numbers: Iterable[int]) -> list[Placed]:
        """Return the awards of the files of these numbers, in their order; raises ``Changed``."""
        return [placed for file in self.sourced(numbers) for placed in place(*file, self._standard)[0]]

    def document(self, number: int) -> Document:
        """Return the file of a number as a document; raises ``Changed``."""
        return self._of(number)[1]

    def _of(self, number: int) -> Sourced:
        if number not in self._read:
            judged = self._judged[number]
            self._read[number] = read_again(self._root, judged.path, judged.digest)
        return self._read[number]


def read_again(root: Path, path: str, digest: str) -> tuple[AwardFile, Document]:
    """Return an award file that was read before; raises ``Changed`` where it is not that file any more."""
    document, problems = read_award(root, path)
    if document is None or hashlib.sha256(document.raw).hexdigest() != digest:
        raise Changed(path)
    file, _ = build_untold(AwardFile, document, refused_when_read(problems))
    if file is None:
        raise Changed(path)
    return file, document
