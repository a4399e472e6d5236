"""The JSON-LD contexts, as the locked openbadgeslib distribution ships them.

Read here without the press's own code, so that a peer does not trust what it is meant to check.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

_FOLDER = "openbadgeslib/ob3/contexts"
_FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}


def context_files() -> dict[str, Path]:
    """Return the file of each context a credential of ours may name, by its URL."""
    library = distribution("openbadgeslib")
    return {url: Path(str(library.locate_file(f"{_FOLDER}/{name}"))) for url, name in _FILES.items()}
