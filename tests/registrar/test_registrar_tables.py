"""Tables with addresses in them: outside every repository, for their owner only, never a formula."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import group
from site_builder.registrar.tables import TableRefused, csv_table, write_private


def test_a_spreadsheet_runs_no_cell_and_reads_the_letters() -> None:
    rows = [["=cmd()", "+1", "-1", "@a", " =1", 'Zoë, "Z"', "ada@example.org"]]
    raw = csv_table(["a", "b", "c", "d", "e", "f", "g"], rows)
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert read[1] == ["'=cmd()", "'+1", "'-1", "'@a", "' =1", 'Zoë, "Z"', "ada@example.org"]


@pytest.mark.parametrize("cell", ["a;=1+1", "a;  =1+1", "a\t=1", "\t=1+1", "a\r\n@SUM(1)", "a\n-1;+2"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_stands_between_cells(cell: str, separator: str) -> None:
    raw = csv_table(["a", "b"], [[cell, "x"]])
    read = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert not [found for row in read for found in row if found.lstrip(" ").startswith(tuple("=+-@\t\r"))]


def test_a_table_is_for_its_owner_only(tmp_path: Path) -> None:
    root, table = tmp_path / "repository", tmp_path / "out.csv"
    root.mkdir()
    write_private(table, root, b"x")
    assert table.read_bytes() == b"x"
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


@pytest.mark.parametrize("where", ["repository/out.csv", "repository/site/out.csv", "other/deep/out.csv"])
def test_no_table_lands_in_a_repository(tmp_path: Path, where: str) -> None:
    for folder in ("repository/site", "other/deep", "other/.git"):
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(TableRefused, match=r"lies in the repository .*: names and addresses stay out of it"):
        write_private(tmp_path / where, tmp_path / "repository", b"x")
    assert not (tmp_path / where).exists()


@pytest.mark.parametrize("mark", [".badgepress", "catalog.json"])
@pytest.mark.parametrize("where", ["site/out.csv", "site/issued/out.csv"])
def test_no_table_lands_in_a_published_site(tmp_path: Path, mark: str, where: str) -> None:
    (tmp_path / "site/issued").mkdir(parents=True)
    (tmp_path / "site" / mark).write_bytes(b"{}")
    with pytest.raises(TableRefused, match=r"lies in the published site .*site: names and addresses stay"):
        write_private(tmp_path / where, tmp_path / "repository", b"x")
    assert not (tmp_path / where).exists()


@pytest.mark.parametrize("role", ["issue", "roster"])
@pytest.mark.parametrize("mark", ["site/.badgepress", "site/catalog.json", ".git/HEAD"])
def test_no_key_is_made_in_a_site_or_a_repository(tmp_path: Path, role: str, mark: str) -> None:
    for folder in ("site", mark.split("/")[0]):
        (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / mark).write_bytes(b"{}")
    out = tmp_path / "site/key"
    done = CliRunner().invoke(group, ["keygen", "--role", role, "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 2
    assert (
        f"{out} lies in the {'published site' if mark.startswith('site') else 'repository'} " in done.stderr
    )
    assert not out.exists()


def test_a_link_into_the_repository_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "repository")
    with pytest.raises(TableRefused, match="lies in the repository"):
        write_private(tmp_path / "link" / "out.csv", tmp_path / "repository", b"x")
    assert not list((tmp_path / "repository").iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_bytes(b"precious")
    with pytest.raises(TableRefused, match="must not exist yet"):
        write_private(roster, tmp_path / "repository", b"x")
    assert roster.read_bytes() == b"precious"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="there is no folder"):
        write_private(tmp_path / "none" / "out.csv", tmp_path / "repository", b"x")
    assert not (tmp_path / "none").exists()
