"""The second half of a survey: what is wrong between one award file and another, as ``resolve`` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.catalog.awards import check_duplicates, check_lists, check_uniqueness, lists_open_for
from site_builder.catalog.holders import check_holders
from site_builder.catalog.links import all_read
from site_builder.models.award import LIST_LENGTH
from site_builder.problems import Problem
from site_builder.storing import Store
from site_builder.survey.columns import each_id, unpacked
from site_builder.survey.gathering import Gathered
from site_builder.survey.link_checks import LinkChecks
from site_builder.survey.linking import Links, places_of
from site_builder.survey.suspicion import (
    duplicates_at_fault,
    holders_at_fault,
    lists_at_fault,
    unique_at_fault,
)
from site_builder.survey.whole import WholeFiles


class Between:
    """The checks between files; ``alike`` are the numbers of files in which something may stand twice."""

    def __init__(self, root: Path, found: Gathered, store: Store) -> None:
        self._found, self._store = found, store
        self._files, self._placed = found.files, found.placed
        self._whole = WholeFiles(root, found.judged, found.measure.standard)
        self._at = places_of(self._placed)
        self.links = Links(self._placed, found.paths, self._at)
        self.alike = unique_at_fault(self._files)

    def problems(self) -> Iterator[Problem]:
        """Yield every problem; raises ``Changed`` where a file that is read again is another one by then."""
        whole, ground = self._whole, self._found.ground
        yield from check_uniqueness(whole.sourced(self.alike))
        total = sum(len(columns.indexes) for columns in self._files.values())
        too_high = lists_at_fault(self._files, lists_open_for(total) * LIST_LENGTH)
        yield from check_lists(whole.sourced(too_high), total)
        yield from check_duplicates(whole.placed(duplicates_at_fault(self._placed)))
        strange = holders_at_fault(self._placed, ground.site_did)
        yield from check_holders(whole.placed(strange), ground.site_did)
        yield from self._of_links()

    def _of_links(self) -> Iterator[Problem]:
        judged, ground = self._found.judged, self._found.ground
        unplaced = (columns for number, columns in self._files.items() if number not in self._placed)
        in_doubt = {unpacked(award_id) for columns in unplaced for award_id in each_id(columns.ids)}
        in_doubt.update(award_id for one in judged for award_id in one.unread_ids)
        unparsed = [problem for one in judged if not one.is_parsed for problem in one.problems]
        parsed = {one.path for one in judged if one.is_parsed}
        yield from LinkChecks(self._found, self.links, self._at, self._store).problems(
            in_doubt,
            self._whole.document,
            all_read=all_read([*ground.repository.problems, *unparsed], parsed),
        )
