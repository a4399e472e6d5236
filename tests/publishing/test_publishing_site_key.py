"""The site's own files are made again where anything that they rest on changed, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.artifact import Artifact
from site_builder.publishing import award_part
from site_builder.publishing.award_part import site_part
from tests.publishing.histories import History, tree


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each file that was made for all awards, while the test runs."""
    paths: list[str] = []

    def noting(*given: Any) -> Iterator[Artifact]:
        for artifact in site_part(*given):
            paths.append(artifact.path)
            yield artifact

    monkeypatch.setattr(award_part, "site_part", noting)
    return paths


def test_an_award_more_leaves_them_as_they_stand(parts: list[str], tmp_path: Path) -> None:
    history = History(tmp_path, 1)
    history.build()
    assert parts
    parts.clear()
    history.add()
    history.build()
    assert parts == []
    assert tree(history.site) == history.expected()


@pytest.mark.parametrize("edit", ["reword", "next_day", "revoke", "new_credential"])
def test_what_they_rest_on_makes_them_anew(edit: str, parts: list[str], tmp_path: Path) -> None:
    history = History(tmp_path, 1)
    history.build()
    parts.clear()
    getattr(history, edit)()
    history.build()
    assert parts
    assert tree(history.site) == history.expected()


def test_one_that_was_written_over_is_made_anew(parts: list[str], tmp_path: Path) -> None:
    history = History(tmp_path, 1)
    history.build()
    parts.clear()
    (history.site / "catalog.json").write_bytes(b"{}")
    history.add()
    history.build()
    assert parts
    assert tree(history.site) == history.expected()
