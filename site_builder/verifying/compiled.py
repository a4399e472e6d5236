"""Badges that differ in a few texts only: what they share is judged once, by the library.

A shape is learnt from published bytes, of a badge that the library itself found authentic in this run. Of
the next badge of that shape only its own texts are looked at, and its signature is checked as ever. Where
anything is out of the ordinary the library decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from site_builder.assembling.slots import slot_paths
from site_builder.proof.compiled import CompiledShape, Path, Uncompilable, compile_shape
from site_builder.proof.eddsa import proof_of, signature_is_good, signature_of, without_proof
from site_builder.proof.errors import ProofError
from site_builder.proof.strict_json import dump
from site_builder.verifying.instants import parse_instant
from site_builder.verifying.shape import Presented, Refused, named

MOST_SHAPES = 64
"""How many shapes are kept, the last used ones: each takes a tenth of a megabyte."""

_MOST_FAILURES = 3
_MOST_FAILED = 1_000
_MOST_TRIED = 20

_ASKED = ("credentialStatus", "relatedResource")
_JUDGED_ONCE = frozenset({"@context", "type", "issuer", "proof"})
_ACHIEVEMENT = b'"achievement":{"id":"'

Cut = tuple[bytes, int]
"""What tells most shapes apart, and costs little: the achievement, and how many quotes stand around texts."""

_instant = lru_cache(maxsize=4096)(parse_instant)


class Shapes:
    """The shapes that a run has met, of which it keeps the last used ones."""

    def __init__(self) -> None:
        self._kept: dict[Cut, list[_Known]] = {}
        self._failed: Counter[Cut] = Counter()
        self._reads = 0

    def read(self, raw: bytes) -> Presented | None:
        """Return the badge that ``raw`` spells, if it is of a known shape; None leaves it to the library.

        What comes back is what ``read_badge`` returns, with the hashes that are signed; but its document has
        only what is asked of a badge whose signature is good.
        """
        self._reads += 1
        for known in self._candidates(raw):
            found = known.shape.values_in(raw)
            if found is not None:
                known.last = self._reads
                return known.presented(*found)
        return None

    def _candidates(self, raw: bytes) -> Iterator[_Known]:
        """Yield the shapes that ``raw`` may have: mostly one."""
        achievement, quotes = _achievement(raw), raw.count(b'"')
        yield from self._kept.get((achievement, quotes), ())[:_MOST_TRIED]
        # Asked for only now: few badges have quotes in their texts.
        cut = cut_of(raw)
        if cut[1] != quotes:
            yield from self._kept.get(cut, ())[:_MOST_TRIED]

    def learn(self, raw: bytes, badge: Presented, public_key: bytes) -> None:
        """Remember the shape of a badge that the library found authentic, if the badge has one to learn.

        ``public_key`` is the one, of 32 bytes, under which the library found its signature good.
        """
        cut = cut_of(raw)
        if self._failed[cut] == _MOST_FAILURES or dump(badge.document) != raw:
            return
        try:
            known = _learnt(raw, badge, public_key, self._reads)
        except (Uncompilable, ProofError):
            # It may be this badge's own texts that cannot be filled in: others are tried, but not for ever.
            self._failed[cut] += 1
            if len(self._failed) > _MOST_FAILED:
                self._failed.clear()
        else:
            self._kept.setdefault(cut, []).append(known)
            self._keep_the_last_used()

    def _keep_the_last_used(self) -> None:
        kept = [(known.last, cut) for cut, found in self._kept.items() for known in found]
        if len(kept) > MOST_SHAPES:
            last, cut = min(kept)
            self._kept[cut] = [known for known in self._kept[cut] if known.last != last]
            if not self._kept[cut]:
                del self._kept[cut]


def cut_of(raw: bytes) -> Cut:
    """Return the cut of a badge's bytes; all badges of one shape have the same."""
    return _achievement(raw), raw.count(b'"') - raw.count(b'\\"')


def _achievement(raw: bytes) -> bytes:
    """Return the achievement's id where our badges have it; of others, whatever stands there."""
    start = raw.find(_ACHIEVEMENT) + len(_ACHIEVEMENT)
    return raw[start : raw.find(b'"', start)]


class _Slot(int):
    """The number of a value, where that value will stand."""


@dataclass(slots=True, eq=False)
class _Known:
    """A shape, and what is said of every badge that has it.

    ``sample`` is the badge it was learnt from, without its words.
    ``places`` are the numbers of the values of id, validFrom and validUntil, None for what all have alike.
    ``asked`` are the parts of the document that are asked of a badge, with the numbers of their values.
    """

    shape: CompiledShape
    sample: Presented
    places: tuple[int | None, int | None, int | None]
    asked: Mapping[str, Any]
    last: int

    def presented(self, values: tuple[str, ...], created: str, proof_value: str) -> Presented | None:
        """Return the badge with these values; None where ``read_badge`` or a proof might refuse it."""
        name, start, end = self.places
        sample = self.sample
        try:
            _instant(created)
            return Presented(
                document=_filled(self.asked, values),
                id=sample.id if name is None else named(values[name], "id"),
                issuer=sample.issuer,
                issuer_name=sample.issuer_name,
                key_id=sample.key_id,
                valid_from=sample.valid_from if start is None else _instant(values[start]),
                valid_until=sample.valid_until if end is None else _instant(values[end]),
                hashes=self.shape.hash_data(values, created),
                signature=signature_of(proof_value),
            )
        except (Uncompilable, Refused, ValueError):
            return None  # the library says what is wrong, if anything is


def _learnt(raw: bytes, badge: Presented, public_key: bytes, now: int) -> _Known:
    """Return the shape of an authentic badge; raise where it has none, or where shape and library differ."""
    unsigned, proof = without_proof(badge.document), proof_of(badge.document)
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    paths = slot_paths(unsigned)
    if any(path[0] in _JUDGED_ONCE or "type" in path for path in paths):
        raise Uncompilable("what decides whether it is a badge at all varies")
    shape = compile_shape(unsigned, paths, options)
    found = shape.values_in(raw)
    if found is None or found[1:] != (options.get("created"), proof.get("proofValue")):
        raise Uncompilable("its bytes are not found again")
    # The library found this signature to be one of its own canonical form, so there is one such form.
    if not signature_is_good(shape.hash_data(*found[:2]), signature_of(found[2]), public_key):
        raise Uncompilable("the shape does not say what the library says")
    numbers = {path: _Slot(number) for number, path in enumerate(paths)}
    places = numbers.get(("id",)), numbers.get(("validFrom",)), numbers.get(("validUntil",))
    asked = {key: _opened(badge.document[key], (key,), numbers) for key in _ASKED if key in badge.document}
    return _Known(shape, replace(badge, document={}), places, asked, now)


def _opened(value: object, path: Path, numbers: Mapping[Path, _Slot]) -> object:
    """Return a copy of ``value`` with the numbers of values in the slots."""
    if isinstance(value, Mapping):
        return {key: _opened(item, (*path, key), numbers) for key, item in value.items()}
    if isinstance(value, list):
        return [_opened(item, (*path, place), numbers) for place, item in enumerate(value)]
    return numbers.get(path, value)


def _filled(value: Any, values: tuple[str, ...]) -> Any:
    kind = type(value)
    if kind is _Slot:
        return values[value]
    if kind is dict:
        return {key: _filled(item, values) for key, item in value.items()}
    if kind is list:
        return [_filled(item, values) for item in value]
    return value
