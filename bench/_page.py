"""The page that tells what was measured: tables, and in words what is and what is not the same work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bench._results import Build, Results, Run
from site_builder.text.dates import date_in_words

_INTRO = """\
# How fast it is

Seconds on one machine, ours beside others', and each beside its floor: what is left when nothing is done
but the one thing that nobody can leave out. `make speed` measures all of it anew and writes this page.
"""
_WHO = (
    ("ours", "ours, as a build signs: by compiled shapes"),
    ("vc", "npm `@digitalbazaar/vc` with `eddsa-rdfc-2022`"),
    ("pyld", "PyLD and PyNaCl"),
    ("openbadgeslib", "PyPI `openbadgeslib`"),
    ("library", "ours, where no shape is compiled: by the library"),
    ("signing", "floor: PyNaCl's signature alone"),
    ("writing", "floor: the same bytes into a file, alone"),
)
_SPACE = "\u00a0"
_PEERS = dict(_WHO[1:4])
_STEPS = (
    ("check", "check", "yaml"),
    ("check again", "check again", "hash"),
    ("full", "build", "press"),
    ("first", "build, recording", "press"),
    ("recorded", "build, recorded", "press"),
    ("again", "build again", "hash"),
    ("one more", "one award more", "hash"),
    ("verify", "verify", "proofs"),
)
_EACH = """\
## Each step

Each is a command in a process of its own, Python's start included. `badgepress check` and `badgepress build`
know nothing from before; **again** means that nothing changed since, and **one award more** is a build after
one new award file. The demo's keys sign, whose proofs nobody records; **recording** is a build with keys of
one's own, which signs and records each proof, and **recorded** the next one from nothing, which finds all
proofs recorded. `badgepress verify` reads the site as a stranger would. Beside the seconds on the clock stand
those of all processes together, the memory of the largest process, and the floor on the clock.
"""
_FLOORS = """\
The floors, on all cores and in Python as well: a **check** must read the award files, so libyaml alone
reads them. A **build** must sign and write, so PyNaCl alone signs as often, and as many files of the same
sizes are written. A **verify** must read the badges and check as many signatures. Who wants to know that
**nothing changed**, or what did, reads and hashes every file of the repository.
"""
_SAME = """\
## What is and what is not the same work

- **The same.** Everybody gets the same credentials and the same key, and makes the same proofs: each of
  them was compared with the published one, character by character. Contexts are at hand for all; nobody
  opens the network.
- **We expand each shape once.** The credentials of a programme differ in few strings: an id, dates,
  hashes, words of evidence. We let PyLD expand one credential of each shape, keep its canonical form as a
  template, and fill in. Others expand every credential. Where every credential had another shape we would
  be as slow as PyLD is.
- **We do more for one credential.** Others are handed the finished document. Ours begins with the award,
  and ends with the bytes that are published.
- **We do more in a build.** The others sign all credentials in one loop and write one JSON file each. Our
  build reads and checks all YAML, signs, writes three files for each award and the whole catalog, checks
  samples of it by the library, verifies, and puts the new site in place of the old one in one step.
- **We use all cores, they use one,** as their libraries come. The processor's seconds are beside the
  clock's.
- **Their sizes.** Where others were not run, their time is in proportion to what they needed for the
  largest size at which they were, and marked so.
"""
_ANEW = """\
## Measure it yourself

    make speed

