"""Twins by splices: the badges of a cohort differ in ids, hashes and numbers, and so do their twins.

What is put into a twin is put into the badge's own text first: only where that gives the very bytes that
were signed is the twin taken. No value holds a text that badges share, or a part of one across its edges:
those have signs that no value has, an address its ``//`` or ``#``, the rest quotation marks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from site_builder.assembling.addresses import (
    Addresses,
    award_json,
    bit_number,
    list_number,
    shared_script,
)
from site_builder.assembling.words import instant
from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward
from site_builder.exports.credential_twin import shared_texts
from site_builder.exports.frames import Frame, Recent, Unfit, encoded, framed, mark
from site_builder.exports.twins import Splicer, call, called, splice

_MOST_CREDENTIALS = 128
_MOST_FRAMES = 64
# What is an award's own in its badge. OWN is its evidence and its parts, with those of its cohort.
_ID, _UNTIL, _HOLDER, _EMAIL, _NAME, _SCORE, _OWN, _LIST, _BIT, _KEY, _PROOF = range(11)

# The start of every hash, which stands in a text that badges share.
_HASH = "sha256$"
_HASHED = slice(len(_HASH), None)
_END = b'"}]}\n'
_BEFORE_PROOF = b'","proofPurpose":"assertionMethod","proofValue":"'
_AFTER_OWN = b',"credentialStatus":{"id":"'


class _Frames(NamedTuple):
    """A badge and its twin, with slots for the same values."""

    badge: Frame[bytes]
    twin: Frame[bytes]


class _Shared(NamedTuple):
    """What the twins of one credential version leave out, the script that has it, and the kinds that fit."""

    texts: list[str]
    splicer: Splicer
    script: str
    proven: set[Hashable]


def _shared(item: Achievement, catalog: Catalog, at: Addresses) -> _Shared:
    texts = shared_texts(item, catalog, at)
    return _Shared(texts, Splicer(texts, at.base), shared_script(*item.key), set())


class TwinPress:
    """Makes the twins of the badges of one site."""

    def __init__(self, at: Addresses) -> None:
        self._at = at
        self._shared: Recent[tuple[str, str], _Shared] = Recent(_MOST_CREDENTIALS, _shared)

    def cohort(self, issued: IssuedAward, catalog: Catalog) -> CohortTwins:
        """Return what makes the twins of the awards of this award's file."""
        item = issued.achievement
        return CohortTwins(self._at, self._shared.get(item.key, item, catalog, self._at))


