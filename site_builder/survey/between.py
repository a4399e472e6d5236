"""The second half of a survey: what is wrong between one award file and another, as ``resolve`` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.catalog.awards import check_duplicates, check_lists, check_uniqueness, lists_open_for
from site_builder.catalog.holders import check_holders
from site_builder.catalog.links import KnownAwards, all_read
from site_builder.models.award import LIST_LENGTH
from site_builder.problems import Problem
from site_builder.survey.columns import each_id, unpacked
from site_builder.survey.gathering import Gathered
from site_builder.survey.linking import Links, check_all_links, known_awards
from site_builder.survey.suspicion import (
    duplicates_at_fault,
    holders_at_fault,
    lists_at_fault,
    unique_at_fault,
)
from site_builder.survey.whole import WholeFiles


class Between:
    """The checks between files; ``alike`` are the numbers of files in which something may stand twice."""

    def __init__(self, root: Path, found: Gathered) -> None:
        self._found = found
        self._files, self._placed = found.files, found.placed
        self._whole = WholeFiles(root, found.judged, found.measure.standard)
        self.links = Links(self._placed, found.paths)
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
        yield from check_all_links(
            self._placed, self.links, self._known(), self._found.measure.standard.achievements, whole.document
        )

    def _known(self) -> KnownAwards:
        """Return what is known of awards that a link may name, also of those in files that are broken."""
        unplaced = (columns for number, columns in self._files.items() if number not in self._placed)
        in_doubt = {unpacked(award_id) for columns in unplaced for award_id in each_id(columns.ids)}
        for judged in self._found.judged:
            in_doubt.update(judged.unread_ids)
        problems = [*self._found.ground.repository.problems]
        problems += [
            problem for judged in self._found.judged if not judged.is_parsed for problem in judged.problems
        ]
        parsed = {judged.path for judged in self._found.judged if judged.is_parsed}
        return known_awards(
            self.links,
            self._found.measure.standard,
            erased=(unpacked(entry) for columns in self._files.values() for entry in each_id(columns.erased)),
            in_doubt=in_doubt,
            all_read=all_read(problems, parsed),
        )
