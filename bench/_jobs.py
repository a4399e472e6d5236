"""What every contestant is given: the same unsigned credentials, in a file, and the same key.

They are taken from a site that ``badgepress build`` made, so that each contestant's proof can be compared
with the published one.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from site_builder.keys import Role, generate_seed, secret_multibase, write_key_file  # noqa: E402
from site_builder.proof.eddsa import without_proof  # noqa: E402
from tests.support.contexts import context_files  # noqa: E402

Json = dict[str, Any]
RUN = 40
"""How many credentials of a cohort are signed one after another: real cohorts have more."""
_ID = re.compile(r"^  - id: (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Keys:
    """Two keys that exist while a measurement runs; their files lie outside every repository."""

    folder: Path
    public: Mapping[Role, str]
    seed: bytes
    """The private half of the key that signs badges: the peers are given it."""

    @property
    def environment(self) -> dict[str, str]:
        """What the press is told the keys by."""
        return {f"{role.variable}_FILE": str(self.folder / f"{role}.key") for role in Role}


def make_keys(folder: Path) -> Keys:
    """Make both keys in a new folder."""
    folder.mkdir(mode=0o700)
    seeds = {role: generate_seed() for role in Role}
    public = {role: write_key_file(folder / f"{role}.key", seed) for role, seed in seeds.items()}
    return Keys(folder, public, seeds[Role.ISSUE])


def badges(site: Path) -> list[Path]:
    """Return the credential of every award of a built site, by award id."""
    return sorted(site.glob("issued/*/credential.json"))


def by_cohort(repository: Path, site: Path) -> list[Path]:
    """Return the credential of every award, cohort by cohort, as a build signs them."""
    found = []
    for file in sorted(repository.glob("issued/*/*.yaml")):
        paths = (site / f"issued/{name}/credential.json" for name in _ID.findall(file.read_text("utf-8")))
        found += [path for path in paths if path.exists()]  # of an erased award there is none
    return found


def sampled(paths: list[Path], count: int) -> list[Path]:
    """Return ``count`` of the paths, or all: runs of neighbours, spread evenly."""
    if count >= len(paths):
        return paths
    runs = -(-count // RUN)
    starts = (number * (len(paths) - RUN) // max(1, runs - 1) for number in range(runs))
    return [path for start in starts for path in paths[start : start + RUN]][:count]


def lines(site: Path, paths: Iterable[Path]) -> Iterator[tuple[Json, str]]:
    """Yield what contestants are given of each credential, and the proof value that was published."""
    for path in paths:
        document = json.loads(path.read_bytes())
        (proof,) = document["proof"]
        line = {
            "path": path.relative_to(site).as_posix(),
            "created": proof["created"],
            "unsigned": without_proof(document),
        }
        yield line, proof["proofValue"]


def write_job(
    folder: Path, site: Path, paths: Iterable[Path], keys: Keys, **more: object
) -> tuple[Path, list[str]]:
    """Write a job for credentials of a site into ``folder``; return its file and the published proofs."""
    did = json.loads((site / "did.json").read_bytes())["id"]
    proofs: list[str] = []

    def given() -> Iterator[Json]:
        for line, proof in lines(site, paths):
            proofs.append(proof)
            yield line

    job = write_lines(folder, given(), keys, f"{did}#{keys.public[Role.ISSUE]}", **more)
    return job, proofs


def write_lines(folder: Path, every: Iterable[Json], keys: Keys, key_id: str, **more: object) -> Path:
    """Write credentials and the job into ``folder``; return the job's file."""
    credentials = folder / "credentials.jsonl"
    with credentials.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in every)
    key = {
        "id": key_id,
        "controller": key_id.partition("#")[0],
        "publicKeyMultibase": keys.public[Role.ISSUE],
        "secretKeyMultibase": secret_multibase(keys.seed),
    }
    contexts = {url: str(path) for url, path in context_files().items()}
    job = folder / "job.json"
    job.touch(mode=0o600)
    about = {"credentials": str(credentials), "contexts": contexts, "key": key, **more}
    job.write_text(json.dumps(about), encoding="utf-8")
    return job
