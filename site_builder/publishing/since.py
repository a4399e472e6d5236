"""What changed since a git revision: awards and texts by ``catalog.history``, recorded proofs here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.catalog.history import Besides, History, compared
from site_builder.catalog.mixture import mixture_problems
from site_builder.problems import Problem
from site_builder.publishing.records import Record, Records, read_records
from site_builder.reading.repository import Repository
from site_builder.text.addresses import did_web


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found, and how many awards of the earlier state were compared in every field."""

    problems: tuple[Problem, ...]
    awards: int


def changes_since(
    old: Repository, new: Repository, besides: Besides | None = None, machinery: Sequence[str] = ()
) -> Comparison:
    """Return a problem for each award, text, key or recorded proof that should not have changed.

    ``besides`` are awards that both states have with the same bytes, and that neither repository holds.
    ``machinery`` are the paths of the workflows and their like that changed.
    """
    history = compared(old, new, besides)
    before, _ = read_records(old.proofs)
    after, _ = read_records(new.proofs)
    problems = (*history.problems, *_ledger(history, before, after), *mixture_problems(old, new, machinery))
    return Comparison(problems, history.awards)


def _ledger(history: History, before: Records, after: Records) -> Iterator[Problem]:
    """Yield a problem for each recorded proof that is gone or another one while its award stands.

    An award whose key is compromised is signed again, and so is what pins the bytes of such an award.
    """
    signed_again = _Resigned(history, before)
    former = _former_dids(history)
    for award_id, record in before.awards.items():
        if record.key.partition("#")[0] in former:
            continue  # the site moved: this proof is kept apart, and the award has another at the new address
        found = after.awards.get(award_id)
        if found == record or award_id not in history.new.awards or signed_again.holds(award_id):
            continue
        hint = f"take the line from git history again: git log -- {record.path}"
        if found is None:
            message = f"the recorded proof of award {award_id} is gone; it stood in line {record.line}"
            yield Problem(path=record.path, code="ledger-mismatch", message=message, hint=hint)
        else:
            message = f"the recorded proof of award {award_id} is not the one that was recorded before"
            yield Problem(
                path=found.path, line=found.line, code="ledger-mismatch", message=message, hint=hint
            )


def _former_dids(history: History) -> frozenset[str]:
    issuer = history.new.issuer
    return frozenset(did_web(base) for base in issuer[0].former_addresses) if issuer else frozenset()


class _Resigned:
    """Tells which awards must be signed again because a key is compromised now."""

    def __init__(self, history: History, records: Records) -> None:
        issuer = history.new.issuer
        keys = issuer[0].keys if issuer else ()
        self._lost = {key.public_key for key in keys if key.state == "compromised"}
        self._awards = history.new.awards
        self._records = records.awards

    def holds(self, award_id: str, depth: int = 0) -> bool:
        """Return True for an award of a compromised key, and for one that stacks on such an award."""
        if _key(self._records.get(award_id)) in self._lost:
            return True
        placed = self._awards.get(award_id)
        if placed is None or depth == _DEEPEST:
            return False
        return any(self.holds(part, depth + 1) for part in placed.award.parts)


# Four kinds stack; a circle of parts, which is told elsewhere, must not hang the comparison.
_DEEPEST = 4


def _key(record: Record | None) -> str:
    return record.key.partition("#")[2] if record else ""
