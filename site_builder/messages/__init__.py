"""The words of the interface, in files that translators can read: ``<language>/<area>.yaml``.

A sentence may hold ``{name}`` for a value. One that counts is a mapping of the plural categories of its
language (CLDR: ``one``, ``other`` and more), chosen by the value ``n``. A language is offered once its files
have every sentence that English has; a test holds that. Pages read these files here, and the reader's browser
gets the sentences its scripts need from :func:`browser_script`.
"""

from __future__ import annotations

from site_builder.messages.browser import browser_script, words_path
from site_builder.messages.words import LANGUAGES, Words, load

__all__ = ["LANGUAGES", "Words", "browser_script", "load", "words_path"]
