"""The repository of a national programme with N awards, the same for the same numbers, up to a million.

    python bench/_programme.py FOLDER --awards 100000

Seven years of cohorts, credentials that stack from the learner's own earlier awards, scores, evidence,
wallets, and of everything that happens later a little: revoked, corrected, renewed, listed, erased. Files are
written one after another and forgotten, so a million awards need hardly more memory than a thousand.
``badgepress check`` finds nothing in it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench._award_text import Entry, Head, file_text  # noqa: E402
from bench._clerk import ROSTER_KEY, SECOND_VERSION, Clerk, award_id  # noqa: E402
from bench._repository import NOW, Spec, credential_specs, write_ground, write_text  # noqa: E402
from bench._texts import BOARDS  # noqa: E402
from site_builder.keys import Role  # noqa: E402

MOST_AWARDS = 1_000_000
_FIRST_VERSION = "2019-09-02"
_SPARE = 64


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: counts, and places in the status lists that no award has."""

    awards: int
    files: int
    erased: int
    shapes: int
    """How many kinds of credential there are that differ in nothing but strings."""
    spare: tuple[int, ...]
    nano: tuple[str, str]
    """Id and version of a credential that stacks from nothing."""


def write_programme(
    root: Path, awards: int, credentials: int = 60, keys: Mapping[Role, str] | None = None
) -> Written:
    """Write the repository into the empty folder ``root``; the same bytes for the same numbers and keys.

    ``keys`` are the issuer's public keys; without them it is the demo's, whose proofs no build records.
    Raises ValueError for more awards or credentials than there is room for.
    """
    if not 1 <= awards <= MOST_AWARDS:
        raise ValueError(f"a programme has 1 to {MOST_AWARDS:,} awards")
    specs = [_since_years(spec) for spec in credential_specs(credentials)]
    write_ground(root, specs, keys, _FIRST_VERSION)
    clerk = Clerk(Random(f"{awards} awards of {credentials} credentials"), specs, awards)
    for path, text in clerk.files():
        write_text(root / path, text)
    spare = tuple(clerk.index() for _ in range(_SPARE))
    nano = (specs[0]["id"], specs[0]["version"])
    files = sum(clerk.folders.values())
    return Written(clerk.made, files, clerk.erased, len(clerk.shapes), spare, nano)


def write_one_more(root: Path, written: Written, number: int) -> str:
    """Write one award file with a single new award, as a merge brings it; return its path.

    ``number`` counts from 0: each gives another award.
    """
    chance = Random(f"one more, {number}")
    head = Head(
        credential=written.nano[0],
        version=written.nano[1],
        issued_on=NOW - timedelta(days=2),
        assessed_by=BOARDS[0],
        roster_key=ROSTER_KEY,
    )
    digits = chance.randbytes(64).hex()
    entry = Entry(
        id=award_id(chance),
        learner=chance.randbytes(16).hex(),
        email=digits[:64],
        name=digits[64:],
        status_index=written.spare[number],
        score=90,
    )
    path = f"issued/{NOW.year}/one-more-{number:02}.yaml"
    write_text(root / path, file_text(head, [entry]))
    return path


def _since_years(spec: Spec) -> Spec:
    """Return a credential as it is after years: published long ago, valid for two years at least."""
    published = SECOND_VERSION.isoformat() if spec["version"] == "2.0" else _FIRST_VERSION
    valid = {"valid_for": "P2Y"} if spec.get("valid_for") == "P1Y" else {}
    return {**spec, "published": published, **valid}


def main() -> None:
    """Read the options and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--awards", type=int, default=1000)
    parser.add_argument("--credentials", type=int, default=60)
    given = parser.parse_args()
    given.folder.mkdir(parents=True)
    written = write_programme(given.folder, given.awards, given.credentials)
    print(f"{written.awards:,} awards in {written.files:,} files, {written.erased:,} erased")


if __name__ == "__main__":
    main()
