"""Personal data in the names of files and folders, which say it to everyone who lists a folder."""

from __future__ import annotations

import re
from functools import lru_cache

from site_builder.text.personal import Kind, find_personal

_TOP = "(?:com|org|net|edu|gov|info|io|co|uk|ca|us|au|de|fr|es|it|ch|at|be|nl|eu|ma|ae|sa|in|jp|example|test)"
_EXTENSION = re.compile(r"\.(?:yaml|yml|svg|png|jsonl|csv|txt|md)$")
# The sign cannot stand in a name that is allowed, so it has become a dash, an underscore or a word.
_MAIL = re.compile(
    rf"[a-z0-9]+\.[a-z][a-z0-9.]*(?:[-_]|[._-]at[._-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{_TOP}"
    rf"|.+[._-]at[._-][a-z0-9-]+(?:[._-]dot[._-]|[.-]){_TOP}"
    rf"|[a-z]+[.-][a-z]+-[a-z0-9]+-(?:com|org|net|edu)"
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:[0-2]\d|3[01])(?!\d)")
_LONG_NUMBER = re.compile(r"\d{7,}")


@lru_cache(maxsize=1024)
def kind_in_name(name: str) -> Kind | None:
    """Return what personal data the name of a file or folder holds, or None."""
    stem = _EXTENSION.sub("", name)
    if _MAIL.fullmatch(stem.lower()):
        return Kind.EMAIL
    # In a name without capitals, words are as likely those of a person as of anything: only titles tell.
    in_words = re.sub(r"[-_.]+", " ", stem).title()
    for text in (stem, in_words):
        found = [finding.kind for finding in find_personal(text) if finding.kind is not Kind.HASH]
        if found:
            return found[0]
    return Kind.STUDENT if _LONG_NUMBER.search(_DATE.sub("", stem)) else None
