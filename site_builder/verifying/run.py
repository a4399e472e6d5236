"""One run of the verifier: one source, one clock reading, and what it has learnt so far.

A did.json and a status list are read and checked once per run, however many badges lean on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from site_builder.problems import printable
from site_builder.verifying.authenticity import authenticity, document_hash, key_fault, refused, without_keys
from site_builder.verifying.compiled import Shapes
from site_builder.verifying.currency import currency
from site_builder.verifying.did_web import did_url
from site_builder.verifying.key_document import KeyDocument, KeyDocumentError, read_key_document
from site_builder.verifying.revocation import revocation
from site_builder.verifying.shape import Presented, Refused, read_badge
from site_builder.verifying.sources import Source, Unavailable
from site_builder.verifying.stack import Part, PartMissing, part_of, stack
from site_builder.verifying.status_list import ListUnusable, StatusList, read_status_list
from site_builder.verifying.summary import summary
from site_builder.verifying.verdict import Answer, Verdict, state_of

_TRUSTED_ENOUGH = ("authentic", "matches-copy")
_DEEPEST = 5
_MOST_PARTS = 300
_KEPT_PARTS = 500

K = TypeVar("K")
V = TypeVar("V")


class _TooFarDown(Exception):  # noqa: N818 -- it says what happened
    """With what is known of its parts a badge could not be judged as it is without."""


class Run:
    """Judges badges of one source at one moment. ``trusted`` are the DIDs of issuers the reader knows.

    With ``shapes`` what many badges share is judged once, else each is left to the library; ``learns`` says
    whether new ones are looked for. ``known`` are parts of stacks that were judged before, by their address.
    These only save work: a badge is judged in the same way whatever was judged before it.
    """

    def __init__(
        self,
        source: Source,
        now: datetime,
        trusted: frozenset[str] = frozenset(),
        shapes: Shapes | None = None,
    ) -> None:
        self.learns = True
        self.known: Mapping[str, Part] = {}
        self._source = source
        self._now = now
        self._trusted = trusted
        self._shapes = shapes
        self._keys: dict[str, KeyDocument | Exception] = {}
        self._lists: dict[tuple[str, str], StatusList | Exception] = {}
        self._leaves: dict[str, Part] = {}
        self._begin(self.known)

    def _begin(self, known: Mapping[str, Part]) -> None:
        """Begin to judge a badge, with these parts known."""
        self._parts: dict[str, Part] = {}
        self._parts_known = known
        self._parts_left = _MOST_PARTS
        self._deepest = 0
        self._is_limited = False
        self._is_quick = False

    def judge(self, raw: bytes, path: str, *, with_hash: bool = False) -> Verdict:
        """Return the verdict on a badge's bytes; ``with_hash`` adds the canonical document's SHA-256."""
        try:
            self._begin(self.known)
            return self._judge(raw, path, 0, with_hash=with_hash)
        except _TooFarDown:
            self._begin({})
            return self._judge(raw, path, 0, with_hash=with_hash)

    @property
    def was_quick(self) -> bool:
        """True where the badge that was judged last had a known shape."""
        return self._is_quick

    def part(self, raw: bytes, verdict: Verdict) -> Part | None:
        """Return the badge that was judged last as others see it that are built on it.

        None where limits kept from looking at all that it is built on: others would not see it as it does.
        """
        if self._is_limited:
            return None
        return part_of(raw, verdict, self._deepest, _MOST_PARTS - self._parts_left)

    def _judge(self, raw: bytes, path: str, depth: int, *, with_hash: bool = False) -> Verdict:
        try:
            badge = self._read(raw, depth)
        except Refused as reason:
            answers = _unasked(refused(reason))
            state = state_of(answers)
            return Verdict(path, "", "", state, summary(state, answers, None), answers)
        answers = self._answers(badge, depth)
        if answers["authentic"].value in _TRUSTED_ENOUGH:
            self._learn(raw, badge)
            if with_hash:
                answers["authentic"] = _with_hash(answers["authentic"], badge)
        state = state_of(answers)
        return Verdict(path, badge.id, badge.issuer, state, summary(state, answers, badge), answers)

    def _read(self, raw: bytes, depth: int) -> Presented:
        """Return the badge by a shape that is known, else as the library reads it; raise Refused."""
        found = self._shapes.read(raw) if self._shapes is not None else None
        if depth == 0:
            self._is_quick = found is not None
        return found or read_badge(raw)

    def _learn(self, raw: bytes, badge: Presented) -> None:
        if self._shapes is not None and self.learns and badge.hashes is None:
            self._shapes.learn(raw, badge, self.keys_of(badge.issuer).keys[badge.key_id].public_key)

    def _answers(self, badge: Presented, depth: int) -> dict[str, Answer]:
        """Return the five answers; what a badge says is weighed only once its signature is good."""
        authentic = self._authentic(badge)
        if authentic.value not in _TRUSTED_ENOUGH:
            return _unasked(authentic)
        return {
            "authentic": authentic,
            "current": currency(badge, self._now),
            "notRevoked": revocation(badge.document, lambda url: self.list_at(url, badge.issuer)),
            "stack": stack(badge.document, lambda url: self._part(url, depth + 1)),
            "issuerKnown": self._known(badge.issuer),
        }

    def _authentic(self, badge: Presented) -> Answer:
        fault = key_fault(badge)
        if fault is not None:
            return fault
        try:
            keys = self.keys_of(badge.issuer)
        except (KeyDocumentError, Unavailable) as reason:
            return without_keys(badge, str(reason))
        return authenticity(badge, keys, self._now, at_home=self._source.is_home(badge.issuer))

    def keys_of(self, did: str) -> KeyDocument:
        """Return the keys a DID lists; raise :class:`Unavailable` or :class:`KeyDocumentError`."""
        return _once(self._keys, did, lambda: self._read_keys(did))

    def _read_keys(self, did: str) -> KeyDocument:
        try:
            url = did_url(did)
        except ValueError as reason:
            raise Unavailable("its issuer has no address at which its keys could be asked for") from reason
        return read_key_document(self._source.read(url), did)

    def list_at(self, url: str, did: str) -> StatusList:
        """Return the fresh, signed status list at ``url`` of the issuer ``did``; raise ListUnusable."""
        return _once(self._lists, (url, did), lambda: self._read_list(url, did))

    def _read_list(self, url: str, did: str) -> StatusList:
        try:
            raw, keys = self._source.read(url), self.keys_of(did)
        except (Unavailable, KeyDocumentError) as reason:
            raise ListUnusable(f"the issuer's revocation list cannot be had: {reason}") from reason
        return read_status_list(raw, url, keys, self._now)

    def _part(self, url: str, depth: int) -> Part:
        """Return what a stack asks of one of its parts; raise :class:`PartMissing`."""
        if url not in self._parts:
            if depth > _DEEPEST or self._parts_left == 0:
                self._is_limited = True
                raise PartMissing("too many badges are built on one another")
            self._parts_left -= 1
            self._deepest = max(self._deepest, depth)
            known = self._parts_known.get(url)
            self._parts[url] = self._looked_at(url, depth) if known is None else self._as_known(known, depth)
        return self._parts[url]

    def _as_known(self, part: Part, depth: int) -> Part:
        """Return ``part``, if whoever looked at what is below it would meet no limit on the way."""
        if depth + part.height > _DEEPEST or part.size > self._parts_left:
            raise _TooFarDown
        self._parts_left -= part.size
        self._deepest = max(self._deepest, depth + part.height)
        return part

    def _looked_at(self, url: str, depth: int) -> Part:
        """Return a part after a look at it; those without parts of their own are remembered for a while.

        What is said of others depends on how far the limits let it look, and so on where they are met.
        """
        if url in self._leaves:
            return self._leaves[url]
        try:
            raw = self._source.badge(url)
        except Unavailable as reason:
            raise PartMissing(str(reason)) from reason
        verdict = self._judge(raw, url, depth)
        part = part_of(raw, verdict)
        was_asked = verdict.answers["authentic"].value in _TRUSTED_ENOUGH
        if not was_asked or verdict.answers["stack"].value == "not-a-stack":
            self._leaves[url] = part
            if len(self._leaves) > _KEPT_PARTS:
                del self._leaves[next(iter(self._leaves))]
        return part

    def _known(self, did: str) -> Answer:
        if not self._trusted:
            return Answer(
                "unknown", "no issuer was named as known, so compare its address yourself", {"did": did}
            )
        if did in self._trusted:
            return Answer("yes", "it is one of the issuers that you named as known", {"did": did})
        reason = f"its issuer, {printable(did, 200)}, is none of those that you named as known"
        return Answer("no", reason, {"did": did})


def _once(kept: dict[K, V | Exception], name: K, make: Callable[[], V]) -> V:
    """Return what ``make`` gave the first time, or raise what it raised."""
    if name not in kept:
        try:
            kept[name] = make()
        except (Unavailable, KeyDocumentError, ListUnusable) as reason:
            kept[name] = reason
    found = kept[name]
    if isinstance(found, Exception):
        raise found
    return found


def _with_hash(authentic: Answer, badge: Presented) -> Answer:
    facts = {**authentic.detail, "documentHash": document_hash(badge)}
    return Answer(authentic.value, authentic.reason, facts)


def _unasked(authentic: Answer) -> dict[str, Answer]:
    """Return the answers where the first one is not good: nothing else that the badge says is weighed."""
    unasked = Answer("unknown", "not asked, because we cannot say that its issuer wrote it")
    return {
        "authentic": authentic,
        **dict.fromkeys(("current", "notRevoked", "stack", "issuerKnown"), unasked),
    }
