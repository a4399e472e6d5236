"""What a badge costs before anything is made fast: signing and checking, beside PyPI's openbadgeslib.

    python bench/library_path.py [--rounds 5] [--badges 20]

Both sign the same demo credentials through PyLD, in turn, in one process. CPU time; the medians of the
rounds and their ratio are printed. Absolute figures depend on the machine; quote ratios.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from openbadgeslib.ob3.ldp import add_data_integrity_proof, verify_data_integrity_proof  # noqa: E402

from site_builder.assembling.addresses import Addresses  # noqa: E402
from site_builder.assembling.credential import created, unsigned_credential  # noqa: E402
from site_builder.catalog.resolve import resolve  # noqa: E402
from site_builder.keys import Role, demo_signers  # noqa: E402
from site_builder.proof.eddsa import add_proof, proof_holds, proof_options  # noqa: E402
from site_builder.proof.multibase import public_key_bytes  # noqa: E402
from site_builder.reading.repository import sweep  # noqa: E402

Job = tuple[dict[str, Any], dict[str, Any]]


def jobs(count: int) -> tuple[list[Job], str]:
    """Return unsigned demo credentials with their proof options, and the key's id."""
    catalog, _ = resolve(sweep(REPOSITORY), date(2026, 11, 22))
    if catalog is None:
        raise SystemExit("the demo content has problems; run badgepress check")
    at = Addresses(catalog.settings.site_url)
    key = at.key_id(demo_signers()[Role.ISSUE].public_key)
    plain = [award for award in catalog.awards.values() if not award.award.parts][:count]
    made = [
        (
            unsigned_credential(item, catalog, at, {}),
            proof_options(verification_method=key, created=created(item)),
        )
        for item in plain
    ]
    return made, key


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--badges", type=int, default=20)
    given = parser.parse_args()
    work, key = jobs(given.badges)
    signer = demo_signers()[Role.ISSUE]
    public_key = public_key_bytes(signer.public_key)
    signed = [add_proof(unsigned, options, signer.sign) for unsigned, options in work]
    pem, peer_key = peer_private_key(), peer_public_key(public_key)
    times: dict[str, list[float]] = {"sign": [], "peer sign": [], "check": [], "peer check": []}
    for _ in range(given.rounds):
        times["sign"].append(cpu(lambda: [add_proof(u, o, signer.sign) for u, o in work]))
        times["peer sign"].append(cpu(lambda: [add_data_integrity_proof(dict(u), pem, key) for u, _ in work]))
        times["check"].append(cpu(lambda: [proof_holds(document, public_key) for document in signed]))
        times["peer check"].append(cpu(lambda: peer_check(signed, peer_key)))
    tell(times, len(work))


def peer_check(signed: list[dict[str, Any]], key: bytes) -> None:
    """Check every badge with the peer, which raises where it refuses one."""
    for document in signed:
        verify_data_integrity_proof(document, key)


def peer_private_key() -> bytes:
    """Return the demo issue key as the peer wants it: a PEM file's bytes."""
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


def peer_public_key(raw: bytes) -> bytes:
    """Return a raw public key as the peer wants it."""
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(raw).public_bytes(
        s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo
    )


def tell(times: dict[str, list[float]], count: int) -> None:
    """Print medians per badge in milliseconds, and the ratios to the peer."""
    medians = {name: statistics.median(found) * 1000 / count for name, found in times.items()}
    print(f"{count} demo badges, CPU ms per badge, median of {len(times['sign'])} rounds")
    for name in ("sign", "check"):
        ours, peer = medians[name], medians[f"peer {name}"]
        print(f"{name:6} badgepress {ours:7.2f}   openbadgeslib {peer:7.2f}   ratio {ours / peer:.2f}")


if __name__ == "__main__":
    main()
