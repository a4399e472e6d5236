"""The catalog's pages after a merge of awards: few are made, and the folder is as if all had been."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from site_builder.catalog.catalog import Achievement, Catalog, Tallies
from site_builder.catalog.counts import awarded
from site_builder.messages import LANGUAGES
from site_builder.mkdocs_plugin import build_catalog
from site_builder.pages.ground import OF_AWARDS, ground_digest
from site_builder.pages.listed import listed_awards
from site_builder.pages.view import View
from site_builder.publishing.catalog_pages import PagesPlan, plan_pages
from site_builder.publishing.published import PublishedSite
from tests.pages.sample import AT, HOSTILE, LISTED, NOW, PLAIN, sample_catalog
from tests.pages.test_mkdocs_plugin import files_of, make_root
from tests.support.shared import REPOSITORY

SAMPLE = sample_catalog()


@dataclass
class Site:
    """A site that is built again after each edit, as the press does it."""

    folder: Path
    catalog: Catalog = SAMPLE
    day: date = NOW
    program: str = "this program"
    known: bytes | None = None
    everything: int = 0
    first: Site | None = None
    _numbers: count[int] = field(default_factory=lambda: count(100))

    def __post_init__(self) -> None:
        self.root = self.folder / "root"
        self.output = self.folder / "site"
        if not self.root.exists():
            make_root(self.root)

    def plan(self) -> PagesPlan:
        published = PublishedSite(self.output).file
        return plan_pages(
            self.root,
            self.catalog,
            AT,
            self.day,
            known=self.known,
            published=published,
            program=self.program,
        )

    def build(self) -> list[str]:
        """Build what must be built; return the renewed files, with a star where it was everything."""
        plan = self.plan()
        if plan.everything:
            build_catalog(self.root, self.catalog, AT, self.day, self.output)
        for artifact in plan.renewed:
            (self.output / artifact.path).write_bytes(artifact.data)
        self.known = plan.known(self.output if plan.everything else None)
        self.everything += plan.everything
        return ["*"] if plan.everything else [artifact.path for artifact in plan.renewed]

    def clean(self) -> dict[str, bytes]:
        """Return the files of a build into nothing; of the first such one, where that was of the same."""
        if self.first is not None and self.ground() == self.first.ground():
            return files_of(self.first.output)
        target = self.folder / f"clean-{next(self._numbers)}"
        build_catalog(self.root, self.catalog, AT, self.day, target)
        return files_of(target)

    def ground(self) -> tuple[object, ...]:
        """Return what a build into nothing is made from."""
        return self.catalog, self.day, files_of(self.root)

    def copied(self, folder: Path) -> Site:
        """Return this site in another folder, with what was kept of its build."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Site(folder, self.catalog, self.day, known=self.known, first=self)

    def award(self, people: int, listing: str = "unlisted", of: tuple[str, str] = ("sums", "1.1")) -> None:
        """Award a credential to so many people more."""
        model, awards = SAMPLE.awards[PLAIN], dict(self.catalog.awards)
        for number in (next(self._numbers) for _ in range(people)):
            update = {"id": f"00000000-0000-4000-8000-{number:012}", "learner": f"{number:032x}"}
            award = model.award.model_copy(update={**update, "listing": listing})
            achievement = self.catalog.achievements[of]
            awards[award.id] = replace(model, award=award, achievement=achievement)
        self.catalog = replace(self.catalog, awards=awards)

    def reword(self, summary: str) -> None:
        """Change the summary of a credential."""
        item = self.catalog.achievements["sums", "1.1"]
        changed = replace(item, spec=item.spec.model_copy(update={"summary": summary}))
        self.catalog = replace(self.catalog, achievements={**self.catalog.achievements, item.key: changed})

    def guide(self, text: str) -> None:
        (self.root / "docs" / "guides" / "verifier.md").write_text(text, encoding="utf-8")

    def speak(self, *languages: str) -> None:
        self.catalog = replace(self.catalog, settings=replace(self.catalog.settings, languages=languages))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site in three languages that was built into nothing. To be read only."""
    site = Site(tmp_path_factory.mktemp("catalog"))
    site.speak(*LANGUAGES)
    assert site.build() == ["*"]
    return site


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """Return a site in three languages that was built once."""
    return built.copied(tmp_path)


def test_where_nothing_changed_nothing_is_made(site: Site) -> None:
    before = site.known
    assert site.build() == []
    assert site.known == before


def test_an_award_that_changes_no_figure_changes_no_page(site: Site) -> None:
    site.award(3)
    assert site.build() == []
    assert files_of(site.output) == site.clean()


def test_an_award_across_a_step_of_ten_renews_the_one_page_that_tells_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled, rendered = View._filled, []

    def seen(view: View, path: str, *rest: Any) -> str:
        rendered.append(path)
        return filled(view, path, *rest)

    monkeypatch.setattr(View, "_filled", seen)
    site.award(9)  # the sample has one
    expected = [f"{prefix}credentials/sums/index.html" for prefix in ("", "fr/", "ar/")]
    assert site.build() == expected == rendered
    assert b"at least 10 people" in (site.output / expected[0]).read_bytes()
    assert files_of(site.output) == site.clean()


def test_a_listed_award_renews_the_list_and_the_pages_with_an_example(site: Site) -> None:
    site.award(1, "listed", ("steward", "1.0"))
    pages = ("credentials/steward/index.html", "credentials/steward/1.0/index.html", "awards/index.html")
    renewed = [f"{prefix}{page}" for prefix in ("", "fr/", "ar/") for page in pages]
    assert site.build() == [*renewed, "sitemap.xml", "sitemap.xml.gz"]
    assert files_of(site.output) == site.clean()


def test_a_second_example_renews_only_the_list(site: Site) -> None:
    site.award(1, "listed", ("steward", "1.0"))
    site.build()
    site.award(1, "listed", ("steward", "1.0"))
    pages = ["awards/index.html", "fr/awards/index.html", "ar/awards/index.html"]
    assert site.build() == [*pages, "sitemap.xml", "sitemap.xml.gz"]
    assert files_of(site.output) == site.clean()


def test_an_award_that_is_no_longer_listed_leaves_the_list(site: Site) -> None:
    site.catalog = replace(
        site.catalog, awards={name: award for name, award in site.catalog.awards.items() if name != LISTED}
    )
    assert "sitemap.xml" in site.build()
    assert LISTED.encode() not in (site.output / "sitemap.xml").read_bytes()
    assert files_of(site.output) == site.clean()


def test_a_new_day_renews_the_sitemap(site: Site) -> None:
    site.day += timedelta(days=1)
    assert site.build() == ["sitemap.xml", "sitemap.xml.gz"]
    assert files_of(site.output) == site.clean()


def test_a_catalog_with_tallies_has_the_pages_of_one_with_the_awards(site: Site) -> None:
    site.award(25)
    site.award(2, "listed", ("steward", "1.0"))
    site.build()
    listed = sorted(listed_awards(site.catalog), key=lambda award: award.id)
    tallies = Tallies(len(site.catalog.awards), awarded(site.catalog), {}, listed, (), -1, {})
    site.catalog = replace(site.catalog, awards={}, tallies=tallies)
    assert site.build() == []
    assert files_of(site.output) == site.clean()


def _settings(site: Site) -> None:
    path = site.root / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8") + "copyright: Northfield\n", encoding="utf-8")


def _image(site: Site) -> None:
    image = replace(site.catalog.issuer_image, published=b"<svg/>")
    site.catalog = replace(site.catalog, issuer_image=image)


GROUND: dict[str, Callable[[Site], object]] = {
    "a guide's words": lambda site: site.guide("# For verifiers\n\nDownload the badge, and check it.\n"),
    "another guide": lambda site: (site.root / "docs" / "more.md").write_text("# More\n", encoding="utf-8"),
    "a guide gone": lambda site: (site.root / "docs" / "guides" / "verifier.md").unlink(),
    "the settings": _settings,
    "a credential": lambda site: site.reword("Do sums."),
    "the languages": lambda site: site.speak("fr", "en"),
    "the issuer's mark": _image,
    "another program": lambda site: setattr(site, "program", "another program"),
}


@pytest.mark.parametrize("name", GROUND)
def test_a_change_of_the_ground_has_everything_made(site: Site, name: str) -> None:
    GROUND[name](site)
    assert site.build() == ["*"]
    assert site.build() == []
    assert files_of(site.output) == site.clean()


def _damaged(known: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(known))
    return known[:place] + bytes([known[place] ^ (1 << rng.randrange(8))]) + known[place + 1 :]


def test_what_was_kept_may_be_missing_or_damaged(site: Site) -> None:
    known, rng = site.known, random.Random(5)
    assert known is not None
    flipped = [_damaged(known, rng) for _ in range(30)]
    for site.known in (None, b"", b"\n", b"{}", b"\xff" * 99, known[:-1], known[:70], known[1:], *flipped):
        assert site.plan().everything
    site.known = known
    assert not site.plan().everything


@pytest.mark.parametrize(
    "path", ["index.html", "fr/credentials/sums/index.html", "404.html", "sitemap.xml", "sitemap.xml.gz"]
)
def test_a_published_page_that_is_not_as_it_was_made_has_everything_made(site: Site, path: str) -> None:
    (site.output / path).write_bytes((site.output / path).read_bytes() + b"\n")
    assert site.plan().everything
    (site.output / path).unlink()
    assert site.build() == ["*"]
    assert files_of(site.output) == site.clean()


def test_an_empty_file_that_is_missing_is_written_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (site.root / "docs" / "assets").mkdir()
    (site.root / "docs" / "assets" / "own.css").write_bytes(b"")
    site.build()
    (site.output / "assets" / "own.css").unlink()
    assert site.build() == ["assets/own.css"]
    assert files_of(site.output) == site.clean()


def test_what_another_site_s_build_kept_is_no_use(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    other.build()
    site.known = other.known
    assert site.plan().everything


def test_mkdocs_own_search_holds_every_page_so_a_figure_has_everything_made(tmp_path: Path) -> None:
    site = Site(tmp_path)
    path = site.root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").replace("plugins:\n", "plugins:\n  - search\n")
    path.write_text(text, encoding="utf-8")
    site.build()
    assert (site.output / "search" / "search_index.json").is_file()
    site.day += timedelta(days=1)
    assert site.build() == ["sitemap.xml", "sitemap.xml.gz"]
    site.award(9)
    assert site.build() == ["*"]
    assert files_of(site.output) == site.clean()


def test_words_like_the_frame_s_own_marks_do_not_part_a_page(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.reword(f'<main id="content">\n\n\n</main> {HOSTILE}')
    site.build()
    site.award(9)
    assert site.build() == ["credentials/sums/index.html"]
    assert files_of(site.output) == site.clean()


EDITS: tuple[Callable[[Site, random.Random], object], ...] = (
    lambda site, rng: site.award(rng.choice((1, 4, 9, 10)), of=rng.choice(list(SAMPLE.achievements))),
    lambda site, rng: site.award(1, "listed", rng.choice(list(SAMPLE.achievements))),
    lambda site, rng: setattr(site, "day", site.day + timedelta(days=rng.randint(1, 40))),
    lambda site, rng: site.guide(f"# For verifiers\n\nDownload {rng.random()}.\n"),
    lambda site, rng: site.reword(f"Do {rng.random()}."),
    lambda site, rng: site.speak(*rng.sample(LANGUAGES, rng.randint(1, len(LANGUAGES)))),
    lambda site, rng: setattr(site, "known", site.known and _damaged(site.known, rng)),
)


@pytest.mark.parametrize("seed", range(3))
def test_a_history_of_edits_ends_as_a_clean_build_does(tmp_path: Path, seed: int) -> None:
    site, rng = Site(tmp_path), random.Random(seed)
    for _ in range(8):
        # Awards come most often, and a merge may hold several edits.
        for edit in rng.choices(EDITS, (8, 4, 4, 1, 1, 1, 1), k=rng.randint(1, 2)):
            edit(site, rng)
        site.build()
        assert files_of(site.output) == site.clean()
    assert site.everything < 8, "some of these builds should have needed no MkDocs"


def test_every_field_of_a_catalog_is_ground_or_of_awards() -> None:
    first = ground_digest(SAMPLE, AT)
    assert ground_digest(sample_catalog(), AT) == first
    told: set[str] = set()
    for one in fields(SAMPLE):
        other: Any = {} if getattr(SAMPLE, one.name) else {"other": "value"}
        changed = replace(SAMPLE, **{one.name: other})
        told |= {one.name} if ground_digest(changed, AT) != first else set()
    assert told == {one.name for one in fields(SAMPLE)} - OF_AWARDS


def test_a_kind_of_value_that_is_not_known_is_told() -> None:
    with pytest.raises(TypeError, match="set has no plain form"):
        ground_digest(replace(SAMPLE, frameworks={"skills": {1}}), AT)  # type: ignore[dict-item]


def test_a_part_s_every_word_is_ground() -> None:
    item = SAMPLE.achievements["sums", "1.1"]
    others: list[Achievement] = [
        replace(item, is_current=False),
        replace(item, competencies=item.competencies[:1]),
        replace(item, image=replace(item.image, published=b"another")),
        replace(item, spec=item.spec.model_copy(update={"criteria": "Pass."})),
    ]
    digests = {
        ground_digest(replace(SAMPLE, achievements={**SAMPLE.achievements, item.key: other}), AT)
        for other in (item, *others)
    }
    assert len(digests) == 1 + len(others)


def test_a_plan_needs_no_mkdocs() -> None:
    program = (
        "import sys; import site_builder.publishing.catalog_pages;"
        "print([name for name in ('mkdocs', 'material', 'markdown') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
