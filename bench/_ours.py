"""Our own way through one award, alone: values, canonical form, hash, signature, bytes."""

from __future__ import annotations

import time
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from bench._repository import NOW
from site_builder.assembling.addresses import Addresses, award_json
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.slots import shape_key, slot_paths, slot_values
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.resolve import resolve
from site_builder.proof.compiled import CompiledShape, compile_shape
from site_builder.proof.eddsa import proof_options, proof_value
from site_builder.reading.repository import sweep

Json = dict[str, Any]


class Ours:
    """Signs awards of the job's repository, each shape compiled once.

    A document that no compiled shape takes would be an error here: what is measured is the quick way, and
    nothing else.
    """

    def __init__(self, job: Json, key: SigningKey) -> None:
        self._catalog = catalog_of(Path(job["repository"]))
        self._at = Addresses(self._catalog.settings.site_url)
        self._key, self._key_id = key, job["key"]["id"]
        self._by_path = {award_json(name): item for name, item in self._catalog.awards.items()}
        self._shapes: dict[Hashable, CompiledShape] = {}
        self._compiling = 0.0

    def __call__(self, line: Json) -> tuple[bytes, str]:
        """Return the bytes that are published for an award, and its proof value."""
        issued = self._by_path[line["path"]]
        digests: dict[str, str] = {}
        if issued.award.parts:
            resources = line["unsigned"]["relatedResource"]
            pinned = (resource["digestMultibase"] for resource in resources)
            digests = dict(zip(issued.award.parts, pinned, strict=True))
        shape, when = self._shape(issued, digests), created(issued)
        values = slot_values(issued, self._at, digests)
        hashed = shape.hash_data(values, when)
        value = proof_value(bytes(self._key.sign(hashed.combined).signature))
        return shape.data(values, when, value), value

    def _shape(self, issued: IssuedAward, digests: dict[str, str]) -> CompiledShape:
        name = shape_key(issued)
        if name not in self._shapes:
            began = time.process_time()
            unsigned = unsigned_credential(issued, self._catalog, self._at, digests)
            options = proof_options(verification_method=self._key_id, created=created(issued))
            self._shapes[name] = compile_shape(unsigned, slot_paths(unsigned), options)
            self._compiling += time.process_time() - began
        return self._shapes[name]

    def told(self) -> Json:
        """Return how many shapes were compiled, and the processor microseconds that each took."""
        shapes = len(self._shapes)
        return {"shapes": shapes, "compiling": self._compiling / max(1, shapes) * 1e6}


def catalog_of(root: Path) -> Catalog:
    """Return the catalog of a repository that has no problems; raise ValueError where it has one."""
    catalog, problems = resolve(sweep(root), NOW)
    if catalog is None:
        raise ValueError(f"the repository has problems, the first: {problems[0]}")
    return catalog
