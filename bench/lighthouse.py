"""Lighthouse's four scores for one page of each kind of the demo site, on a phone and on a desktop.

    python bench/lighthouse.py [--site FOLDER] [--runs 1] [--report FOLDER]

npm's lighthouse drives the machine's Chromium. The phone is lighthouse's own: a slow 4G line and a processor
four times slower than this one. Of several runs the median counts. Award pages are shown as a copy, because
the demo's home is no real host. What costs points is listed below the table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench._host import hosted  # noqa: E402
from tests.support.demo import demo_site_in  # noqa: E402
from tools.chromium import find_chromium  # noqa: E402
from tools.node import find_node, install_packages  # noqa: E402

PACKAGES = REPOSITORY / "bench" / "lighthouse"
PROGRAM = PACKAGES / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
)
LEAST = 95
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-component-update --disable-background-networking"
)
# Award pages ask not to be found unless their holder agreed: that one point of SEO is their purpose.
_MEANT = {"is-crawlable"}

Report = dict[str, Any]


def main() -> int:
    """Measure and print; return 1 where a score is below the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built demo site; built anew without it")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--report", type=Path, help="keep lighthouse's own JSON here")
    given = parser.parse_args()
    if install_packages(PACKAGES):
        return 1
    with tempfile.TemporaryDirectory() as place:
        site = given.site or demo_site_in(Path(place))
        with hosted(site) as start:
            found = {
                (kind, preset): [measure(start + path, preset) for _ in range(given.runs)]
                for kind, path in kinds(site).items()
                for preset in ("mobile", "desktop")
            }
    if given.report:
        keep(found, given.report)
    return tell(found)


def kinds(site: Path) -> dict[str, str]:
    """Return the address of one page of each kind, below the site's own."""
    awards = sorted(path.parent.name for path in site.glob("issued/*/index.html"))
    listed = [name for name in awards if name in (site / "sitemap.xml").read_text(encoding="utf-8")]
    return {
        "home": "",
        "credential": "credentials/data-literacy/",
        "framework": "frameworks/data-and-digital/",
        "award": f"issued/{next(name for name in awards if name not in listed)}/",
        "listed award": f"issued/{listed[0]}/",
        "check": "verify/",
        "guide": "guides/verifier/",
    }


def measure(url: str, preset: str) -> Report:
    """Return lighthouse's report on one page; raise RuntimeError where it could not load it."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no Chromium on PATH")
    command = [
        str(find_node().program), str(PROGRAM), url, "--output=json", "--quiet", "--max-wait-for-load=45000",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_FLAGS}",
        *(["--preset=desktop"] if preset == "desktop" else []),
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(chromium)}
    finished = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=180, check=False
    )
    if finished.returncode:
        raise RuntimeError(f"lighthouse: exit {finished.returncode}: {finished.stderr[-800:]}")
    report: Report = json.loads(finished.stdout)
    if "runtimeError" in report:
        raise RuntimeError(f"{url}: {report['runtimeError']['message']}")
    return report


def keep(found: dict[tuple[str, str], list[Report]], folder: Path) -> None:
    """Write each first report into ``folder``, for lighthouse's own viewer."""
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, preset), reports in found.items():
        name = f"{kind.replace(' ', '-')}-{preset}.json"
        (folder / name).write_text(json.dumps(reports[0]), encoding="utf-8")


def tell(found: dict[tuple[str, str], list[Report]]) -> int:
    """Print scores, metrics and what costs points; return 1 where a score misses the target."""
    columns = ("perf", "a11y", "best", "seo", "FCP ms", "LCP ms", "TBT ms", "CLS", "kB")
    print(f"{'page':<14}{'as':<9}" + "".join(f"{name:>8}" for name in columns))
    lost: dict[str, list[str]] = {}
    missed = False
    for (kind, preset), reports in found.items():
        scores = [
            median(report["categories"][name]["score"] * 100 for report in reports) for name in CATEGORIES
        ]
        values = [median(report["audits"][name]["numericValue"] for report in reports) for name in METRICS]
        weight = median(report["audits"]["total-byte-weight"]["numericValue"] for report in reports) / 1000
        row = [f"{value:>8.0f}" for value in (*scores, *values[:3])] + [f"{values[3]:>8.3f}{weight:>8.1f}"]
        print(f"{kind:<14}{preset:<9}" + "".join(row))
        costing = costs(reports[0])
        for line in costing.values():
            lost.setdefault(line, []).append(f"{kind} {preset}")
        low = {name for name, score in zip(CATEGORIES, scores, strict=True) if score < LEAST}
        missed = missed or bool(low - ({"seo"} if set(_seo(reports[0])) <= _MEANT else set()))
    index = median(
        report["environment"]["benchmarkIndex"] for reports in found.values() for report in reports
    )
    print(f"\nlighthouse's index of this machine's speed: {index:.0f} (a fast desktop has 1500 to 2000)")
    print("\nwhat costs points:" if lost else "\nnothing costs points")
    for line, places in lost.items():
        print(f"  {line}: {', '.join(places)}")
    return int(missed)


def median(values: Any) -> float:
    """Return the median of the runs."""
    return float(statistics.median(values))


def costs(report: Report) -> dict[str, str]:
    """Return the weighted audits that are not perfect, and what each says, by id."""
    told = {}
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                told[audit["id"]] = f"{category}: {audit['id']} ({audit['title']})"
    return told


def _seo(report: Report) -> list[str]:
    return [name for name, line in costs(report).items() if line.startswith("seo")]


if __name__ == "__main__":
    sys.exit(main())
