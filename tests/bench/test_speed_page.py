"""The page and the plot of what was measured: drawn from the results, and from nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench._page import clock, page
from bench._plot import Scale, all_series, plot
from bench._results import RESULTS, Results, read_results
from site_builder.reading.docs_guard import page_problem
from tests.bench.sample import sample

DOCS = Path(__file__).parent.parent.parent / "docs"
SVG = "{http://www.w3.org/2000/svg}"
THREE = (1000, 10_000, 100_000)


def test_what_is_published_is_drawn_from_the_results() -> None:
    found = read_results(RESULTS)
    assert (DOCS / "speed.md").read_text("utf-8") == page(found)
    assert (DOCS / "speed.svg").read_text("utf-8") == plot(found)


def test_results_are_kept_whole(tmp_path: Path) -> None:
    kept = tmp_path / "results.json"
    kept.write_text(sample(*THREE).to_json(), "utf-8")
    assert read_results(kept) == sample(*THREE)


def rows(text: str, after: str) -> dict[str, list[str]]:
    """Return the first table below a heading, by the first cell of its rows."""
    lines = text[text.index(after) :].split("\n\n")
    table = next(part for part in lines if part.startswith("|")).strip().splitlines()
    cells = [[cell.strip().replace("\u00a0", " ") for cell in line.strip("|").split("|")] for line in table]
    return {row[0]: row[1:] for row in cells}


def test_the_page_tells_each_figure_once_and_right() -> None:
    text = page(sample(*THREE))
    one = rows(text, "## One credential")
    assert one["npm `@digitalbazaar/vc` with `eddsa-rdfc-2022`"] == ["7,211 µs", "116"]
    assert one["ours, as a build signs: by compiled shapes"] == ["62 µs", "1.0"]
    assert one["floor: PyNaCl's signature alone"] == ["17 µs", "0.3"]
    large = rows(text, "### With 100,000 awards")
    assert large["build"] == ["18.0 s", "32.4 s", "80 MB", "8.10 s"]
    assert large["verify"][-1] == "5.10 s"
    assert len(large) == 2 + 8
    assert "takes 3.3 times as long. At 100,000 awards it takes 2.2 times as long as its floor." in text
    assert "the same proof for 1,000 of 1,000 (100 shapes)" in text
    assert "100,000 awards on 2 cores (Example & Co 9000):** checked in" in text


def test_what_was_not_run_is_marked_so() -> None:
    text = page(sample(*THREE))
    beside = rows(text, "## Whole builds beside others")
    assert beside["awards"] == ["1,000", "10,000", "100,000"]
    assert beside["PyLD and PyNaCl, badges only"] == ["5.30 s (9.54 s)", "50.3 s (90.5 s)", "*503 s (905 s)*"]
    assert "In italics: not run" in text
    assert "Rounds: ours 5; others 5 at 1,000 awards, 5 at 10,000 awards." in text
    assert "In italics" not in page(sample(1000, 10_000))


def test_one_size_alone_has_no_growth() -> None:
    text = page(sample(300))
    assert "times as long as its floor" in text
    assert "\nFrom " not in text


@pytest.mark.parametrize("sizes", [(100,), THREE])
def test_the_page_may_stand_in_docs(sizes: tuple[int, ...]) -> None:
    assert page_problem("docs/speed.md", page(sample(*sizes)).encode()) is None


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.044, "0.04 s"), (1.849, "1.85 s"), (12.42, "12.4 s"), (1240, "1,240 s")]
)
def test_seconds_have_the_digits_that_count(seconds: float, told: str) -> None:
    assert clock(seconds).replace("\u00a0", " ") == told


def drawn(results: Results) -> ElementTree.Element:
    return ElementTree.fromstring(plot(results))


def test_both_axes_go_by_powers_of_ten() -> None:
    scale = Scale.around([(1000, 0.2), (100_000, 800)])
    assert (scale.x, scale.y) == ((3, 5), (-1, 3))
    left, bottom = scale.at(1000, 0.1)
    right, top = scale.at(100_000, 1000)
    assert scale.at(10_000, 10) == ((left + right) / 2, (bottom + top) / 2)
    labels = [text.text for text in drawn(sample(*THREE)).iter(f"{SVG}text")]
    assert [
        label for label in ("1,000", "10,000", "100,000", "0.1", "1", "10", "100") if label not in labels
    ] == []
    assert {"awards", "seconds"} <= set(labels)


def test_each_row_is_where_its_figures_are() -> None:
    results = sample(*THREE)
    series = {one.name: one for one in all_series(results.builds)}
    full = series["ours: whole build"]
    assert list(full.points) == [(1000, 4.14), (10_000, 5.4), (100_000, 18.0)]
    scale = Scale.around([point for one in series.values() for point in one.points])
    places = "L".join(f"{x} {y}" for x, y in (scale.at(*point) for point in full.points))
    assert f'd="M{places}"' in plot(results)


def test_rows_differ_by_more_than_colour_and_are_named() -> None:
    results = sample(*THREE)
    series = all_series(results.builds)
    assert len({one.mark for one in series}) == len({one.colour for one in series}) == len(series) == 7
    labels = {text.text for text in drawn(results).iter(f"{SVG}text")}
    assert {one.name for one in series} <= labels


def test_what_was_not_run_is_hollow() -> None:
    assert plot(sample(*THREE)).count('class="hollow"') == 3
    assert 'class="hollow"' not in plot(sample(*THREE, peers_up_to=100_000))


def test_it_is_told_in_words_too() -> None:
    root = drawn(sample(*THREE))
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert told is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert title.text == "Seconds for whole builds, by number of awards, on Example & Co 9000, 2 cores"
    assert "PyLD and PyNaCl: 5.3 s for 1,000 awards" in (told.text or "")
    assert "503 s for 100,000 awards (not run)" in (told.text or "")


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = plot(sample(*THREE))
    names = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    assert names <= {"svg", "title", "desc", "style", "rect", "text", "line", "path", "circle", "g"}
    assert re.findall(r"url\(|@import|@font-face|href|<script|on\w+=", text) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_on_its_ground(scheme: str) -> None:
    style = re.search(r"<style>(.*)</style>", plot(sample(*THREE)), re.DOTALL)
    assert style is not None
    light, dark = style[1].split("@media (prefers-color-scheme:dark)")
    rules = light if scheme == "light" else dark
    ground = re.findall(r"\.ground\{fill:(#\w{6})\}", rules)[0]
    words = re.findall(r"\.(?:ink|quiet)\{fill:(#\w{6})\}", rules)
    lines = re.findall(r"\.c\d\{color:(#\w{6})\}", rules)
    assert (len(words), len(lines)) == (2, 7)
    assert min(contrast(colour, ground) for colour in words) >= 4.5  # WCAG 2.2, 1.4.3
    assert min(contrast(colour, ground) for colour in lines) >= 3  # 1.4.11


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
