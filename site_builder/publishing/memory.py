"""What the last build of an output folder left for the next: whether anything must be done at all.

Light to import, because most runs of a scheduled build end here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.publishing.ledger import reading
from site_builder.publishing.request import Request
from site_builder.publishing.staging import staging
from site_builder.publishing.standing import Standing, is_untouched, read_marks, read_standing, stamped
from site_builder.reading.inputs import inputs_digest
from site_builder.storing import Store, key_of, trim

if TYPE_CHECKING:
    from concurrent.futures import Executor

KEYS = ("BADGEPRESS_ISSUE_KEY", "BADGEPRESS_STATUS_KEY")
"""The variables that give signing keys; with ``_FILE`` appended, the paths of their files."""
_MANY = 10_000
"""To look at so many folders takes longer than to start the processes that do it meanwhile."""


class Memory:
    """The memory of one output folder, kept in the repository's store."""

    def __init__(
        self,
        root: Path,
        output: Path,
        asked: str,
        environment: Mapping[str, str],
        store: Store | None = None,
    ) -> None:
        self._root, self._output, self._asked = root, output, asked
        self._given = {name: value for name, value in environment.items() if name.startswith(KEYS)}
        self._store = store or Store.at(root)
        self._key = key_of("standing", str(output.absolute()))
        self._inputs = ""
        self._begun: tuple[Standing, Callable[[], bool]] | None = None

    @property
    def store(self) -> Store:
        """The store of the repository."""
        return self._store

    def begin(self, executor: Executor) -> None:
        """Let a process of this machine look at a large folder, while this one reads the repository."""
        # Imported here: most runs of a day end before this.
        from site_builder.executors.meanwhile import meanwhile

        marks = self._marks()
        if marks is not None and marks.folders >= _MANY:
            self._begun = marks, meanwhile(executor, is_untouched, self._output.absolute(), marks)

    def standing(self) -> Standing | None:
        """Return what stands in the folder; ``None`` where that is not known, or it was touched since.

        What ``begin`` began is waited for.
        """
        if self._begun is None:
            found = self._read()
            return found if found is not None and is_untouched(self._output, found) else None
        (marks, is_so), self._begun = self._begun, None
        if not is_so():
            return None
        found = self._read()
        return found if found is not None and replace(found, cohorts={}) == marks else None

    def _read(self) -> Standing | None:
        return read_standing(self._store.get(self._key))

    def _marks(self) -> Standing | None:
        return read_marks(self._store.get(self._key))

    def pages(self) -> bytes | None:
        """Return what the catalog's pages were made from."""
        return self._store.get(key_of("pages", self._key))

    def unchanged(self) -> Standing | None:
        """Return what stands there, without cohorts, if a build would change nothing; ``None`` if it may.

        A key that is given may be another one than before, which matters while proofs are not recorded.
        """
        self.look()
        found = self._marks()
        if found is None or (found.asked, found.inputs) != (self._asked, self._inputs):
            return None
        if self._given and not found.settled:
            return None
        return found if is_untouched(self._output, found) else None

    def look(self) -> None:
        """Take note of what the repository holds now: what is changed later is for the next build to see."""
        self._inputs = self._inputs or inputs_digest(self._root)

    def keep(self, standing: Standing, pages: bytes, *, wrote_inputs: bool) -> None:
        """Keep what stands in the folder now; ``wrote_inputs`` says that proofs were written beside it.

        What was not used for long goes from the store.
        """
        self._store.put(key_of("pages", self._key), pages)
        standing.asked = self._asked
        standing.inputs = "" if wrote_inputs else self._inputs
        self._store.put_all(self._key, stamped(self._output, standing).pieces())
        trim(self._store)


def memory_of(request: Request) -> Memory:
    """Return the memory of the folder that a build is asked for."""
    asked = key_of(
        "asked",
        request.now.isoformat(),
        request.site_url or "",
        str(request.published or ""),
        str(request.make_catalog is not None),
    )
    # Of a preview nothing is kept: it is signed by other keys each time.
    store = Store(None) if request.preview else None
    return Memory(request.root, request.output, asked, request.environment, store)


def nothing_to_do(request: Request) -> Standing | None:
    """Return what stands in the output if a build would change nothing there; ``None`` if it may.

    Raises ``OutputRefused`` where the folder cannot be used.
    """
    if request.fresh or request.base is not None:
        return None
    with staging(request.output, request.root), reading(request.root):
        return memory_of(request).unchanged()
