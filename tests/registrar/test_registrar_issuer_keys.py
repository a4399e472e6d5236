"""Keys that are rotated, retired and found compromised: both halves or none, and only lines that change."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from site_builder.keys import KeyRefused, Role, load_signer
from site_builder.registrar import issuer_keys
from site_builder.registrar.change import Change, ChangeRefused
from site_builder.registrar.compromise import Compromised, compromise
from site_builder.registrar.issuer_keys import KeyChangeRefused, retire, rotate
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD, valid
from tests.support.shared import REPOSITORY

DAY = date(2026, 11, 22)
ISSUER = "credentials/issuer.yaml"
FIRST = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
STATUS = "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
OTHER = "z6Mkfriq1MqLBoPWecGoDLjguo1sB9brj6wT3qZ5BxkKpuP6"
SINCE = "    since: 2026-01-01\n"
SPARE = f"keys:\n  - id: spare\n    role: issue\n    public_key: {OTHER}\n{SINCE}"
DID = "did:web:badges.northfield.example"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in valid().items():
        target = tmp_path / "repository" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path / "repository"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "new.key"


def state_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def issuer(root: Path) -> str:
    return (root / ISSUER).read_text("utf-8")


def edit(root: Path, old: str, new: str) -> None:
    assert old in issuer(root)
    (root / ISSUER).write_text(issuer(root).replace(old, new, 1), "utf-8")


def test_rotating_adds_one_key_and_retires_one(root: Path, out: Path) -> None:
    edit(root, "    role: issue\n", "    role: issue  # kept in the safe\n")
    before = issuer(root)
    done = rotate(root, Role.ISSUE, out, None, DAY)
    assert done.retired == ("issue-2026",)
    ended = before.replace(SINCE, f"{SINCE}    state: retired\n    ended: 2026-11-22\n", 1)
    public_key = f"    public_key: {done.key.public_key}\n"
    assert (
        issuer(root) == f"{ended}  - id: issue-2026-2\n    role: issue\n{public_key}    since: 2026-11-22\n"
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    given = {"BADGEPRESS_ISSUE_KEY_FILE": str(out)}
    assert load_signer(Role.ISSUE, environment=given, host="b.org").public_key == done.key.public_key


AT_ONCE = """
import sys
from datetime import date
from pathlib import Path
from site_builder.keys import Role
from site_builder.registrar.issuer_keys import rotate
for number in range(5):
    rotate(Path(sys.argv[1]), Role.ISSUE, Path(f"{sys.argv[2]}-{number}"), None, date(2026, 11, 22))
