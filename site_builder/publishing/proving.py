"""Two ways to a badge's bytes: the library's, document by document, and by shapes compiled once.

They give the same bytes. The compiled way is a hundred times faster and is checked against the library: each
shape for the award it was compiled for, and a random sample of all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from random import Random, SystemRandom
from typing import Any, NamedTuple

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import unsigned_credential
from site_builder.assembling.slots import shape_key, slot_paths, slot_values
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.proof.canonical import canonical_nquads
from site_builder.proof.compiled import CompiledShape, Uncompilable, compile_shape
from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.eddsa import (
    HashData,
    add_proof,
    attach,
    proof_holds,
    proof_options,
    proof_value,
    signature_is_good,
    signature_of,
)
from site_builder.proof.errors import ProofFormatError, UnsignableError
from site_builder.proof.guards import refuse_repeated_statements
from site_builder.proof.strict_json import dump

WORTH = 4
"""A shape of fewer awards than this takes the library's way: compiling costs as much as two documents."""
_MOST_SHAPES = 40
_TRIES = 3

Sign = Callable[[bytes], bytes]


class CompiledFault(Exception):  # noqa: N818 - it says what happened
    """The compiled way and the library disagree: our bug. Nothing may be published."""


class Proved(NamedTuple):
    """A badge's bytes, its proof value, and whether the proof covers it."""

    data: bytes
    proof_value: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof an award is to have: the id of the key and ``created``."""

    key: str
    created: str

    def options(self) -> dict[str, Any]:
        """Return the proof without its value."""
        return proof_options(verification_method=self.key, created=self.created)


class LibraryWay:
    """Every document is built, expanded and canonicalized by the library."""

    def __init__(self, catalog: Catalog, at: Addresses) -> None:
        self._catalog, self._at = catalog, at
        self.fast = 0
        self.slow = 0

    def sign(self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof, sign: Sign) -> Proved:
        """Return the award's badge, signed. Raises ``UnsignableError`` or ``TooComplexError``."""
        self.slow += 1
        document = add_proof(self._unsigned(issued, digests), proof.options(), sign)
        return Proved(dump(document), str(document["proof"][0]["proofValue"]))

    def recall(
        self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof, value: str, key: bytes
    ) -> Proved:
        """Return the award's badge with a recorded proof, and whether ``key`` (32 raw bytes) made it."""
        self.slow += 1
        document = attach(self._unsigned(issued, digests), proof.options(), value)
        return Proved(dump(document), value, _holds(document, key))

    def _unsigned(self, issued: IssuedAward, digests: Mapping[str, str]) -> dict[str, Any]:
        return unsigned_credential(issued, self._catalog, self._at, digests)


def _holds(document: Mapping[str, Any], key: bytes) -> bool:
    try:
        return proof_holds(document, key)
    except ProofFormatError:
        return False  # a proof value that cannot be read fits nothing


