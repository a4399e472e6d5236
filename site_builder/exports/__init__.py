"""What is written for one award: one file per format.

To add a format, write a module here with a function that follows
:class:`~site_builder.exports.interface.Export` (a site in, a writer for its badges out) and add the function
to :data:`EXPORTS`. The order is the order of writing: the badge comes before the pages that show it,
so that a reader never meets a page without its badge.

:mod:`site_builder.exports.compiled` makes the same files for very many awards; what it has no quick way for,
such as a format that is new here, it takes from the exports.
"""

from __future__ import annotations

from site_builder.exports.award_page import award_page
from site_builder.exports.credential_json import credential_json
from site_builder.exports.credential_twin import credential_twin
from site_builder.exports.interface import Badge, Export

EXPORTS: tuple[Export, ...] = (credential_json, credential_twin, award_page)

__all__ = ["EXPORTS", "Badge", "Export"]
