"""The sentences that scripts show, as a classic script: it loads under a strict policy and from a folder."""

from __future__ import annotations

import json

from site_builder.messages.words import load

_AREAS = ("award.", "browse.", "holder.", "search.", "site.", "terms.", "verify.", "check.")
"""The areas that scripts use; what only templates say is not sent to readers twice."""


def words_path(language: str) -> str:
    """Return the path in the site folder of a language's sentences for scripts."""
    return f"assets/badgepress/words.{language}.js"


def browser_script(language: str) -> bytes:
    """Return the script that hands a language's sentences to the scripts of a page.

    It adds one entry to ``badgepressWords``: ``language``, ``direction``, ``name``, and ``words``, a mapping
    of keys to sentences or to plural forms.
    """
    words = load(language)
    entry = {
        "language": language,
        "direction": words.direction,
        "name": words.name,
        "words": {key: message for key, message in words.messages.items() if key.startswith(_AREAS)},
    }
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return f"(self.badgepressWords??={{}})[{json.dumps(language)}]={text};\n".encode()
