"""One contestant in a process of its own: ``python bench/_sign.py NAME JOB.json``.

All take the same job (``bench/_jobs.py``) and tell the same: processor and wall microseconds for all
credentials of the file, and their proofs. With ``into`` in the job each signed credential is written below
that folder instead, one after another, and the credentials are read one by one. npm's contestant is
``tests/node/sign.mjs``.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from nacl.signing import SigningKey  # noqa: E402

Json = dict[str, Any]
Signed = tuple[bytes, str]
"""The bytes of a signed credential, and its proof value."""
Sign = Callable[[Json], Signed]
"""Signs one line of the job's file."""


def by_pyld(job: Json) -> Sign:
    """PyLD and PyNaCl as their own pages show them, with the contexts at hand."""
    from pyld import jsonld

    from site_builder.proof.multibase import encode

    known = {url: json.loads(Path(path).read_bytes()) for url, path in job["contexts"].items()}
    key, sign = job["key"]["id"], _key(job).sign

    def load(url: str, _: object) -> Json:
        return {"contextUrl": None, "documentUrl": url, "document": known[url]}

    def hashed(document: Json) -> bytes:
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
        return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()

    def signed(line: Json) -> Signed:
        unsigned, options = line["unsigned"], _options(key, line["created"])
        configuration = {**options, "@context": unsigned["@context"]}
        value = encode(sign(hashed(configuration) + hashed(unsigned)).signature)
        return _dumped({**unsigned, "proof": [{**options, "proofValue": value}]}), value

    return signed


def by_openbadgeslib(job: Json) -> Sign:
    """PyPI's openbadgeslib, its function for documents: its class for badges does more and is slower."""
    from openbadgeslib.ob3.ldp import add_data_integrity_proof

    pem, key = _pem(job), job["key"]["id"]

    def signed(line: Json) -> Signed:
        created = datetime.fromisoformat(line["created"])
        document = add_data_integrity_proof(line["unsigned"], pem, key, created=created)
        return _dumped(document), str(document["proof"]["proofValue"])

    return signed


def by_our_library_path(job: Json) -> Sign:
    """Ours where nothing is compiled: PyLD, PyNaCl, and guards that refuse what no proof would cover."""
    from site_builder.proof.eddsa import add_proof, proof_options
    from site_builder.proof.strict_json import dump

    key, signing_key = job["key"]["id"], _key(job)

    def sign(data: bytes) -> bytes:
        return bytes(signing_key.sign(data).signature)

    def signed(line: Json) -> Signed:
        options = proof_options(verification_method=key, created=line["created"])
        document = add_proof(line["unsigned"], options, sign)
        return dump(document), str(document["proof"][0]["proofValue"])

    return signed


def by_us(job: Json) -> Sign:
    """Ours as it signs in a build: from the award, by its compiled shape, to the bytes that are published."""
    from bench._ours import Ours

    return Ours(job, _key(job))


def by_signing_alone(job: Json) -> Sign:
    """A floor: PyNaCl's signature of 64 bytes, and nothing else."""
    sign, data = _key(job).sign, bytes(64)

    def signed(_: Json) -> Signed:
        sign(data)
        return b"", ""

    return signed


def by_writing_alone(job: Json) -> Sign:
    """A floor: the bytes of each credential into a file of its own, in a folder of its own."""
    root = Path(job["scratch"])
    data = {line["path"]: Path(job["published"], line["path"]).read_bytes() for line in read_lines(job)}

    def signed(line: Json) -> Signed:
        path = root / line["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data[line["path"]])
        return b"", ""

    return signed


CONTESTANTS: dict[str, Callable[[Json], Sign]] = {
    "ours": by_us,
    "library": by_our_library_path,
    "pyld": by_pyld,
    "openbadgeslib": by_openbadgeslib,
    "signing": by_signing_alone,
    "writing": by_writing_alone,
}


def _key(job: Json) -> SigningKey:
    from site_builder.proof.multibase import decode

    return SigningKey(decode(job["key"]["secretKeyMultibase"])[2:34])


def _pem(job: Json) -> bytes:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes(_key(job)))
    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


def _options(key: str, created: str) -> Json:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": key,
        "proofPurpose": "assertionMethod",
    }


def _dumped(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def read_lines(job: Json) -> Iterator[Json]:
    """Yield the lines of the job's file, one after another."""
    with Path(job["credentials"]).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def measured(sign: Sign, job: Json) -> Json:
    """Sign everything against the clock, after ``warm`` credentials that are not counted."""
    every = list(read_lines(job))
    for line in every[: job.get("warm", 0)]:
        sign(line)
    repeat = job.get("repeat", 1)
    proofs: list[str] = []
    # What was read for the measurement is no work of a contestant's, for the collector of garbage neither.
    gc.collect()
    gc.freeze()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(repeat):
        proofs = [sign(line)[1] for line in every]
    spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    told = sign.told() if hasattr(sign, "told") else {}
    count = len(every) * repeat
    return {"count": count, "proofs": proofs, **told, **{name: value * 1e6 for name, value in spent.items()}}


def written(sign: Sign, job: Json) -> Json:
    """Sign everything and write it below the job's folder ``into``."""
    count = 0
    for line in read_lines(job):
        path = Path(job["into"], line["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sign(line)[0])
        count += 1
    return {"count": count}


def main() -> None:
    """Take the name and the job, and print the result as JSON."""
    name, path = sys.argv[1:]
    job: Json = json.loads(Path(path).read_bytes())
    sign = CONTESTANTS[name](job)
    print(json.dumps(written(sign, job) if "into" in job else measured(sign, job)))


if __name__ == "__main__":
    main()
