"""A first drawing for a new credential, until its designer chooses another."""

from __future__ import annotations

import hashlib

from site_builder.art.badge import draw_badge
from site_builder.art.inks import INKS
from site_builder.art.motifs import MOTIFS


def starter_badge(credential_id: str, kind: str, level: str, title: str) -> str:
    """Return a badge whose motif and inks follow from ``credential_id``: the same id draws the same badge.

    A motif that the id names (``data-shield``) or whose subjects it names is preferred. Raises ``KeyError``
    for an unknown kind or level.
    """
    digest = hashlib.sha256(credential_id.encode("utf-8")).digest()
    motif = _named_motif(credential_id) or sorted(MOTIFS)[digest[0] % len(MOTIFS)]
    inks = INKS[sorted(INKS)[digest[1] % len(INKS)]]
    return draw_badge(kind=kind, level=level, motif=motif, inks=inks, title=title)


def _named_motif(credential_id: str) -> str:
    """Return the motif with most of the id's words in its subjects, its own name counting twice."""
    words = {word for word in credential_id.lower().split("-") if len(word) > 2}

    def fit(name: str) -> int:
        return 2 * (name in words) + len(words & set(MOTIFS[name].subjects.replace(",", " ").split()))

    best = max(MOTIFS, key=fit)
    return best if fit(best) else ""
