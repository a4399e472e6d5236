"""Templates are compiled once for all languages."""

from __future__ import annotations

from importlib.resources import files

import pytest

from site_builder.exports.html import templates
from site_builder.messages import LANGUAGES, load

TEMPLATES = sorted(
    (package, file.name)
    for package in ("site_builder.pages", "site_builder.exports")
    for file in (files(package) / "templates").iterdir()
    if file.name.endswith(".html")
)


@pytest.mark.parametrize(("package", "name"), TEMPLATES)
def test_a_template_is_compiled_to_the_same_in_each_language(package: str, name: str) -> None:
    """A filter of a constant would be worked out by the compiler, with one language's words for all."""
    source = (files(package) / "templates" / name).read_text("utf-8")
    environments = [templates(package, load(language)) for language in LANGUAGES]
    assert len({environment.compile(source, name, raw=True) for environment in environments}) == 1
