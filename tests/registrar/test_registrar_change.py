"""A change of the repository: all of it or none, whatever stops it on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.publishing.ledger import ledger
from site_builder.reading.repository import sweep
from site_builder.registrar.change import Change, ChangeRefused, problems_of, write
from tests.registrar.college import college, contents
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, told_of

CHARTS = "issued/2026/charts.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path)


def test_files_are_made_changed_and_taken_away(root: Path) -> None:
    (root / CHARTS).chmod(0o640)
    write(root, Change({CHARTS: b"a\n", "issued/2027/new.yaml": b"b\n", "issued/2026/asking.yaml": b""}))
    after = contents(root)
    assert (after[CHARTS], after["issued/2027/new.yaml"]) == ("a\n", "b\n")
    assert "issued/2026/asking.yaml" not in after
    assert (root / CHARTS).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("impossible", ["mkdocs.yml/new.yaml", "issued/2026"])
def test_where_one_file_cannot_be_written_none_is(root: Path, impossible: str) -> None:
    before = contents(root)
    with pytest.raises(ChangeRefused, match="nothing was changed"):
        write(root, Change({CHARTS: b"a\n", "issued/2026/asking.yaml": b"", impossible: b"x"}))
    assert contents(root) == before
    assert not list(root.rglob("*.swp"))


def test_a_change_is_never_written_through_a_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    (root / "issued/2026/.charts.yaml.swp").symlink_to(outside)
    write(root, Change({CHARTS: b"a\n"}))
    assert outside.read_bytes() == b"precious"
    assert (contents(root)[CHARTS], (root / CHARTS).is_symlink()) == ("a\n", False)
    (root / "issued/2027").symlink_to(tmp_path)
    with pytest.raises(ChangeRefused, match="issued/2027: symbolic links are not followed; nothing was"):
        write(root, Change({"issued/2027/outside": b"a\n"}))
    assert outside.read_bytes() == b"precious"


def _stopped_at(monkeypatch: pytest.MonkeyPatch, place: Path, error: BaseException, *, ever: bool) -> None:
    """Let the next file that would take this place meet an error; ``ever``: each later file, too."""
    replace = Path.replace
    met: list[Path] = []

    def stopping(self: Path, target: Path) -> Path:
        if target == place or (ever and met):
            met.append(target)
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopping)


def test_an_interrupted_change_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, new = contents(root), "issued/2026/new.yaml"
    _stopped_at(monkeypatch, root / CHARTS, KeyboardInterrupt(), ever=False)
    with pytest.raises(KeyboardInterrupt):
        write(root, Change({"issued/2026/asking.yaml": b"", new: b"b\n", CHARTS: b"a\n"}))
    assert contents(root) == before


def test_what_cannot_be_put_back_is_named_and_hides_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OSError(28, "No space left on device", str(root / CHARTS))
    _stopped_at(monkeypatch, root / CHARTS, error, ever=True)
    asking = "issued/2026/asking.yaml"
    with pytest.raises(ChangeRefused) as caught:
        write(root, Change({asking: b"a\n", CHARTS: b"a\n", "issued/2026/new.yaml": b"b\n"}))
    told = str(caught.value)
    assert told.startswith(f"{root / CHARTS}: No space left on device; ")
    assert f"{root / asking} could not be put back (No space left on device): git restore" in told
    assert "nothing was changed" not in told
    assert "issued/2026/new.yaml" not in contents(root)


def test_new_files_come_first_then_keys_then_proofs_then_awards(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [CHARTS, "proofs/2026/charts.jsonl", "credentials/issuer.yaml", "issued/2026/new.yaml"]
    (root / "proofs/2026").mkdir(parents=True)
    (root / paths[1]).write_bytes(b"{}\n")
    replace = Path.replace
    order: list[str] = []

    def noting(self: Path, target: Path) -> Path:
        order.append(target.relative_to(root).as_posix())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noting)
    write(root, Change(dict.fromkeys(paths, b"a\n")))
    assert order == paths[::-1]


def test_the_repository_is_judged_as_it_would_be_and_nothing_is_written(root: Path) -> None:
    before = contents(root)
    bad = before[CHARTS].replace("score: 80", "score: 8").encode()
    told = told_of(problems_of(sweep(root), Change({CHARTS: bad}), NOW))
    assert [line.split(": ")[1] for line in told] == ["score 8 is below the pass mark 60"] * 2
    assert contents(root) == before


def test_a_secret_in_a_new_text_is_found_before_it_is_written(root: Path) -> None:
    seed = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERIT"
    key = f"-----BEGIN PRIVATE KEY-----\n{seed}\n-----END PRIVATE KEY-----\n"
    text = contents(root)[CHARTS] + "# " + key.replace("\n", "\n# ")
    assert "secret-in-repo" in {
        p.code for p in problems_of(sweep(root), Change({CHARTS: text.encode()}), NOW)
    }


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("issued/2026/Caps Lock.yaml", "credential: charts\n", "bad-file-name"),
        (f"issued/2026/{'n' * 96}.yaml", "credential: charts\n", "bad-file-name"),
        ("issued/2026/large.yaml", "# " + "x" * 1024 * 1024, "file-too-large"),
    ],
)
def test_a_file_that_the_next_check_would_refuse_is_not_written(
    root: Path, path: str, text: str, expected: str
) -> None:
    assert expected in {p.code for p in problems_of(sweep(root), Change({path: text.encode()}), NOW)}


def test_changes_of_several_people_at_once_wait_for_each_other_and_all_stand(root: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "site_builder",
        "revoke",
        "--reason",
        "Issued in error.",
        "--now",
        str(NOW),
    ]
    with ledger(root):
        running = [
            subprocess.Popen(
                [*words, award_id, "--root", str(root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for award_id in (FIRST_AWARD, SECOND_AWARD, STACKED_AWARD)
        ]
        said = [process.stderr.readline() for process in running if process.stderr]
        assert said == [b"waiting for another run of badgepress in this repository\n"] * 3
        assert "revoked" not in "".join(contents(root).values())
    rest = [process.communicate(timeout=120)[1] for process in running]
    assert not [line for line in rest if b"waiting" in line]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert "".join(contents(root).values()).count("revoked:") == 3
