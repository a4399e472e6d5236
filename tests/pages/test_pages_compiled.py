"""Templates are compiled once for all languages."""

from __future__ import annotations

from importlib.resources import files

import pytest

from site_builder.exports.html import templates
from site_builder.messages import LANGUAGES, load

TEMPLATES = sorted(
    file.name for file in (files("site_builder.pages") / "templates").iterdir() if file.name.endswith(".html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_compiled_to_the_same_in_each_language(name: str) -> None:
    """A filter of a constant would be worked out by the compiler, with one language's words for all."""
    source = (files("site_builder.pages") / "templates" / name).read_text("utf-8")
    environments = [templates("site_builder.pages", load(language)) for language in LANGUAGES]
    assert len({environment.compile(source, name, raw=True) for environment in environments}) == 1
