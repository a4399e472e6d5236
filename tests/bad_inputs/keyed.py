"""The base repository on a host that could be real, with keys of its own: proofs are recorded there."""

from __future__ import annotations

import hashlib
from datetime import date

from nacl.signing import SigningKey

from site_builder.keys.signing import secret_multibase
from site_builder.proof.multibase import public_key_multibase
from tests.bad_inputs import base
from tests.bad_inputs.repository import Repo

HOST = "badges.northfield.example.org"
SITE = f"https://{HOST}/"
RETIRED_ON = date(2026, 1, 6)
ACTIVE = 2
"""Which of the issuer's keys signs badges."""


def seed(name: str) -> bytes:
    """Return the 32 bytes of the key of that name: the same in every run."""
    return hashlib.sha256(f"bad inputs: {name}".encode()).digest()


def secret(name: str) -> str:
    """Return a key as it is given to the press."""
    return secret_multibase(seed(name))


def public(name: str) -> str:
    """Return the public half of a key as issuer.yaml lists it."""
    return public_key_multibase(bytes(SigningKey(seed(name)).verify_key))


def listed(name: str, role: str, state: str = "active") -> base.Data:
    """Return a key as an entry of issuer.yaml."""
    entry = {"id": name, "role": role, "public_key": public(name), "since": date(2025, 1, 6)}
    return entry if state == "active" else {**entry, "state": state, "ended": RETIRED_ON}


def keyed_repo() -> Repo:
    """Return the base repository with an active, a retired and a compromised key, and a status key."""
    repo = Repo.valid()
    repo.data(base.ISSUER)["keys"] = [
        listed("retired", "issue", "retired"),
        listed("compromised", "issue", "compromised"),
        listed("valid", "issue"),
        listed("status", "status"),
    ]
    move_to(repo, SITE)
    return repo


def move_to(repo: Repo, site: str) -> None:
    """Give the site another address."""
    settings = repo.files["mkdocs.yml"]
    if not isinstance(settings, bytes):
        raise TypeError("mkdocs.yml is text")
    lines = [
        f"site_url: {site}".encode() if line.startswith(b"site_url:") else line
        for line in settings.splitlines()
    ]
    repo.files["mkdocs.yml"] = b"\n".join(lines) + b"\n"


def key_environment() -> dict[str, str | None]:
    """Return the environment in which the keyed repository is built."""
    return {"BADGEPRESS_ISSUE_KEY": secret("valid"), "BADGEPRESS_STATUS_KEY": secret("status")}
