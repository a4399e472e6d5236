"""Results as a run could have them; nobody measured these figures."""

from __future__ import annotations

from bench._builds import extrapolated
from bench._results import Agreement, Build, Results, Run

CONTEST = {
    "credentials": 200,
    "rounds": 5,
    "shapes": 61,
    "compiling": 9500,
    "cpu": {
        "ours": 62.0,
        "vc": 7211.4,
        "pyld": 5259.0,
        "library": 6100.2,
        "openbadgeslib": 7764.0,
        "signing": 17.3,
        "writing": 31.0,
    },
    "wall": {"ours": 63.0, "vc": 5691.0},
}


def build(awards: int, *, with_peers: bool) -> Build:
    """Return a build whose seconds grow as the awards do, above what starting takes."""

    def run(start: float, each: float) -> Run:
        seconds = round(start + each * awards, 3)
        return Run(seconds, round(1.8 * seconds, 3), 80.0, 5)

    steps = {
        "check": run(0.8, 8e-5),
        "check again": run(0.4, 1e-5),
        "full": run(4, 1.4e-4),
        "first": run(4, 1.6e-4),
        "recorded": run(4, 1.5e-4),
        "again": run(0.4, 4e-6),
        "one more": run(1.1, 3e-6),
        "verify": run(0.6, 1.6e-4),
    }
    floors = {
        "press": run(0.1, 8e-5),
        "yaml": run(0.1, 3e-5),
        "hash": run(0.05, 1e-6),
        "proofs": run(0.1, 5e-5),
    }
    peers = {"vc": run(0.6, 7e-3), "pyld": run(0.3, 5e-3), "openbadgeslib": run(0.5, 8e-3)}
    return Build(
        awards=awards,
        files=awards // 100,
        shapes=300,
        published=8858.1,
        site=9_000 * awards,
        steps=steps,
        floors=floors,
        peers=peers if with_peers else {},
    )


def sample(*sizes: int, peers_up_to: int = 10_000) -> Results:
    """Return results at these sizes."""
    return Results(
        day="2026-11-22",
        machine={"processor": "Example & Co 9000", "cores": "2", "memory": "8 GB", "system": "Linux 6"},
        versions={"PyLD": "3.3.0", "@digitalbazaar/vc": "7.3.0"},
        contest=CONTEST,
        agreement={"vc": Agreement(1000, 100, 1000), "library": Agreement(10_000, 1000, 10_000)},
        builds=tuple(extrapolated([build(size, with_peers=size <= peers_up_to) for size in sizes])),
    )
