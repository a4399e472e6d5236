"""The packaged texts that `badgepress init` fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_SLOT = re.compile(r"@([A-Z][A-Z_]*)@")


def filled(name: str, values: Mapping[str, str]) -> str:
    """Return the packaged text ``name`` with each ``@SLOT@`` replaced by its value, once.

    A value may hold what looks like a slot; it is not looked into. ``KeyError`` for a slot without one.
    """
    return _SLOT.sub(lambda slot: values[slot[1]], _text(name))


@cache
def _text(name: str) -> str:
    folder = files("site_builder.starters") / "templates"
    return folder.joinpath(*name.split("/")).read_text("utf-8")
