"""One award file as a unit of work: what it needs of others, and the key of all that decides its badges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.assembling.achievement import achievement
from site_builder.assembling.addresses import Addresses
from site_builder.assembling.profile import profile
from site_builder.catalog.catalog import Achievement, Catalog, ErasedAward, IssuedAward
from site_builder.models.award import AwardFile, Erased
from site_builder.proof.strict_json import dump
from site_builder.storing import key_of
from site_builder.survey import Around, Near, Surveyed
from site_builder.survey.columns import each_id, unpacked


@dataclass(frozen=True, slots=True)
class Batch:
    """An award file with what it needs of others.

    ``pinned`` has a line for each award that its own stack from, in order: its id, and its badge's digest. Of
    one text many wait for a worker, where a mapping of each would be most of what a build has in memory.
    """

    surveyed: Surveyed
    around: Around
    pinned: str

    def digests(self) -> dict[str, str]:
        """Return the digests of its parts' badges, by award id."""
        return dict(line.split(" ", 1) for line in self.pinned.splitlines())


def award_ids(packed: bytes) -> Iterator[str]:
    """Yield award ids from their sixteen bytes each."""
    return map(unpacked, packed_ids(packed))


def packed_ids(packed: bytes) -> list[bytes]:
    """Return the sixteen bytes of each award id."""
    return each_id(packed)


def batch_catalog(ground: Catalog, surveyed: Surveyed, file: AwardFile, around: Around) -> Catalog:
    """Return the catalog as this file's awards need it: the ground, they themselves, what they link to."""
    item = ground.achievements[file.credential, file.version]
    awards = {award.id: IssuedAward(surveyed.path, file, award, item) for award in file.awards}
    awards |= around.placed(ground)
    erased = {award_id: ErasedAward("", _noted(award_id, file)) for award_id in around.erased}
    return replace(ground, awards=dict(sorted(awards.items())), erased=erased, tallies=None)


def _noted(award_id: str, file: AwardFile) -> Erased:
    """Return a note of an erased award of another file: that it was erased is all that is asked of it."""
    return Erased.model_construct(id=award_id, status_index=0, date=file.issued_on)


class Keys:
    """The keys of award files in one build: equal keys, equal bytes of all that is published for the file.

    ``signer`` is the id of the key that signs what has no recorded proof; empty where nothing is signed.
    """

    def __init__(self, ground: Catalog, at: Addresses, signer: str) -> None:
        self._ground, self._at, self._signer = ground, at, signer
        self._achievements: dict[tuple[str, str], str] = {}

    def of(self, batch: Batch) -> str:
        """Return the key of a file."""
        surveyed = batch.surveyed
        return key_of(
            "press",
            self._of_achievement(surveyed.credential, surveyed.version),
            surveyed.digest,
            surveyed.proofs_digest,
            batch.around.digest,
            "\n".join(self._names(batch)),
            batch.pinned,
        )

    def near(self, surveyed: Surveyed, near: Near, pinned: Iterable[str]) -> str:
        """Return a key of the file and of all files near it; ``pinned`` are the badges its parts stand among.

        Where it is the same, so is the key of the file's batch; it may differ though that is the same.
        """
        return key_of(
            "near",
            self._of_achievement(surveyed.credential, surveyed.version),
            surveyed.digest,
            surveyed.proofs_digest,
            near.text,
            "\n".join(self._of_achievement(*key) for key in near.versions),
            "\n\n".join(pinned),
        )

    def _names(self, batch: Batch) -> list[str]:
        """Return the names that pages show of linked awards."""
        return [self._of_achievement(*key) for key in sorted(batch.around.versions)]

    def _of_achievement(self, credential: str, version: str) -> str:
        name = credential, version
        if name not in self._achievements:
            self._achievements[name] = self._key(self._ground.achievements[name])
        return self._achievements[name]

    def _key(self, item: Achievement) -> str:
        ground, at = self._ground, self._at
        return key_of(
            at.base,
            self._signer,
            repr((ground.settings.site_name, ground.settings.languages)),
            ground.issuer.model_dump_json(),
            dump(profile(ground, at)),
            dump(achievement(item, at)),
            item.spec.model_dump_json(),
            *(repr((aligned.framework.id, aligned.framework.language)) for aligned in item.competencies),
            *(aligned.competency.model_dump_json() for aligned in item.competencies),
        )
