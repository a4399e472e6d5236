"""All imports and templates of the press at once: for processes whose children each do one command."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import site_builder
from site_builder.exports.html import templates
from site_builder.messages import load
from site_builder.proof.processor import pyld

_LATER = (
    *("babel.dates", "babel.lists", "babel.numbers", "babel.units", "frictionless", "material"),
    *("mkdocs.commands.build", "mkdocs.contrib.search", "pygments.lexers", "resvg_py"),
)
"""What of others' packages is imported late."""
_NEVER = ("site_builder.__main__", "site_builder.executors.cluster", "site_builder.uploading.bucket")


def import_all() -> None:
    """Import what the press imports only when it comes to it: each child would pay for that anew."""
    ours = (found.name for found in pkgutil.walk_packages(site_builder.__path__, "site_builder."))
    for name in (*ours, *_LATER):
        if name not in _NEVER:
            import_module(name)
    pyld()
    _compile_templates()


def _compile_templates() -> None:
    """Compile what fills pages in English: a third of what the build of a small site takes."""
    for package in ("site_builder.pages", "site_builder.exports"):
        environment = templates(package, load("en"))
        for name in environment.list_templates():
            environment.get_template(name)