class CohortTwins:
    """Makes the twins of one cohort."""

    def __init__(self, at: Addresses, shared: _Shared) -> None:
        self._at, self._shared = at, shared
        self._frames: dict[Hashable, _Frames | None] = {}

    def twin(self, issued: IssuedAward, data: bytes) -> bytes | None:
        """Return the twin of the badge ``data``; None where it must be made as a whole."""
        award, results = issued.award, issued.award.results
        score = results.score if results else None
        has_own = bool(award.evidence or award.parts)
        given = (
            award.expires is not None,
            bool(award.holder),
            bool(award.commitments.name),
            score is not None,
            has_own,
        )
        values = _values(issued, data, score, has_own)
        key = (issued.level, given)
        if key not in self._frames:
            if len(self._frames) >= _MOST_FRAMES:
                self._frames.clear()
            self._frames[key] = self._framed(issued, data, values, given)
        frames = self._frames[key]
        # The rest of the values have the form that award files must have.
        is_plain = values[_KEY].isalnum() and values[_PROOF].isalnum()
        if frames is None or not is_plain or frames.badge.fill(values) != data:
            return None
        if has_own:
            values[_OWN] = self._own(values[_OWN])
        return frames.twin.fill(values)

    def whole(self, issued: IssuedAward, data: bytes) -> bytes:
        """Return the twin of the badge ``data``, without frames."""
        return call(award_json(issued.id), splice(data.decode(), self._shared.texts), self._shared.script)

    def _own(self, middle: bytes) -> bytes:
        """Return an award's evidence and parts as they stand within a twin's text; it is never shared."""
        return self._shared.splicer.listed(middle.decode())[1:-1].encode()

    def _framed(
        self, issued: IssuedAward, data: bytes, values: list[bytes], given: Hashable
    ) -> _Frames | None:
        """Return the frames of badges of this award's kind; None where its twin does not come out right."""
        slots = [slot for slot, value in enumerate(values) if value]
        try:
            marked = self._marked(data.decode(), [value.decode() for value in values])
            badge = encoded(framed(marked, slots))
            pieces = self._shared.splicer.listed(marked)
            twin = encoded(framed(called(award_json(mark(_ID)), pieces, self._shared.script), slots))
        except Unfit:
            return None
        if given not in self._shared.proven:
            # The first twin of each kind is compared with the one that is made as a whole.
            own = self._own(values[_OWN]) if values[_OWN] else b""
            if twin.fill([*values[:_OWN], own, *values[_OWN + 1 :]]) != self.whole(issued, data):
                return None
            self._shared.proven.add(given)
        return _Frames(badge, twin)

    def _marked(self, text: str, values: list[str]) -> str:
        """Return a badge's text with marks for its values; raise :class:`Unfit` where one is not found."""
        pieces: list[str] = []
        behind = 0
        for before, slot in self._places():
            if not values[slot]:
                continue
            found = text.find(before + values[slot], behind)
            if found < 0:
                raise Unfit(f"slot {slot} has another value in the badge")
            pieces += text[behind : found + len(before)], mark(slot)
            behind = found + len(before) + len(values[slot])
        return "".join([*pieces, text[behind:]])

    def _places(self) -> Iterator[tuple[str, int]]:
        """Yield what stands before each value, in the order of the text."""
        base = self._at.base
        yield f'"id":"{base}issued/', _ID
        yield '"validUntil":"', _UNTIL
        yield '"credentialSubject":{"id":"', _HOLDER
        yield f'"identityHash":"{_HASH}', _EMAIL
        yield f'"identityHash":"{_HASH}', _NAME
        yield '"type":["Result"],"value":"', _SCORE
        yield "}", _OWN
        yield f'"credentialStatus":{{"id":"{base}status/', _LIST
        yield ".json#", _BIT
        yield '"statusListIndex":"', _BIT
        yield f'"statusListCredential":"{base}status/', _LIST
        yield f'"verificationMethod":"{self._at.did}#', _KEY
        yield _BEFORE_PROOF.decode(), _PROOF


def _values(issued: IssuedAward, data: bytes, score: float | None, has_own: bool) -> list[bytes]:
    """Return what is the award's own in its badge, by slot; key, proof, evidence and parts from ``data``."""
    award, end = issued.award, len(data) - len(_END)
    proof = data.rfind(b'"', 0, end) + 1
    key = data.rfind(b"#", 0, proof) + 1
    hashes, index = award.commitments, award.status_index
    until = instant(award.expires) if award.expires else ""
    result = "" if score is None else f"{score:g}"
    # No value has a space, so all of them are encoded at once.
    values = (
        f"{award.id} {until} {award.holder or ''} {hashes.email[_HASHED]} {(hashes.name or '')[_HASHED]} "
        f"{result}  {list_number(index)} {bit_number(index)}"
    ).encode().split(b" ")  # fmt: skip
    values += data[key : proof - len(_BEFORE_PROOF)], data[proof:end]
    if has_own:
        values[_OWN] = _own(data)
    return values


def _own(data: bytes) -> bytes:
    """Return the evidence and the parts of a badge, with the keys they stand under."""
    start = data.find(b'},"evidence":[')
    if start < 0:
        start = data.find(b'},"relatedResource":[')
    return data[start + 1 : data.find(_AFTER_OWN, start)]
