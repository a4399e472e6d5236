"""All files of an award, for sites of a hundred thousand: the bytes of :data:`EXPORTS`, by splices.

Each export stays the one place that says what its file holds. What a cohort shares is made by it once, and
what is an award's own is put in; whatever does not fit is made by the exports as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, award_json, award_script
from site_builder.assembling.addresses import award_page as page_path
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.exports import EXPORTS
from site_builder.exports.award_page import award_page
from site_builder.exports.compiled_page import CohortPages, PagePress
from site_builder.exports.compiled_twin import CohortTwins, TwinPress
from site_builder.exports.credential_json import credential_json
from site_builder.exports.credential_twin import credential_twin
from site_builder.exports.interface import Badge
from site_builder.proof.strict_json import parse

_BY_SPLICES = (credential_json, credential_twin, award_page)
# A format that is new here is made award by award, until somebody finds a quicker way.
_OTHERS = tuple(export for export in EXPORTS if export not in _BY_SPLICES)


class _Cohort(NamedTuple):
    """What makes the files of one cohort; the award and the catalog are those it was made for."""

    issued: IssuedAward
    catalog: Catalog
    pages: CohortPages
    twins: CohortTwins

    def has(self, issued: IssuedAward, catalog: Catalog) -> bool:
        mine = self.issued
        return issued.file is mine.file and issued.achievement is mine.achievement and catalog is self.catalog


class AwardPress:
    """Makes the files of awards, cohort by cohort. What it keeps does not grow with their number."""

    def __init__(self, at: Addresses) -> None:
        self._at = at
        self._cohort: _Cohort | None = None
        self._pages: PagePress | None = None
        self._twins: TwinPress | None = None
        self.spliced = 0
        """How many awards had all their files from splices."""
        self.rendered = 0
        """How many awards had a file that splices did not give, so that it was made as a whole."""

    def files(self, issued: IssuedAward, catalog: Catalog, data: bytes) -> Iterable[Artifact]:
        """Return what all exports would make of the badge ``data``, in their order.

        ``catalog`` needs to hold no more awards than those of the award's file and what they are linked with.
        It may be another for each file; it is quickest to come file by file.
        """
        cohort = self._cohort
        if cohort is None or not cohort.has(issued, catalog):
            cohort = self._turn_to(issued, catalog)
        page = cohort.pages.page(issued, catalog)
        twin = cohort.twins.twin(issued, data)
        if page is None or twin is None:
            self.rendered += 1
        else:
            self.spliced += 1
        name = issued.award.id
        return (
            Artifact(award_json(name), data),
            Artifact(award_script(name), cohort.twins.whole(issued, data) if twin is None else twin),
            Artifact(page_path(name), cohort.pages.whole(issued, catalog) if page is None else page),
            *(self._others(issued, catalog, data) if _OTHERS else ()),
        )

    def _turn_to(self, issued: IssuedAward, catalog: Catalog) -> _Cohort:
        before = self._cohort
        if self._pages is None or self._twins is None or before is None or _differ(before.catalog, catalog):
            self._pages, self._twins = PagePress(catalog), TwinPress(self._at)
        self._cohort = _Cohort(
            issued, catalog, self._pages.cohort(issued), self._twins.cohort(issued, catalog)
        )
        return self._cohort

    def _others(self, issued: IssuedAward, catalog: Catalog, data: bytes) -> Iterable[Artifact]:
        badge = Badge(issued, parse(data), data)
        for export in _OTHERS:
            yield from export(catalog, self._at)(badge)


def _differ(before: Catalog, catalog: Catalog) -> bool:
    """Return whether anything but awards is another: then nothing that was made for those before holds."""
    return (
        before.settings != catalog.settings
        or before.issuer != catalog.issuer
        or before.issuer_image != catalog.issuer_image
        or (before.achievements is not catalog.achievements and before.achievements != catalog.achievements)
    )
