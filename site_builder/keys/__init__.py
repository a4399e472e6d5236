"""The only room that reads secrets: the two signing keys and the roster key. It shows none of them."""

from site_builder.keys.given import KeyRefused
from site_builder.keys.roster import ROSTER_VARIABLE, RosterKey, load_roster_key, write_roster_key
from site_builder.keys.signing import (
    PUBLISHED_TEST_KEYS,
    Role,
    Signer,
    demo_signers,
    generate_seed,
    is_demo_host,
    is_published_key,
    load_signer,
    secret_multibase,
    write_key_file,
)

__all__ = [
    "PUBLISHED_TEST_KEYS",
    "ROSTER_VARIABLE",
    "KeyRefused",
    "Role",
    "RosterKey",
    "Signer",
    "demo_signers",
    "generate_seed",
    "is_demo_host",
    "is_published_key",
    "load_roster_key",
    "load_signer",
    "secret_multibase",
    "write_key_file",
    "write_roster_key",
]
