"""The measures count what they say: every process of a command, each contestant's own work, every proof."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import _contest
from bench._builds import Bed, extrapolated, weights
from bench._contest import Disagreement, contest
from bench._costs import CommandFailed, Cost, median, run
from bench._floors import FLOORS
from bench._jobs import RUN, by_cohort, make_keys, sampled, write_job
from bench._sign import CONTESTANTS, Signed, measured, written
from site_builder.keys import Role, load_signer
from tests.bench.sample import build

# Burns a tenth of a second of processor in a grandchild that its parent does not wait for, with 60 MB.
ORPHAN = """
import os, time
if not os.fork():
    if not os.fork():
        kept, began = bytearray(60_000_000), time.process_time()
        while time.process_time() - began < 0.1: pass
    os._exit(0)
"""


def test_a_cost_is_that_of_every_process_below(tmp_path: Path) -> None:
    cost = run([sys.executable, "-S", "-c", ORPHAN], tmp_path).cost
    assert cost.cpu >= 0.1
    assert 60 < cost.megabytes < 120


def test_a_small_command_is_not_counted_with_the_memory_of_who_measures(tmp_path: Path) -> None:
    kept = bytearray(200_000_000)
    ran = run([sys.executable, "-S", "-c", "print('done')"], tmp_path)
    assert ran.cost.megabytes < 50 < len(kept) / 1e6
    assert ran.out == "done\n"


def test_a_failure_is_not_a_figure(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="exit 3\nno luck"):
        run([sys.executable, "-S", "-c", "import sys; print('no luck'); sys.exit(3)"], tmp_path)


def test_the_median_has_the_most_memory_of_all() -> None:
    costs = [Cost(1, 9, 50), Cost(2, 7, 90), Cost(6, 8, 60)]
    assert median(costs) == Cost(2, 8, 90)


def site(folder: Path) -> Path:
    """Write a site of one badge, and the page of one that was erased."""
    for name, files in {
        "one": {"credential.json": b"{}", "index.html": b"<p>"},
        "erased": {"index.html": b""},
    }.items():
        place = folder / "issued" / name
        place.mkdir(parents=True)
        for file, data in files.items():
            (place / file).write_bytes(data)
    (folder / "did.json").write_text('{"id": "did:web:college.example"}')
    return folder


def test_floors_do_what_they_say(tmp_path: Path) -> None:
    root, made, scratch = tmp_path / "root", site(tmp_path / "site"), tmp_path / "scratch"
    (root / "issued/2026").mkdir(parents=True)
    (root / "issued/2026/a.yaml").write_text("a: 1")
    for floor in FLOORS.values():
        floor(root, made, scratch)
    assert sorted(path.name for path in scratch.rglob("*")) == ["credential.json", "index.html", "one"]
    assert (scratch / "one/index.html").stat().st_size == 3


def credential() -> dict[str, Any]:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://college.example/issued/one/credential.json",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Data",
        "issuer": {"id": "did:web:college.example", "type": ["Profile"], "name": "College"},
        "validFrom": "2026-02-03T00:00:00Z",
        "credentialSubject": {"type": ["AchievementSubject"], "identifier": []},
    }


def given(tmp_path: Path) -> tuple[Path, Path]:
    """Return a site of one real credential with a proof that is none, and the job to sign it."""
    made = site(tmp_path / "site")
    unsigned = credential()
    del unsigned["credentialSubject"]["identifier"]
    proof = {"created": "2026-02-03T00:00:00Z", "proofValue": "z1"}
    (made / "issued/one/credential.json").write_text(json.dumps({**unsigned, "proof": [proof]}))
    keys = make_keys(tmp_path / "keys")
    paths = sorted(made.glob("issued/*/credential.json"))
    job, proofs = write_job(tmp_path, made, paths, keys, published=str(made), scratch=str(tmp_path / "w"))
    assert proofs == ["z1"]
    return made, job


def test_contestants_in_python_agree(tmp_path: Path) -> None:
    _, path = given(tmp_path)
    job = json.loads(path.read_text())
    proofs = {
        name: measured(CONTESTANTS[name](job), job)["proofs"] for name in ("pyld", "library", "openbadgeslib")
    }
    assert len({tuple(found) for found in proofs.values()}) == 1
    assert proofs["pyld"][0].startswith("z")


def test_contestants_write_what_they_signed(tmp_path: Path) -> None:
    _, path = given(tmp_path)
    job = {**json.loads(path.read_text()), "into": str(tmp_path / "theirs")}
    assert written(CONTESTANTS["pyld"](job), job) == {"count": 1}
    document = json.loads((tmp_path / "theirs/issued/one/credential.json").read_text())
    assert {**document, "proof": None} == {**json.loads(_line(job))["unsigned"], "proof": None}
    assert document["proof"][0]["verificationMethod"] == job["key"]["id"]


def _line(job: dict[str, Any]) -> str:
    return Path(job["credentials"]).read_text()


def test_the_warm_up_is_not_counted_and_passes_are(tmp_path: Path) -> None:
    _, path = given(tmp_path)
    job = {**json.loads(path.read_text()), "warm": 1, "repeat": 3}
    calls = []

    def sign(line: dict[str, Any]) -> Signed:
        calls.append(line["path"])
        return b"", f"z{len(calls)}"

    result = measured(sign, job)
    assert (len(calls), result["count"], result["proofs"]) == (4, 3, ["z4"])


def test_writing_alone_writes_the_published_bytes(tmp_path: Path) -> None:
    made, path = given(tmp_path)
    job = json.loads(path.read_text())
    measured(CONTESTANTS["writing"](job), job)
    name = "issued/one/credential.json"
    assert (tmp_path / "w" / name).read_bytes() == (made / name).read_bytes()


def test_there_are_no_figures_where_a_proof_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = given(tmp_path)
    (tmp_path / "issued/2026").mkdir(parents=True)
    (tmp_path / "issued/2026/a.yaml").write_text("awards:\n  - id: one\n")
    told = {"cpu": 1.0, "wall": 1.0, "count": 1, "proofs": ["z2"], "shapes": 1, "compiling": 1.0}
    monkeypatch.setattr(_contest, "told_by", lambda name, job: told)
    with pytest.raises(Disagreement, match="ours: 1 of 1 proofs are not the published ones"):
        contest(tmp_path / "scratch", tmp_path, made, make_keys(tmp_path / "more"), 5, 1)


def test_keys_are_new_each_time_and_the_press_takes_them(tmp_path: Path) -> None:
    one, two = make_keys(tmp_path / "one"), make_keys(tmp_path / "two")
    assert one.public != two.public
    for role in Role:
        signer = load_signer(role, environment=one.environment, host="college.example")
        assert signer.public_key == one.public[role]
        assert (one.folder / f"{role}.key").stat().st_mode & 0o77 == 0


def test_a_sample_is_runs_of_neighbours_spread_over_all() -> None:
    paths = [Path(str(number)) for number in range(1000)]
    found = [int(path.name) for path in sampled(paths, 3 * RUN)]
    assert found == [*range(RUN), *range(480, 480 + RUN), *range(1000 - RUN, 1000)]
    assert len(sampled(paths, 50)) == 50
    assert sampled(paths, 2000) == paths


def test_credentials_come_cohort_by_cohort(tmp_path: Path) -> None:
    bed = Bed(tmp_path, 60)
    files = sorted(bed.root.glob("issued/*/*.yaml"))
    ids = re.findall(r"  - id: (\S+)", "".join(file.read_text("utf-8") for file in files))
    for name in ids[1:]:
        (bed.site / "issued" / name).mkdir(parents=True)
        (bed.site / "issued" / name / "credential.json").touch()
    assert [path.parent.name for path in by_cohort(bed.root, bed.site)] == ids[1:]


def test_a_bed_forgets_all_but_what_authors_wrote(tmp_path: Path) -> None:
    bed = Bed(tmp_path, 5)
    before = sorted(path for path in bed.root.rglob("*"))
    for place in (bed.root / ".kept/x", bed.root / "proofs/2026/a.jsonl", bed.site / "index.html"):
        place.parent.mkdir(parents=True)
        place.write_text("x")
    bed.forget("proofs")
    assert [path.name for path in bed.root.iterdir() if path not in before] == ["proofs"]
    assert not bed.site.exists()
    bed.forget()
    assert sorted(path for path in bed.root.rglob("*")) == before


def test_bytes_for_one_award_are_those_below_issued(tmp_path: Path) -> None:
    made = site(tmp_path)
    assert weights(made, 2) == (2.5, 5 + (made / "did.json").stat().st_size)


def test_what_did_not_run_is_in_proportion_to_the_size_before() -> None:
    found = extrapolated([build(100_000, with_peers=False), build(1000, with_peers=True)])
    small, large = found
    assert (small.awards, large.awards) == (1000, 100_000)
    for name, run_ in large.peers.items():
        assert run_.extrapolated
        assert run_.wall == pytest.approx(100 * small.peers[name].wall)
    assert extrapolated([build(10, with_peers=False)])[0].peers == {}
