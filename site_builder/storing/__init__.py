"""What an earlier run worked out, kept by content: a hint, so a wrong entry costs time, never correctness."""

from site_builder.storing.program import fingerprint
from site_builder.storing.store import Store, key_of
from site_builder.storing.trimming import trim

__all__ = ["Store", "fingerprint", "key_of", "trim"]
