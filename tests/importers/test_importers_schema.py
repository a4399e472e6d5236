"""The Table Schema of a class list says what the award file says, and the data of headers fits it."""

from __future__ import annotations

import socket
from typing import get_args

import pytest
from frictionless import Schema

from site_builder.importers.headers import folded, names
from site_builder.importers.row import System
from site_builder.importers.schema import descriptor
from site_builder.models.award import Award
from site_builder.models.credential import LEVELS
from site_builder.models.settings import ROSTER_FIELDS
from tests.importers.lists import ADA, HEADER, read, text_of

FIELDS = {field["name"]: field.get("constraints", {}) for field in descriptor()["fields"]}


def test_frictionless_takes_the_schema() -> None:
    assert Schema.from_descriptor(dict(descriptor())).field_names == list(FIELDS)


def test_levels_and_wallets_are_those_of_award_files() -> None:
    holder = Award.model_json_schema()["properties"]["holder"]["anyOf"][0]
    assert FIELDS["level"]["enum"] == list(LEVELS)
    assert f"^{FIELDS['holder']['pattern']}$" == holder["pattern"]
    assert FIELDS["holder"]["maxLength"] == holder["maxLength"]


def test_each_field_has_names_and_each_name_one_field() -> None:
    known = names()["fields"]
    assert set(known) == set(ROSTER_FIELDS)
    assert set(FIELDS) == set(ROSTER_FIELDS) - {"first_name", "last_name"}
    assert {"moodle", "canvas"} < set(names())
    assert set(get_args(System)) == {"template", "moodle", "canvas"}
    spelled = [folded(name) for spellings in known.values() for name in {folded(name) for name in spellings}]
    assert len(spelled) == len(set(spelled))


def test_the_network_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert len(read(text_of(HEADER, ADA)).rows) == 1
