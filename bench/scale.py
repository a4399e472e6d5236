"""How fast the press is: one credential and whole repositories, beside others and beside the floors.

    python bench/scale.py [--sizes 1000,10000,100000] [--rounds 5] [--quick] [--draw] [--output FOLDER]

Measures us, npm's @digitalbazaar/vc, PyLD with PyNaCl, and PyPI's openbadgeslib in turn, in the same run, on
the same credentials; compares every proof; and writes docs/speed.md, docs/speed.svg and bench/results.json.
With ``--quick`` it measures little, and prints the page instead. ``--draw`` measures nothing and draws page
and plot from the results that are there. Run it on a machine that does nothing else; it takes about an hour.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from nacl.signing import SigningKey  # noqa: E402

from bench._agreement import Made, by_library, made  # noqa: E402
from bench._builds import Bed, extrapolated, measure_size  # noqa: E402
from bench._contest import Contest, contest, told_by  # noqa: E402
from bench._jobs import Keys, make_keys, write_lines  # noqa: E402
from bench._ours import catalog_of  # noqa: E402
from bench._page import page  # noqa: E402
from bench._plot import plot  # noqa: E402
from bench._results import (  # noqa: E402
    RESULTS,
    Agreement,
    Build,
    Results,
    read_results,
    these_versions,
    this_machine,
)
from site_builder.keys import Role  # noqa: E402
from tools.node import install_packages  # noqa: E402

DOCS = REPOSITORY / "docs"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    peers_up_to: int
    """The largest repository that the peers sign; for larger ones their time is in proportion."""
    contest_awards: int = 3000
    contest_credentials: int = 400
    with_npm: int = 1000
    with_library: int = 10_000

    def peer_rounds(self, size: int) -> int:
        """Return in how many rounds the peers take part: they need minutes."""
        return min(self.rounds, max(1, 3000 // size)) if size <= self.peers_up_to else 0


def measure(plan: Plan, folder: Path, tell: Callable[[str], None]) -> Results:
    """Measure everything in the new folder ``folder``; ``tell`` is told what comes next."""
    keys = make_keys(folder / "keys")
    bed = Bed(folder / "contest", plan.contest_awards, keys)
    tell(f"building {plan.contest_awards:,} awards to take credentials from")
    bed.build()
    tell("one credential, everybody in turn")
    one = contest(folder / "one", bed.root, bed.site, keys, plan.contest_credentials, plan.rounds)
    agreement = agreed(plan, bed.root, keys, folder, tell)
    builds = []
    for size in plan.sizes:
        tell(f"{size:,} awards")
        builds.append(measure_size(folder / str(size), size, keys, plan.rounds, plan.peer_rounds(size)))
    return results(folder, one, agreement, builds)


def results(folder: Path, one: Contest, agreement: dict[str, Agreement], builds: list[Build]) -> Results:
    """Return all that was measured in ``folder``, with the machine and the day."""
    return Results(
        day=datetime.now(UTC).date().isoformat(),
        machine=this_machine(folder),
        versions=these_versions(),
        contest=one.to_json(),
        agreement=agreement,
        builds=tuple(extrapolated(builds)),
    )


def agreed(
    plan: Plan, root: Path, keys: Keys, folder: Path, tell: Callable[[str], None]
) -> dict[str, Agreement]:
    """Return how many random credentials others sign as we do."""
    key, key_id = SigningKey(keys.seed), f"did:web:measured.example#{keys.public[Role.ISSUE]}"
    catalog = catalog_of(root)
    tell(f"{plan.with_npm:,} random credentials with npm's library")
    few = made(catalog, key, key_id, plan.with_npm)
    theirs = told_by("vc", write_lines(folder, few.lines, keys, key_id))["proofs"]
    tell(f"{plan.with_library:,} random credentials with our own library's way")
    many = made(catalog, key, key_id, plan.with_library, seed=2)
    return {
        "vc": _same(few, theirs),
        "library": _same(many, [by_library(line, key, key_id)[0] for line in many.lines]),
    }


def _same(ours: Made, theirs: list[str]) -> Agreement:
    same = sum(one == other for one, other in zip(ours.proofs, theirs, strict=True))
    if same < len(theirs) or ours.uncompiled:
        raise SystemExit(f"only {same} of {len(theirs)} proofs agree; {ours.uncompiled} were not compiled")
    return Agreement(len(theirs), ours.shapes, same)


def draw(found: Results, docs: Path) -> None:
    """Write page and plot of these results."""
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "speed.md").write_text(page(found), encoding="utf-8")
    (docs / "speed.svg").write_text(plot(found), encoding="utf-8")


def main() -> None:
    """Read the options, measure, and write or print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of awards, with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers-up-to", type=int, default=10_000, help="the largest size that peers sign")
    parser.add_argument("--quick", action="store_true", help="measure little, and print the page")
    parser.add_argument("--draw", action="store_true", help="measure nothing, draw what was measured before")
    parser.add_argument("--output", type=Path, help="a folder for page, plot and results, in place of docs/")
    parser.add_argument("--scratch", type=Path, help="a folder on the disk that is to be measured")
    given = parser.parse_args()
    if given.draw:
        draw(read_results(RESULTS), given.output or DOCS)
        return
    plan = Plan(tuple(map(int, given.sizes.split(","))), given.rounds, given.peers_up_to)
    if given.quick:
        plan = Plan((100, 300), 1, 300, 300, 40, 50, 100)
    if install_packages():
        raise SystemExit("npm's packages could not be installed")
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:7.0f} s  {what}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="badgepress-bench-", dir=given.scratch) as folder:
        found = measure(plan, Path(folder), tell)
    _keep(found, given.output, is_quick=given.quick)


def _keep(found: Results, output: Path | None, *, is_quick: bool) -> None:
    if output is not None:
        draw(found, output)
        (output / RESULTS.name).write_text(found.to_json(), encoding="utf-8")
    elif is_quick:
        print(page(found))
    else:
        RESULTS.write_text(found.to_json(), encoding="utf-8")
        draw(found, DOCS)


if __name__ == "__main__":
    main()
