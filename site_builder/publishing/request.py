"""What is asked of a build or a check, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.problems import Problem, has_errors, in_order

if TYPE_CHECKING:
    # Only named here: a build that has nothing to do must not wait for them to be imported.
    from site_builder.assembling.addresses import Addresses
    from site_builder.catalog.catalog import Catalog

    MakeCatalog = Callable[[Path, Catalog, Addresses, date, Path], None]
    """Writes the catalog's pages into a folder: MkDocs, or nothing where it is not installed."""

Progress = Callable[[str, int], Callable[[], None]]
"""Given what is done and how many steps it has, returns what is called after each step."""


@dataclass(frozen=True)
class Request:
    """What is asked of a build; the command line fills it from its flags, the environment and the clock."""

    root: Path
    output: Path
    now: date
    environment: Mapping[str, str]
    site_url: str | None = None
    make_catalog: MakeCatalog | None = None
    keep_pages: bool = False
    """Refuse to replace a site that has the catalog's pages by one without them."""
    base: str | None = None
    """A git revision that ``check`` compares with: what was reviewed there may not have changed."""
    published: Path | None = None
    """The site as last published: no badge on it may be lost or altered. The output itself may be empty."""
    executor: str | None = None
    """Where the work is done: processes of this machine, or ``dask://HOST:PORT``."""
    fresh: bool = False
    """Believe nothing that earlier builds kept: make everything anew."""
    preview: bool = False
    """A site to be looked at, as :func:`~site_builder.publishing.preview.preview_of` asks for it."""

    @property
    def on_cluster(self) -> bool:
        """Whether the work is done by other machines, or by processes that may be on others."""
        return (self.executor or "").startswith("dask:")

    def for_workers(self) -> Request:
        """Return it with whole paths where a cluster does the work: its workers stand in other folders."""
        if not self.on_cluster:
            return self
        published = self.published.absolute() if self.published else None
        return replace(self, root=self.root.absolute(), output=self.output.absolute(), published=published)


@dataclass
class Outcome:
    """What came of a build: problems and nothing published, or what was published."""

    problems: list[Problem] = field(default_factory=list)
    catalog: Catalog | None = None
    """Everything but the awards; ``None`` where something is wrong."""
    published: bool = False
    """True where the site is in its place now."""
    credentials: int = 0
    drafts: int = 0
    """How many specs are read and checked, and not published."""
    frameworks: int = 0
    awards: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    """How many badges a stranger finds in each state."""
    verified: int = 0
    """How many badges were read back and verified as a stranger would, each as it was meant to be."""
    signed: int = 0
    reused: int = 0
    """How many badges were made from recorded proofs."""
    kept: int = 0
    """How many badges stood already as they would be made."""
    recorded: int = 0
    fast: int = 0
    """How many badges were made by compiled shapes."""
    slow: int = 0
    """How many badges the library made, document by document."""
    compared: int | None = None
    """How many awards of the revision ``base`` were compared in every field."""

    def with_problems(self, problems: Iterable[Problem]) -> Outcome:
        """Return it with more problems; with an error among them there is no catalog to go on with."""
        found = in_order([*self.problems, *problems])
        return replace(self, problems=found, catalog=None if has_errors(found) else self.catalog)


class VerificationFailed(Exception):  # noqa: N818 - it says what happened
    """The new site did not verify as a stranger would verify it: our bug. Nothing was published."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(told)
        self.told = told

    def __str__(self) -> str:
        return "the new site does not verify; nothing was published"
