"""The new site held against the published one: the same passes, all else is looked at closely.

Looking closely (:mod:`.kept`) reads every award again and says exactly what is wrong. That is only done where
a badge would be lost, altered or signed again, or where the published lists say more than the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from site_builder.assembling.addresses import BITS_PER_LIST, Addresses, achievement_image, award_json
from site_builder.catalog.catalog import Catalog, ErasedAward
from site_builder.catalog.resolve import resolve
from site_builder.exports.interface import Badge
from site_builder.problems import Problem
from site_builder.proof.records import read_records
from site_builder.publishing.cohorts import Done
from site_builder.publishing.kept import kept
from site_builder.publishing.kept_status import index_of, status_problems
from site_builder.publishing.published import NotPublished, PublishedSite
from site_builder.publishing.request import Request
from site_builder.reading.repository import sweep
from site_builder.survey import Survey


def published_site(request: Request) -> PublishedSite | None:
    """Return the site to compare with; ``None`` where nothing was published yet.

    Raises ``NotPublished`` where another folder than the output was named, and holds none.
    """
    if request.published is None:
        return None
    site = PublishedSite(request.published)
    if site.is_there:
        return site
    if request.published != request.output:
        raise NotPublished(request.published)
    return None


class Comparison:
    """One comparison of what is published with what a survey found."""

    def __init__(self, site: PublishedSite, found: Survey, catalog: Catalog, request: Request) -> None:
        self._site, self._found, self._catalog, self._request = site, found, catalog, request
        self._at = Addresses(catalog.settings.site_url)

    @property
    def folder(self) -> Path:
        """The folder of the published site."""
        return self._site.folder

    def before(self) -> list[Problem]:
        """Return what is wrong with the published lists, or pictures, before anything is signed."""
        told = set(self._found.withdrawn)
        named = range(0, self._found.highest_index + 1, BITS_PER_LIST)
        doubt = status_problems(self._site, self._catalog, self._request.now, named, told)
        return self.closely() if next(doubt, None) or self._another_picture() else []

    def _another_picture(self) -> bool:
        """Return True where a version that has awards is published with another picture."""
        awarded = self._catalog.tallies.awarded if self._catalog.tallies else {}
        for key in awarded:
            image = self._catalog.achievements[key].image
            published = self._site.file(achievement_image(*key, image.media_type))
            if published and published != image.published:
                return True
        return False

    def after(self, done: Done, gone: Iterable[str], target: Path, *, demo: bool) -> list[Problem]:
        """Return a problem for each published badge that the pressed site would lose or alter.

        ``gone`` are the awards whose folder is published and that no award file has, ``target`` is where new
        badges were written, ``signer`` the public key that signed them.
        """
        altered = done.all_of("altered")
        others = self._found.recorded.count or self._found.recorded.records.lists
        unrecorded = others and not demo and done.all_of("unrecorded")
        if not (altered or unrecorded or any(not self._is_noted(award) for award in gone)):
            return []
        return self.closely(altered, target)

    def _is_noted(self, award: str) -> bool:
        """Return True where nothing is lost: there is no badge, or that of an award that was erased."""
        badge = self._site.badge(award)
        noted = self._erased.get(award)
        if badge is None:
            return True
        return noted is not None and index_of(badge.document, self._at) == noted.erased.status_index

    @cached_property
    def _erased(self) -> Mapping[str, ErasedAward]:
        return self._catalog.tallies.erased if self._catalog.tallies else {}

    def closely(self, altered: Sequence[str] = (), target: Path | None = None) -> list[Problem]:
        """Return every problem of a full comparison; ``altered`` badges are those written into ``target``."""
        repository = sweep(self._request.root)
        catalog, problems = resolve(repository, self._request.now, self._request.site_url)
        if catalog is None:
            return problems  # changed since it was surveyed
        records, _ = read_records(repository.proofs)
        compared = kept(self._site, repository, catalog, self._at, records, self._request.now)
        if compared.problems or target is None:
            return compared.problems
        return compared.other_bytes(_badges(catalog, altered, target))


def _badges(catalog: Catalog, awards: Iterable[str], target: Path) -> Iterator[Badge]:
    for award in awards:
        yield Badge(catalog.awards[award], {}, (target / award_json(award)).read_bytes())