class CompiledWay(LibraryWay):
    """Compiles each shape that is worth it; whatever a shape cannot take goes the library's way."""

    def __init__(self, catalog: Catalog, at: Addresses) -> None:
        super().__init__(catalog, at)
        self._rate = 0.0
        self._expected: Counter[Hashable] = Counter()
        self._tries: Counter[Hashable] = Counter()
        self._shapes: dict[tuple[Hashable, str], CompiledShape | None] = {}
        # Nobody can tell beforehand which ones are compared, and the system is asked for that only once.
        self._chance = Random(SystemRandom().getrandbits(128))  # noqa: S311 - no key is made of it

    def turn_to(self, catalog: Catalog, awards: Iterable[IssuedAward], rate: float = 0.0) -> None:
        """Go on with another batch of the same ground: what was compiled stays.

        ``rate`` is the share of awards, from 0 to 1, that are made by the library too and compared.
        """
        self._catalog, self._rate = catalog, rate
        self._expected.update(shape_key(issued) for issued in awards)

    def sign(self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof, sign: Sign) -> Proved:
        """Return the award's badge, signed; raises ``CompiledFault`` and what the library's way raises."""
        filled = self._fill(issued, digests, proof)
        if filled is None:
            return super().sign(issued, digests, proof, sign)
        shape, values, hashed = filled
        value = proof_value(sign(hashed.combined))
        return self._checked(issued, digests, proof, Proved(shape.data(values, proof.created, value), value))

    def recall(
        self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof, value: str, key: bytes
    ) -> Proved:
        """Return the award's badge with a recorded proof, and whether ``key`` (32 raw bytes) made it."""
        filled = self._fill(issued, digests, proof)
        if filled is None:
            return super().recall(issued, digests, proof, value, key)
        shape, values, hashed = filled
        proved = Proved(shape.data(values, proof.created, value), value, _signed_by(key, hashed, value))
        return self._checked(issued, digests, proof, proved)

    def _fill(
        self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof
    ) -> tuple[CompiledShape, list[str], HashData] | None:
        """Return the award's shape, its values and hashes; ``None`` where the library must be asked."""
        shape = self._shape(issued, digests, proof)
        if shape is None:
            return None
        values = slot_values(issued, self._at, digests)
        try:
            hashed = shape.hash_data(values, proof.created)
        except Uncompilable:
            return None
        self.fast += 1
        return shape, values, hashed

    def _shape(self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof) -> CompiledShape | None:
        kind = shape_key(issued)
        name = (kind, proof.key)
        if name not in self._shapes:
            if self._expected[kind] < WORTH:
                return None
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            shape = self._compiled(issued, digests, proof)
            self._tries[kind] += 1
            # What one award has may not fit, such as two evidences alike: the next may.
            if shape is None and self._tries[kind] < _TRIES:
                return None
            self._shapes[name] = shape
        return self._shapes[name]

    def _compiled(
        self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof
    ) -> CompiledShape | None:
        unsigned = self._unsigned(issued, digests)
        try:
            refuse_repeated_statements(unsigned)
            shape = compile_shape(unsigned, slot_paths(unsigned), proof.options())
            values = slot_values(issued, self._at, digests)
            hashed = shape.hash_data(values, proof.created)
        except (Uncompilable, UnsignableError):
            return None  # the library says of each document what is wrong with it, if anything is
        self._compare(issued, unsigned, proof, hashed, shape.data(values, proof.created, "z"), "z")
        return shape

    def _checked(
        self, issued: IssuedAward, digests: Mapping[str, str], proof: Proof, proved: Proved
    ) -> Proved:
        """Return what was proved, after making it once more by the library if chance wants it."""
        if self._rate and self._chance.random() < self._rate:
            unsigned = self._unsigned(issued, digests)
            shape = self._shapes[shape_key(issued), proof.key]
            if shape is not None:
                hashed = shape.hash_data(slot_values(issued, self._at, digests), proof.created)
                self._compare(issued, unsigned, proof, hashed, proved.data, proved.proof_value)
        return proved

    def _compare(
        self,
        issued: IssuedAward,
        unsigned: Mapping[str, Any],
        proof: Proof,
        hashed: HashData,
        data: bytes,
        value: str,
    ) -> None:
        options = proof.options()
        library = HashData(sha256(canonical_nquads(unsigned).encode()).digest(), _configuration_hash(proof))
        if library != hashed or dump(attach(unsigned, options, value)) != data:
            message = (
                f"award {issued.id}: the compiled form differs from the library's; nothing was published"
            )
            raise CompiledFault(message)


@lru_cache(maxsize=1024)
def _configuration_hash(proof: Proof) -> bytes:
    """Return the library's hash of a proof configuration: the same for all awards of a key and a day."""
    configuration = {**proof.options(), "@context": list(CONTEXTS)}
    return sha256(canonical_nquads(configuration).encode()).digest()


def _signed_by(key: bytes, hashed: HashData, value: str) -> bool:
    try:
        return signature_is_good(hashed, signature_of(value), key)
    except ProofFormatError:
        return False
