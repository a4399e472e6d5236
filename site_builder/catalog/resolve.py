"""From a swept repository to a Catalog: every name resolved, every mistake told in one run (DESIGN 2)."""

from __future__ import annotations

from datetime import date

from site_builder.catalog.awards import Sourced, check_duplicates, check_lists, check_uniqueness
from site_builder.catalog.catalog import Catalog, ErasedAward, IssuedAward
from site_builder.catalog.ground import Ground, lay_ground
from site_builder.catalog.holders import check_holders
from site_builder.catalog.links import KnownAwards, all_read, award_ids, check_links
from site_builder.catalog.placing import Placed, Standard, place
from site_builder.catalog.privacy_sweep import check_repository_privacy, with_privacy
from site_builder.models.award import AwardFile
from site_builder.problems import Problem, has_errors, in_order
from site_builder.reading.repository import Repository


def resolve(
    repository: Repository, now: date, site_url: str | None = None
) -> tuple[Catalog | None, list[Problem]]:
    """Return the Catalog and the warnings, or ``None`` and every problem of the repository, in order.

    ``now`` is the UTC day of the build; ``site_url`` replaces the address in ``mkdocs.yml``. Every award is
    held in memory; ``survey`` finds the same problems and holds none.
    """
    ground = lay_ground(repository, site_url)
    files: list[Sourced] = ground.build_all(AwardFile, repository.awards)
    standard = Standard(ground.achievements, ground.unread_credentials, now)
    placed: list[Placed] = []
    for file, document in files:
        found, problems = place(file, document, standard)
        placed += found
        ground.problems += problems
    ground.problems += _among_awards(ground, files, placed, now)
    every = in_order(with_privacy(ground.problems, check_repository_privacy(repository, ground.titles)))
    if has_errors(every):
        return None, every
    awards = {issued.id: issued for issued, _, _ in placed}
    erased = {item.id: ErasedAward(document.path, item) for file, document in files for item in file.erased}
    return ground.catalog(awards, erased), every


def _among_awards(ground: Ground, files: list[Sourced], placed: list[Placed], now: date) -> list[Problem]:
    """Return what is wrong between one award and another."""
    problems = [*check_uniqueness(files), *check_lists(files), *check_duplicates(placed)]
    problems += check_holders(placed, ground.site_did)
    known = _known_awards(ground, files, placed, now)
    for issued, document, index in placed:
        problems += check_links(issued, document, index, known)
    return problems


def _known_awards(ground: Ground, files: list[Sourced], placed: list[Placed], now: date) -> KnownAwards:
    """Tell the awards that were placed from those that stand in files with errors."""
    awards: dict[str, IssuedAward] = {}
    for issued, _, _ in placed:
        awards.setdefault(issued.id, issued)
    repository = ground.repository
    written = {award_id for document in repository.awards for award_id in award_ids(document)}
    return KnownAwards(
        awards=awards,
        erased=frozenset(entry.id for file, _ in files for entry in file.erased),
        credentials=frozenset(name for name, _ in ground.achievements),
        now=now,
        in_doubt=frozenset(written - awards.keys()),
        all_read=all_read(repository.problems, {document.path for document in repository.awards}),
    )