"""


def test_two_who_rotate_at_once_lose_nothing(root: Path, tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", AT_ONCE, root, tmp_path / name], cwd=REPOSITORY)
        for name in ("one", "other")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    names = [line.split()[-1] for line in issuer(root).splitlines() if line.startswith("  - id: issue")]
    assert names == ["issue-2026", *(f"issue-2026-{number}" for number in range(2, 12))]
    assert issuer(root).count("state: retired") == 10
    assert len(list(tmp_path.glob("one*"))) == len(list(tmp_path.glob("other*"))) == 5


def test_every_active_key_of_the_role_is_retired_and_none_of_the_other(root: Path, out: Path) -> None:
    edit(
        root,
        "keys:\n",
        f"keys:\n  - id: spare\n    role: issue\n    public_key: {OTHER}\n    since: 2026-01-01\n",
    )
    assert rotate(root, Role.ISSUE, out, "issue-next", DAY).retired == ("spare", "issue-2026")
    assert issuer(root).count("state: retired") == 2


def test_awards_that_only_the_old_key_could_sign_again_are_counted(
    root: Path, out: Path, tmp_path: Path
) -> None:
    assert rotate(root, Role.STATUS, tmp_path / "status.key", None, DAY).unrecorded == 0
    assert rotate(root, Role.ISSUE, out, None, DAY).unrecorded == 4


def test_a_role_without_any_active_key_gets_one(root: Path, out: Path) -> None:
    edit(root, SINCE, f"{SINCE}    state: compromised\n    ended: 2026-05-01\n")
    assert rotate(root, Role.ISSUE, out, None, DAY).retired == ()


@pytest.mark.parametrize(
    ("key_id", "words"),
    [
        ("status-2026", "there is a key status-2026 already"),
        ("Two words", "the id of the new key has a character"),
    ],
)
def test_an_id_that_cannot_be_leaves_no_key_file(root: Path, out: Path, key_id: str, words: str) -> None:
    before = state_of(root)
    with pytest.raises(KeyChangeRefused, match=words):
        rotate(root, Role.ISSUE, out, key_id, DAY)
    assert state_of(root) == before
    assert not out.exists()


def test_the_key_file_goes_again_where_the_yaml_cannot_be_written(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path, change: Change) -> None:
        assert out.exists()
        raise ChangeRefused(f"{sorted(change.files)}: disk full")

    monkeypatch.setattr(issuer_keys, "write", fail)
    before = state_of(root)
    with pytest.raises(ChangeRefused):
        rotate(root, Role.ISSUE, out, None, DAY)
    assert state_of(root) == before
    assert not out.exists()


def test_a_key_file_that_cannot_be_written_changes_nothing(root: Path, out: Path) -> None:
    before = state_of(root)
    out.write_text("a key of old")
    for where, words in (
        (out, "must not exist yet"),
        (out.parent / "gone" / "key", "cannot be written: No such file or directory"),
        (root / "site" / "key", "lies in the repository"),
    ):
        with pytest.raises(KeyRefused, match=words):
            rotate(root, Role.ISSUE, where, None, DAY)
    assert state_of(root) == before
    assert out.read_text() == "a key of old"


def test_a_key_does_not_end_before_it_began(root: Path, out: Path) -> None:
    with pytest.raises(KeyChangeRefused, match="key issue-2026 signs from 2026-01-01 on, so it cannot"):
        rotate(root, Role.ISSUE, out, None, date(2025, 12, 31))
    assert not out.exists()


def test_an_issuer_file_with_mistakes_is_told_and_left(root: Path, out: Path) -> None:
    edit(root, "country: CA", "country: Canada")
    with pytest.raises(KeyChangeRefused) as caught:
        rotate(root, Role.ISSUE, out, None, DAY)
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [(ISSUER, 3)]


def test_a_key_in_a_form_that_cannot_be_edited_is_told(root: Path, out: Path) -> None:
    head = issuer(root).partition("keys:")[0]
    flow = f"{{id: a, role: issue, public_key: {FIRST}, since: 2026-01-01, state: active}}"
    status = f"{{id: b, role: status, public_key: {STATUS}, since: 2026-01-01}}"
    (root / ISSUER).write_text(f"{head}keys: [{flow}, {status}]\n", "utf-8")
    before = state_of(root)
    with pytest.raises(KeyChangeRefused, match="cannot be changed") as caught:
        rotate(root, Role.ISSUE, out, None, DAY)
    assert [problem.code for problem in caught.value.problems] == ["cannot-edit"]
    assert state_of(root) == before
    assert not out.exists()


def test_retiring_the_last_key_of_a_role_is_refused(root: Path) -> None:
    with pytest.raises(KeyChangeRefused, match="key status-2026 is the last active status key") as caught:
        retire(root, "status-2026", DAY)
    assert caught.value.hint == "badgepress rotate --role status makes its successor too"


def test_retiring_one_of_two_keeps_the_other(root: Path) -> None:
    edit(
        root,
        "keys:\n",
        f"keys:\n  - id: spare\n    role: issue\n    public_key: {OTHER}\n    since: 2026-01-01\n",
    )
    before = issuer(root)
    assert retire(root, "spare", DAY).ended == DAY
    ended = f"{SINCE}    state: retired\n    ended: 2026-11-22\n"
    assert issuer(root) == before.replace(SINCE, ended, 1)
    with pytest.raises(KeyChangeRefused, match="key spare is retired since 2026-11-22 already"):
        retire(root, "spare", DAY)


def test_a_key_that_nobody_knows(root: Path) -> None:
    with pytest.raises(KeyChangeRefused, match="there is no key 'isue-2026' in credentials/issuer") as caught:
        retire(root, "isue-2026", DAY)
    assert caught.value.hint == "did you mean 'issue-2026' or 'status-2026'?"


# What a key that got out takes with it.


def record(root: Path, path: str, *proofs: tuple[str, str], subject: str = "award") -> None:
    """Record a proof of each award by a key; the values are looked at by nobody here."""
    made = {"created": "2026-01-01T00:00:00Z", "proofValue": "z1"}
    lines = (json.dumps({subject: of, "key": f"{DID}#{key}", **made}) for of, key in proofs)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def marked(root: Path, key: str = "issue-2026", out: Path | None = None) -> Compromised:
    return compromise(root, key, DAY, ended=None, out=out, since=None)


def test_what_it_signed_and_what_rests_on_that_leaves_the_records(root: Path, out: Path) -> None:
    record(root, "proofs/2026/charts.jsonl", (FIRST_AWARD, FIRST), (SECOND_AWARD, OTHER))
    record(root, "proofs/2026/asking.jsonl", (THIRD_AWARD, OTHER))
    record(root, "proofs/2026/literacy.jsonl", (STACKED_AWARD, OTHER))
    kept = (root / "proofs/2026/charts.jsonl").read_text().splitlines(keepends=True)[1]
    found = marked(root, out=out)
    assert (found.reissue.signed, found.reissue.stacked) == ((FIRST_AWARD,), (STACKED_AWARD,))
    assert found.reissue.awards == (FIRST_AWARD, STACKED_AWARD)
    assert found.paths == (ISSUER, "proofs/2026/charts.jsonl", "proofs/2026/literacy.jsonl")
    assert (root / "proofs/2026/charts.jsonl").read_text() == kept
    assert not (root / "proofs/2026/literacy.jsonl").exists()
    assert (root / "proofs/2026/asking.jsonl").exists()
    assert found.successor is not None
    assert (found.successor.id, found.successor.since) == ("issue-2026-2", DAY)
    assert "    state: compromised\n    ended: 2026-11-22\n" in issuer(root)


def test_stacks_of_stacks_are_listed_too(root: Path, out: Path) -> None:
    whole = "55555555-5555-4555-8555-555555555555"
    path = root / "issued/2026/literacy.yaml"
    entry = path.read_text().partition("awards:\n")[2].replace(STACKED_AWARD, whole).replace("44444", "55555")
    entry = entry.replace("status_index: 4", "status_index: 5")
    entry = entry.partition("    parts:\n")[0] + f"    parts:\n      - {STACKED_AWARD}\n"
    path.write_text(path.read_text() + entry, "utf-8")
    record(root, "proofs/2026/a.jsonl", (FIRST_AWARD, FIRST), (STACKED_AWARD, OTHER), (whole, OTHER))
    assert marked(root, out=out).reissue.stacked == (STACKED_AWARD, whole)


def test_a_status_key_takes_the_proofs_of_lists_with_it(root: Path, out: Path) -> None:
    record(root, "proofs/status.jsonl", ("1", STATUS), ("2", OTHER), ("10", STATUS), subject="list")
    record(root, "proofs/2026/charts.jsonl", (FIRST_AWARD, FIRST))
    found = marked(root, "status-2026", out)
    assert (found.reissue.awards, found.reissue.lists) == ((), ("1", "10"))
    lines = (root / "proofs/status.jsonl").read_text().splitlines()
    assert [json.loads(line)["list"] for line in lines] == ["2"]
    assert (root / "proofs/2026/charts.jsonl").exists()


def test_the_last_of_its_role_needs_a_successor_at_once(root: Path) -> None:
    before = state_of(root)
    with pytest.raises(KeyChangeRefused, match="key issue-2026 is the last active issue key") as caught:
        marked(root)
    assert caught.value.hint == "make its successor at once: --out FILE, outside the repository"
    assert state_of(root) == before


def test_a_retired_key_needs_none(root: Path, out: Path) -> None:
    rotate(root, Role.ISSUE, out, None, date(2026, 5, 1))
    found = marked(root)
    assert (found.key.state, found.key.ended, found.successor) == ("compromised", DAY, None)
    assert "state: retired" not in issuer(root)
    with pytest.raises(KeyChangeRefused, match="compromised since 2026-11-22 already, and no recorded proof"):
        marked(root)


def test_days_of_the_find_and_of_the_successor(root: Path, out: Path) -> None:
    since = date(2026, 11, 23)
    found = compromise(root, "issue-2026", DAY, ended=date(2026, 11, 20), out=out, since=since)
    assert found.key.ended == date(2026, 11, 20)
    assert found.successor is not None
    assert found.successor.since == since
    with pytest.raises(KeyChangeRefused, match="the day 2026-11-23 is in the future: today is 2026-11-22"):
        compromise(root, "issue-2026-2", DAY, ended=since, out=None, since=None)


def test_files_that_cannot_be_read_are_told_before_anything_is_written(root: Path, out: Path) -> None:
    record(root, "proofs/2026/charts.jsonl", (FIRST_AWARD, FIRST), (FIRST_AWARD, FIRST))
    (root / "issued/2026/asking.yaml").write_text("credential: [\n")
    before = state_of(root)
    with pytest.raises(KeyChangeRefused, match="so what to sign again cannot be listed") as caught:
        marked(root, out=out)
    assert {problem.path for problem in caught.value.problems} == {
        "issued/2026/asking.yaml",
        "proofs/2026/charts.jsonl",
    }
    assert state_of(root) == before
    assert not out.exists()