takes about an hour and writes this page, its plot and `bench/results.json`. `make speed ARGS="--quick"`
takes some minutes and prints the page. The repositories come from `bench/_programme.py`: the same for the
same numbers, up to a million awards, with cohorts, stacks, evidence, wallets, revoked and corrected
awards as real ones have them.
"""


def page(results: Results) -> str:
    """Return the page in Markdown; the same for the same results."""
    builds = sorted(results.builds, key=lambda build: build.awards)
    parts = [
        _INTRO,
        *(_headline(build, results) for build in builds[-1:]),
        *_one(results),
        *_beside(builds),
        _EACH,
        *(_size(build) for build in reversed(builds)),
        _FLOORS,
        *_growth(builds),
        _SAME,
        _machine(results),
        _ANEW,
    ]
    return "\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown: words left, figures right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def clock(seconds: float) -> str:
    """Return seconds with three digits at most: 0.04 s, 1.85 s, 12.4 s, 1,240 s; no line breaks in them."""
    digits = 0 if seconds >= 100 else 1 if seconds >= 10 else 2
    return f"{seconds:,.{digits}f}{_SPACE}s"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _headline(build: Build, results: Results) -> str:
    """Return the figures of the largest size, in a sentence."""
    cores = results.machine["cores"]
    full, check, verify = (clock(build.steps[name].wall) for name in ("full", "check", "verify"))
    again, more = (clock(build.steps[name].wall) for name in ("again", "one more"))
    return (
        f"**{build.awards:,} awards on {cores} cores ({results.machine['processor']}):** checked in {check}, "
        f"built in {full}, verified in {verify}. One award more takes {more}, nothing changed {again}.\n"
    )


def _medians(rounds: int) -> str:
    return f"medians of {rounds} rounds" if rounds > 1 else "one round"


def _machine(results: Results) -> str:
    day = date_in_words(date.fromisoformat(results.day))
    versions = [(f"`{name}`", value) for name, value in results.versions.items()]
    told = table(("measured on", day), [*results.machine.items(), *versions])
    ratios = "Other machines are faster or slower; ratios travel better than seconds."
    return f"## The machine\n\n{ratios}\n\n{told}"


def _one(results: Results) -> Iterator[str]:
    found = results.contest
    cpu, ours = found["cpu"], found["cpu"]["ours"]
    yield "## One credential\n"
    yield (
        f"Processor time for one credential: {found['credentials']} credentials of a programme in "
        f"{found['shapes']} shapes, those of one cohort one after another, each contestant in a process of "
        f"its own, in turn; {_medians(found['rounds'])}.\n"
    )
    rows = [(words, f"{cpu[name]:,.0f}{_SPACE}µs", _times(cpu[name] / ours)) for name, words in _WHO]
    yield table(("who", "one credential", "times ours"), rows)
    yield (
        "Each signs all of them once before the clock starts. So nobody pays for reading contexts, npm's "
        "code is translated to machine code, and our shapes are compiled. To compile one took "
        f"{found['compiling'] / 1000:.0f} ms{_shapes(results.builds)}.\n"
    )
    agreed = [
        f"{_WHERE[name]} the same proof for {one.same:,} of {one.credentials:,} ({one.shapes:,} shapes)"
        for name, one in results.agreement.items()
    ]
    yield (
        "Random credentials, with optional parts in and out and texts that are hard to sign: "
        + ", and ".join(agreed)
        + ".\n"
    )


_WHERE = {"vc": "npm's library gives", "library": "our own library's way gives"}


def _shapes(builds: Sequence[Build]) -> str:
    largest = max(builds, key=lambda build: build.awards, default=None)
    return f"; a programme of {largest.awards:,} awards has {largest.shapes:,} shapes" if largest else ""


def _beside(builds: Sequence[Build]) -> Iterator[str]:
    yield "## Whole builds beside others\n"
    yield f"Seconds on the clock, and those of the processor in brackets. {_rounds(builds)}\n"
    rows = [("ours, everything", *(_both(build.steps["full"]) for build in builds))]
    for name, words in _PEERS.items():
        rows.append((f"{words}, badges only", *(_both(build.peers.get(name)) for build in builds)))
    rows.append(("floor: sign and write", *(_both(build.floors["press"]) for build in builds)))
    yield table(("awards", *(f"{build.awards:,}" for build in builds)), rows)
    if any(run.extrapolated for build in builds for run in build.peers.values()):
        yield "*In italics: not run; in proportion to the size before.*\n"
    yield "![Plot of the seconds that whole builds take, ours and others', as in the tables](speed.svg)\n"


def _rounds(builds: Sequence[Build]) -> str:
    """Return of how many rounds the figures are medians: others take part in fewer, as they need minutes."""
    peers = [(build, run) for build in builds for run in list(build.peers.values())[:1] if run.rounds]
    theirs = ", ".join(f"{run.rounds} at {build.awards:,} awards" for build, run in peers)
    ours = max((build.steps["full"].rounds for build in builds), default=0)
    return f"Rounds: ours {ours}; others {theirs}." if theirs else f"Rounds: {ours}."


def _both(run: Run | None) -> str:
    if run is None:
        return "not run"
    told = f"{clock(run.wall)} ({clock(run.cpu)})"
    return f"*{told}*" if run.extrapolated else told


def _size(build: Build) -> str:
    rows = [
        (
            words,
            clock(run.wall),
            clock(run.cpu),
            f"{run.megabytes:.0f}{_SPACE}MB",
            clock(build.floors[floor].wall),
        )
        for name, words, floor in _STEPS
        if (run := build.steps.get(name)) is not None
    ]
    head = ("step", "clock", "processes", "memory", "floor")
    medians = _medians(build.steps["full"].rounds)
    return (
        f"### With {build.awards:,} awards\n\nIn {build.files:,} files; {build.published / 1000:.1f} kB are "
        f"published for one award, {build.site / 1e6:,.1f} MB in all; {medians}.\n\n{table(head, rows)}"
    )


def _growth(builds: Sequence[Build]) -> Iterator[str]:
    """Yield how a full build grows, and how far it is from its floor."""
    if not builds:
        return
    last = builds[-1]
    told = []
    if len(builds) > 1:
        before = builds[-2]
        ratio = last.steps["full"].wall / before.steps["full"].wall
        sizes = f"From {before.awards:,} to {last.awards:,} awards"
        told.append(f"{sizes} a full build takes {_times(ratio)} times as long.")
    above = last.steps["full"].wall / last.floors["press"].wall
    told.append(f"At {last.awards:,} awards it takes {_times(above)} times as long as its floor.")
    yield "## Growth, and what is left\n"
    yield " ".join(told) + "\n"
