"""Rules for single words: characters, ids, addresses, durations, languages, Markdown."""

from __future__ import annotations

from site_builder.text.fault import Fault

__all__ = ["Fault"]
