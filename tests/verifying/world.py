"""A small signed world in memory: an issuer, its keys, four badges, one of them a stack, a status list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from site_builder.assembling.achievement import achievement
from site_builder.assembling.addresses import Addresses, achievement_json, award_json, award_page, status_list
from site_builder.assembling.catalog_json import catalog_json
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.profile import did_document
from site_builder.assembling.status import unsigned_lists
from site_builder.assembling.words import instant
from site_builder.catalog.catalog import Achievement, Aligned, Catalog, IssuedAward
from site_builder.images import Image
from site_builder.models.award import AwardFile
from site_builder.models.credential import CredentialSpec
from site_builder.models.framework import Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings
from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.eddsa import add_proof, proof_options, without_proof
from site_builder.proof.multibase import digest_multibase, public_key_multibase
from site_builder.verifying.did_web import did_url
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.verdict import Verdict
from site_builder.verifying.verify import verify_credential

Json = dict[str, Any]

BASE = "https://badges.example/college/"
DID = "did:web:badges.example:college"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

ISSUE = SigningKey(bytes([1] * 32))
STATUS = SigningKey(bytes([2] * 32))
THIEF = SigningKey(bytes([3] * 32))

PART = "11111111-1111-4111-8111-111111111111"
EXPIRED = "22222222-2222-4222-8222-222222222222"
REVOKED = "33333333-3333-4333-8333-333333333333"
STACK = "44444444-4444-4444-8444-444444444444"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><circle cx="200" cy="200" r="200"/></svg>'
)


def multikey(key: SigningKey) -> str:
    return public_key_multibase(bytes(key.verify_key))


def sign(document: Mapping[str, Any], key: SigningKey, *, did: str = DID, method: str = "") -> Json:
    """Return ``document`` signed anew by ``key``; an old proof gives way, its ``created`` stays."""
    proofs = document.get("proof")
    when = proofs[0]["created"] if proofs else instant(NOW.date())
    options = proof_options(verification_method=method or f"{did}#{multikey(key)}", created=when)
    return add_proof(without_proof(document), options, lambda data: bytes(key.sign(data).signature))


def dump(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


class World:
    """The files of a site by path. ``home`` says whether reading them counts as asking the issuer's host.

    ``cohorts`` are the award files it is made of, ``write`` says how a document is written.
    """

    def __init__(
        self,
        base: str = BASE,
        cohorts: Sequence[Json] = (),
        write: Callable[[Mapping[str, Any]], bytes] = dump,
    ) -> None:
        self.write_document = write
        self.at = Addresses(base)
        self.base = base
        self.home = True
        self.asked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.catalog = _catalog(base, cohorts or (_AWARDS, _STACKED))
        self._publish(self.catalog)

    def _publish(self, catalog: Catalog) -> None:
        did = dump(did_document(catalog.issuer, self.at))
        self.files |= dict.fromkeys(self.at.did_paths, did)
        for number, unsigned in unsigned_lists(catalog, self.at, NOW.date()).items():
            self.put(status_list(number), sign(unsigned, STATUS, did=self.at.did))
        for item in catalog.achievements.values():
            self.put(achievement_json(*item.key), {"@context": list(CONTEXTS), **achievement(item, self.at)})
        digests: dict[str, str] = {}
        for award in catalog.awards.values():
            self._award(award, catalog, digests)
        self.put("catalog.json", catalog_json(catalog, self.at))

    def _award(self, award: IssuedAward, catalog: Catalog, digests: dict[str, str]) -> None:
        unsigned = unsigned_credential(award, catalog, self.at, digests)
        method = self.at.key_id(multikey(ISSUE))
        options = proof_options(verification_method=method, created=created(award))
        signed = add_proof(unsigned, options, lambda data: bytes(ISSUE.sign(data).signature))
        raw = self.put(award_json(award.id), signed)
        digests[award.id] = digest_multibase(raw)
        self.files[award_page(award.id)] = b"<!doctype html>"

    # The world as a source of the verifier.

    def read(self, url: str) -> bytes:
        self.asked.append(url)
        return self.badge(url)

    def badge(self, url: str) -> bytes:
        path = url.removeprefix(self.base)
        if path not in self.files:
            raise Unavailable(f"{url} is not there")
        return self.files[path]

    def is_home(self, did: str) -> bool:
        return self.home and did_url(did).startswith(self.base)

    # What tests do to it.

    def put(self, path: str, document: Mapping[str, Any]) -> bytes:
        self.files[path] = self.write_document(document)
        return self.files[path]

    def get(self, path: str) -> Json:
        found: Json = json.loads(self.files[path])
        return found

    def credential(self, award: str = PART) -> Json:
        return self.get(award_json(award))

    def change(self, path: str, change: Callable[[Json], object]) -> None:
        """Let ``change`` edit a file in place, signatures left as they are."""
        document = self.get(path)
        change(document)
        self.put(path, document)

    def resign(
        self, path: str, change: Callable[[Json], object], key: SigningKey, *, method: str = ""
    ) -> None:
        """Let ``change`` edit a file, and sign it anew."""
        document = self.get(path)
        change(document)
        self.put(path, sign(document, key, did=self.at.did, method=method))

    def verify(
        self, what: str | bytes | Mapping[str, Any] = PART, now: datetime = NOW, *trusted: str
    ) -> Verdict:
        """Return the verdict on an award by its id, on bytes, or on a document."""
        if isinstance(what, str):
            raw = self.files[award_json(what)]
        else:
            raw = what if isinstance(what, bytes) else dump(what)
        return verify_credential(raw, "badge", self, now, frozenset(trusted))

    def write(self, folder: Path) -> Path:
        for path, data in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return folder


def _catalog(base: str, cohorts: Sequence[Json]) -> Catalog:
    image = Image("badge.svg", "image/svg+xml", SVG, 400, 400)
    framework = Framework.model_validate(_FRAMEWORK)
    aligned = Aligned(framework, framework.competencies[0], "foundational")
    specs = [CredentialSpec.model_validate(spec) for spec in (_PART, _STACK)]
    items = {
        (spec.id, spec.version): Achievement(f"{spec.id}.yaml", spec, (aligned,), image, True)
        for spec in specs
    }
    return Catalog(
        settings=Settings("Badges", base),
        issuer=Issuer.model_validate(_ISSUER),
        issuer_image=image,
        frameworks={framework.id: framework},
        achievements=items,
        awards=dict(_awards(items, cohorts)),
    )


def _awards(
    items: Mapping[tuple[str, str], Achievement], cohorts: Sequence[Json]
) -> list[tuple[str, IssuedAward]]:
    found = []
    for data in cohorts:
        file = AwardFile.model_validate(data)
        item = items[file.credential, file.version]
        found += [(award.id, IssuedAward("issued/2026/a.yaml", file, award, item)) for award in file.awards]
    return found


_ISSUER = {
    "id": "college",
    "name": "Northfield College",
    "country": "CA",
    "url": "https://northfield.example/",
    "description": "A college.",
    "language": "en",
    "image": "mark.svg",
    "keys": [
        {"id": "issue", "role": "issue", "public_key": multikey(ISSUE), "since": date(2026, 1, 1)},
        {"id": "status", "role": "status", "public_key": multikey(STATUS), "since": date(2026, 1, 1)},
    ],
}
_FRAMEWORK = {
    "id": "skills",
    "name": "Skills",
    "version": "1.0",
    "language": "en",
    "description": "Skills at work.",
    "competencies": [
        {
            "id": "listening",
            "name": "Listening — écouter",
            "type": "soft",
            "description": "Hears what is said.",
            "levels": {
                "foundational": "Listens.",
                "intermediate": "Listens well.",
                "advanced": "Teaches it.",
            },
        }
    ],
}
_PART = {
    "id": "listening",
    "name": "Listening",
    "kind": "nanocredential",
    "version": "1.0",
    "language": "en",
    "level": "foundational",
    "summary": "Hears what is said.",
    "description": "For everybody who works with people.",
    "competencies": [{"framework": "skills", "id": "listening", "level": "foundational"}],
    "benchmark": "performance",
    "assessment": [{"method": "test", "how": "A test.", "pass_mark": 60.0}],
    "criteria": "Pass the test.",
    "image": "badge.svg",
}
_STACK = {
    **_PART,
    "id": "people",
    "name": "People",
    "kind": "microcredential",
    "requires": {"all": ["listening"]},
}


def award_of(award: str, index: int, **more: Any) -> Json:
    """Return an award as an award file has it."""
    commitments = {"email": "sha256$" + f"{index:064x}"}
    return {
        "id": award,
        "learner": f"{index:032x}",
        "commitments": commitments,
        "status_index": index,
        **more,
    }


_AWARDS = {
    "credential": "listening",
    "version": "1.0",
    "issued_on": date(2026, 3, 1),
    "assessed_by": "Examination board",
    "evidence": [
        {"name": "A recording", "narrative": "Ten minutes.", "url": "https://northfield.example/e/1"}
    ],
    "awards": [
        award_of(PART, 5, results={"score": 88.0}, listing="listed"),
        award_of(EXPIRED, 70000, expires=date(2026, 11, 1)),
        award_of(REVOKED, 131071, revoked={"date": date(2026, 7, 3), "reason": "Issued in error."}),
    ],
}
_STACKED = {
    "credential": "people",
    "version": "1.0",
    "issued_on": date(2026, 4, 1),
    "assessed_by": "Examination board",
    "awards": [award_of(STACK, 9, parts=[PART, EXPIRED])],
}
