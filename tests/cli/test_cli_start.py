"""What starting a command imports: only what nearly every run of it needs."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from site_builder.cli import group
from tests.support.shared import REPOSITORY

SLOW = frozenset(
    {"aiohttp", "babel", "dask", "distributed", "frictionless", "http.client", "jinja2", "lxml", "material"}
    | {"mkdocs", "nacl", "openpyxl", "pyld", "requests", "ssl"}
)
"""Modules that take ten milliseconds or more, and that a run which finds nothing changed has no need of."""


def imported(program: str) -> frozenset[str]:
    """Return the slow modules that a program of its own has imported when it ends."""
    told = f"{program}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return SLOW & set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "site_builder.cli.build",
        "site_builder.cli.check",
        "site_builder.publishing.build",
        "site_builder.publishing.catalog_pages",
    ],
)
def test_a_build_starts_without_what_it_may_not_need(module: str) -> None:
    assert imported(f"import {module}") == set()


def test_help_imports_no_command() -> None:
    program = (
        "from click.testing import CliRunner; from site_builder.cli import group;"
        "assert 'Sign the status lists' in CliRunner().invoke(group, ['--help']).output;"
        "import sys; assert not {'pydantic', 'yaml', 'site_builder.cli.status'} & sys.modules.keys()"
    )
    assert imported(program) == set()


def test_help_says_of_each_command_what_its_own_help_says_first() -> None:
    context = click.Context(group)
    formatter, expected = context.make_formatter(), context.make_formatter()
    group.format_commands(context, formatter)
    click.Group.format_commands(group, context, expected)
    assert formatter.getvalue() == expected.getvalue()
