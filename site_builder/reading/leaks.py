"""Secrets that were committed by mistake.

A key in a public repository is lost at once, even if the file is deleted later. No message here quotes what
it found. Public keys, commitments (``sha256$``), pseudonyms and hashes of lock files are not secrets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.problems import Problem, printable

_BASE58 = b"[1-9A-HJ-NP-Za-km-z]"
_PRIVATE_KEYS: tuple[tuple[bytes, re.Pattern[bytes]], ...] = (
    # A quick look for the first; the pattern, which costs more, only where that is found.
    (
        b"PRIVATE KEY",
        re.compile(rb"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.{0,400}?[A-Za-z0-9+/]{30}", re.DOTALL),
    ),
    (b"PuTTY-User-Key-File", re.compile(rb"PuTTY-User-Key-File-\d")),
    (b"AGE-SECRET-KEY-1", re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{40}")),
    # RFC 7517: a JWK with "d" (private) or, for oct, "k" (symmetric).
    (b"kty", re.compile(rb"""(?<![\w-])["']?[dk]["']?\s*[:=]\s*["']?[A-Za-z0-9_-]{32}""")),
    # Multikey: in base58 the multicodec of an Ed25519 secret key (0x8026) begins z3u2, that of P-256 z42t.
    (b"z3u2", re.compile(rb"(?<!\w)z3u2" + _BASE58 + rb"{40,50}(?!\w)")),
    (b"z42t", re.compile(rb"(?<!\w)z42t" + _BASE58 + rb"{40,50}(?!\w)")),
    (b"KeyMultibase", re.compile(rb"(?:secret|private)KeyMultibase\W{1,6}z" + _BASE58 + rb"{40}")),
)
_WORDS = (b"key", b"secret", b"seed", b"password", b"passphrase")
_GAP = rb"[\"'`]?[ \t]*(?:[:=]|[ \t]is)?[ \t]*[\"'`]?"
_SEED = re.compile(
    rb"(?P<name>[\w.-]*(?:key|secret|seed|password|passphrase)[\w.-]*)"
    + _GAP
    + rb"(?:0x)?(?:[0-9a-f]{64}|[0-9a-f]{128})(?![0-9a-f])",
    re.IGNORECASE,
)
# The same 32 bytes in base64: 43 characters, among them a capital and a digit.
_ENCODED_SEED = re.compile(
    rb"(?P<name>[\w.-]*(?i:secret|seed|signing|private|roster|issue|status)[\w.-]*)"
    rb"[\"']?[ \t]*[:=][ \t]*[\"']?"
    rb"(?=[a-z0-9+/_-]*[A-Z])(?=[A-Za-z+/_-]*[0-9])[A-Za-z0-9+/_-]{43}(?:=|(?![A-Za-z0-9+/_=-]))"
)
_WORDS_OF_SEEDS = (b"secret", b"seed", b"signing", b"private", b"roster", b"issue", b"status")
# What a value of either kind looks like: few lines have one, and to find that out is cheap.
_SEED_VALUE = re.compile(rb"[0-9a-fA-F]{64}")
_ENCODED_VALUE = re.compile(rb"[:=][ \t]*[\"']?[A-Za-z0-9+/_-]{43}(?![A-Za-z0-9+/_-])")
_PUBLIC = re.compile(rb"public|pub_?key|sha-?\d|hash|digest|fingerprint|checksum", re.IGNORECASE)
_ENVIRONMENT = re.compile(r"(?:.*/)?(?:\.env(?:\..+)?|[^/]*\.env)")
_SAMPLE = re.compile(r".*\.(?:example|sample|template|dist)")
_SETTING = re.compile(rb"^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=[ \t]*[\"']?[^\s\"'#]", re.MULTILINE)
_HINT = "delete the file and replace the secret: whoever has seen the repository has it"


def leak_in(path: str, raw: bytes) -> Problem | None:
    """Return a ``secret-in-repo`` problem if a file seems to hold a secret; it never quotes the secret."""
    if _ENVIRONMENT.fullmatch(path) and not _SAMPLE.fullmatch(path):
        setting = _SETTING.search(raw)
        if setting is not None:
            return _problem(path, raw, setting.start(), "the file may hold a secret")
    for sign, pattern in _PRIVATE_KEYS:
        found = pattern.search(raw) if sign in raw else None
        if found is not None:
            return _problem(path, raw, found.start(), "the file holds a private key")
    seed = _seed(raw)
    return None if seed is None else _problem(path, raw, seed, "the file may hold a secret key")


def _seed(raw: bytes) -> int | None:
    """Return where a bare 256-bit value stands beside a word that says it is a key."""
    lowered = raw.lower()
    if not any(word in lowered for word in _WORDS):
        return None
    kinds = (
        (_WORDS, 64, _SEED_VALUE, _SEED),
        (_WORDS_OF_SEEDS, 43, _ENCODED_VALUE, _ENCODED_SEED),
    )
    for words, least, value, pattern in kinds:
        for start, end in _lines_with(words, least, lowered):
            if value.search(raw, start, end) is None:
                continue
            for match in pattern.finditer(raw, start, end):
                if not _PUBLIC.search(match["name"]):
                    return match.start()
    return None


def _lines_with(words: Sequence[bytes], least: int, text: bytes) -> list[tuple[int, int]]:
    """Return where each line begins and ends that has one of ``words`` and ``least`` bytes after it.

    A name and its value stand in one line. The patterns of seeds try every start in every long word, and
    award files and recorded proofs are full of those, and of others.
    """
    lines = set()
    for word in words:
        found = text.find(word)
        while found >= 0:
            end = text.find(b"\n", found)
            end = len(text) if end < 0 else end
            if end - found > least:
                lines.add((text.rfind(b"\n", 0, found) + 1, end))
            found = text.find(word, end)
    return sorted(lines)


def _problem(path: str, raw: bytes, position: int, message: str) -> Problem:
    line = raw.count(b"\n", 0, position) + 1
    return Problem(path=printable(path), code="secret-in-repo", message=message, line=line, hint=_HINT)
