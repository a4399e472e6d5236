"""Publishing to a real S3 server: what is written, in which order, what a client is served, what stays."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from site_builder.uploading.bucket import Bucket
from site_builder.uploading.difference import Stored, by_stage
from site_builder.uploading.files import SiteFile, read_again, site_files
from site_builder.uploading.refused import UploadRefused, WouldLose
from tests.support.s3 import S3Server
from tests.uploading.sites import (
    AWARDS,
    LAST,
    ONE,
    broken_promises,
    contents,
    erase,
    publish,
    small_site,
    write,
    write_award,
    write_list,
)


class Killed(Exception):  # noqa: N818 - it says what happened
    """The process that publishes is gone."""


class Dying(Bucket):
    """A bucket whose writer dies after a number of writes and deletions."""

    def __init__(self, alive: Bucket, left: int) -> None:
        super().__init__(alive._store, str(alive))
        self._left, self._lock = left, threading.Lock()

    def put(self, file: SiteFile, data: bytes, seen: Stored | None) -> None:
        self._live()
        super().put(file, data, seen)

    def delete(self, path: str) -> None:
        self._live()
        super().delete(path)

    def _live(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left < 0:
                raise Killed


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


def served(s3: S3Server, prefix: str) -> dict[str, bytes]:
    return contents(s3.folder / "badges" / prefix)


def test_the_first_time_all_of_it_and_the_second_time_nothing(s3: S3Server, site: Path) -> None:
    first = publish(site, s3.bucket("first/time"))
    assert served(s3, "first/time") == contents(site)
    assert (len(first.written), first.badges) == (len(contents(site)), (len(AWARDS), 0))
    before = s3.objects("first/time")
    assert publish(site, s3.bucket("first/time")).written == []
    assert s3.objects("first/time") == before


def test_one_changed_award_is_three_objects(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("one"))
    before = s3.objects("one")
    write_award(site, ONE, "signed again")
    plan = publish(site, s3.bucket("one"))
    after = s3.objects("one")
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {f"issued/{ONE}/{name}" for name in ("credential.json", "credential.js", "index.html")}
    assert plan.written == [
        f"issued/{ONE}/{name}" for name in ("credential.json", "credential.js", "index.html")
    ]
    assert plan.badges == (0, 1)
    assert served(s3, "one") == contents(site)


@pytest.mark.parametrize("writes", [0, 1, 5, 14, 20, 27, 34, 41, 50])
def test_an_interrupted_run_shows_no_page_without_its_badge_and_the_next_completes_it(
    s3: S3Server, site: Path, writes: int
) -> None:
    prefix = f"cut/{writes}"
    with pytest.raises(Killed):
        publish(site, Dying(s3.bucket(prefix), writes))
    assert len(served(s3, prefix)) == writes
    assert broken_promises(s3.folder / "badges" / prefix) == []
    again = publish(site, s3.bucket(prefix))
    assert len(again.written) == len(contents(site)) - writes
    assert served(s3, prefix) == contents(site)


def test_an_interrupted_change_shows_no_page_without_its_badge(s3: S3Server, tmp_path: Path) -> None:
    old = small_site(tmp_path / "old", AWARDS[:6])
    new = small_site(tmp_path / "new", AWARDS)
    write(old, "old/index.html", "gone soon")
    erase(new, ONE)
    publish(old, s3.bucket("change"))
    whole = publish(new, s3.bucket("change"))
    assert len(whole.deleted) == 3
    for left in range(0, len(whole.written) + len(whole.deleted), 3):
        prefix = f"change/{left}"
        publish(old, s3.bucket(prefix))
        with pytest.raises(Killed):
            publish(new, Dying(s3.bucket(prefix), left))
        assert broken_promises(s3.folder / "badges" / prefix) == []
        publish(new, s3.bucket(prefix))
        assert served(s3, prefix) == contents(new)


def test_data_comes_before_pages_and_indexes_last(site: Path) -> None:
    stages = by_stage(contents(site))
    place = {path: number for number, stage in enumerate(stages) for path in stage}
    order = [
        ".badgepress",
        "status/1.json",
        f"issued/{ONE}/credential.json",
        f"issued/{ONE}/index.html",
        "credentials/charts/index.html",
        "awards/index.html",
        "index.html",
        "catalog.json",
    ]
    assert [place[path] for path in order] == sorted({place[path] for path in order})
    assert place["did.json"] == place[".well-known/did.json"] == place["assets/badgepress/verify.js"] == 1
    assert place["assets/badgepress/index.en.js"] == place["sitemap.xml.gz"] == len(stages) - 1


def test_what_a_client_is_served(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("headers"))
    json, minutes, hour = "application/json", "public, max-age=300", "public, max-age=3600"
    wanted = {
        "did.json": (json, minutes),
        ".well-known/did.json": (json, minutes),
        "status/1.json": (json, minutes),
        "catalog.json": (json, minutes),
        f"issued/{ONE}/credential.json": (json, hour),
        "credentials/charts/1.0/achievement.json": (json, hour),
        "credentials/charts/1.0/badge.svg": ("image/svg+xml", hour),
        f"issued/{ONE}/index.html": ("text/html; charset=utf-8", minutes),
        "index.html": ("text/html; charset=utf-8", minutes),
        "assets/badgepress/verify.js": ("text/javascript; charset=utf-8", minutes),
        "assets/badgepress/fonts/inter.woff2": ("font/woff2", hour),
        "assets/stylesheets/main.57a0d79d.min.css": (
            "text/css; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        "sitemap.xml.gz": ("application/gzip", minutes),
        ".nojekyll": ("text/plain; charset=utf-8", minutes),
    }
    found = {path: s3.headers(f"headers/{path}") for path in wanted}
    assert {path: (one["content-type"], one["cache-control"]) for path, one in found.items()} == wanted
    assert all("content-encoding" not in one for one in found.values())


def test_what_is_not_in_the_site_any_more_goes_but_for_what_verifiers_ask_for(
    s3: S3Server, site: Path
) -> None:
    write(site, "guides/old/index.html", "old")
    write(site, "assets/stylesheets/main.11111111.min.css", "old")
    write(site, "credentials/gone/1.0/achievement.json", "{}")
    write(site, "credentials/gone/1.0/badge.png", "old")
    write(site, "credentials/gone/index.html", "old")
    publish(site, s3.bucket("less"))
    for path in ("guides", "credentials/gone"):
        shutil.rmtree(site / path)
    (site / "assets/stylesheets/main.11111111.min.css").unlink()
    (site / "did.js").unlink()
    plan = publish(site, s3.bucket("less"))
    assert plan.deleted == [
        "guides/old/index.html",
        "credentials/gone/index.html",
        "assets/stylesheets/main.11111111.min.css",
    ] or set(plan.deleted[:2]) == {"guides/old/index.html", "credentials/gone/index.html"}
    kept = ["credentials/gone/1.0/achievement.json", "credentials/gone/1.0/badge.png", "did.js"]
    assert plan.kept == kept
    assert served(s3, "less").keys() == contents(site).keys() | {*kept}


def test_an_erased_award_leaves_its_page_alone(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("erased"))
    erase(site, LAST)
    plan = publish(site, s3.bucket("erased"))
    assert plan.written == [f"issued/{LAST}/index.html"]
    assert plan.deleted == [f"issued/{LAST}/credential.js", f"issued/{LAST}/credential.json"]
    assert served(s3, "erased") == contents(site)


def test_a_site_without_a_published_badge_is_refused(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("lost"))
    before = s3.objects("lost")
    shutil.rmtree(site / "issued" / ONE)
    (site / "status/1.json").unlink()
    write(site, "index.html", "changed")
    with pytest.raises(WouldLose) as refused:
        publish(site, s3.bucket("lost"))
    assert str(refused.value).startswith("2 files that verifiers ask for would be lost")
    assert refused.value.told == [
        f"issued/{ONE}/credential.json: is published",
        "status/1.json: is published",
    ]
    assert s3.objects("lost") == before


def test_older_lists_and_cleared_bits_are_refused(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("older"))
    before = s3.objects("older")
    write_list(site, "2026-11-21T00:00:00Z", [4])
    with pytest.raises(WouldLose) as refused:
        publish(site, s3.bucket("older"))
    assert refused.value.told == [
        "status/1.json: is of 22 November 2026 there, and of 21 November 2026 in the site",
        "status/1.json: status index 3 of the list is revoked there, and not in the site",
    ]
    assert s3.objects("older") == before
    write_list(site, "2026-11-23T00:00:00Z", [3, 4])
    assert publish(site, s3.bucket("older")).written == ["status/1.json"]


def test_the_site_of_another_issuer_is_refused(s3: S3Server, site: Path, tmp_path: Path) -> None:
    publish(site, s3.bucket("issuer"))
    other = small_site(tmp_path / "other")
    write(other, "did.json", '{"id": "did:web:other.example"}')
    write(other, "catalog.json", '{"site": "https://other.example/", "issuer": "did:web:other.example"}')
    with pytest.raises(
        WouldLose, match=r"is of did:web:badges\.northfield\.example, and this one of did:web:o"
    ):
        publish(other, s3.bucket("issuer"))


def test_a_place_with_something_else_in_it_is_refused(s3: S3Server, site: Path) -> None:
    s3.store.put("taken/index.html", b"the university's home page")
    with pytest.raises(UploadRefused) as refused:
        publish(site, s3.bucket("taken"))
    assert str(refused.value) == "s3://badges/taken has 1 object and no site that badgepress built"
    assert [*s3.objects("taken")] == ["index.html"]


def test_what_others_put_beside_a_site_is_left_alone(s3: S3Server, site: Path, tmp_path: Path) -> None:
    publish(site, s3.bucket("shared"))
    s3.store.put("shared/robots-of-others.txt", b"theirs")
    publish(small_site(tmp_path / "below", [ONE]), s3.bucket("shared/below"))
    write(site, "more.html", "new")
    plan = publish(site, s3.bucket("shared"))
    assert (plan.written, plan.deleted) == (["more.html"], [])
    assert {"robots-of-others.txt", "below/index.html"} <= {*plan.foreign}
    assert served(s3, "shared/below") == contents(tmp_path / "below")


def test_what_others_changed_is_put_right(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("foreign"))
    s3.store.put(f"foreign/issued/{ONE}/credential.json", b"{}")
    s3.store.delete("foreign/did.json")
    plan = publish(site, s3.bucket("foreign"))
    assert plan.written == ["did.json", f"issued/{ONE}/credential.json"]
    assert served(s3, "foreign") == contents(site)


def test_a_copy_without_dot_files_is_marked_before_all_else(s3: S3Server, site: Path) -> None:
    (site / ".badgepress").unlink()
    with pytest.raises(Killed):
        publish(site, Dying(s3.bucket("dots"), 1))
    assert [*s3.objects("dots")] == [".badgepress"]
    publish(site, s3.bucket("dots"))
    assert publish(site, s3.bucket("dots")).written == []
    assert served(s3, "dots").keys() == contents(site).keys() | {".badgepress"}


def test_every_file_can_be_written_again(s3: S3Server, site: Path) -> None:
    publish(site, s3.bucket("fresh"))
    assert len(publish(site, s3.bucket("fresh"), fresh=True).written) == len(contents(site))


def test_names_that_need_care_arrive_as_they_are(s3: S3Server, site: Path) -> None:
    for name in ("a b~c%é.png", "x#y?z.txt", "a%20b.txt", "äöü/中文.md"):
        write(site, f"docs/{name}", name)
    publish(site, s3.bucket("names"))
    assert served(s3, "names") == contents(site)
    assert publish(site, s3.bucket("names")).written == []


def test_links_are_no_files_of_a_site(s3: S3Server, site: Path) -> None:
    (site / "secret.txt").symlink_to("/etc/passwd")
    with pytest.raises(UploadRefused, match=r"^secret\.txt is not a plain file$"):
        publish(site, s3.bucket("links"))
    assert s3.objects("links") == {}


@pytest.mark.parametrize("name", ["two\nlines.txt", "\udcff.txt", "/".join("abcd") * 130])
def test_names_that_no_object_can_have_are_refused(site: Path, name: str) -> None:
    file = site / "docs" / name
    file.parent.mkdir(parents=True)
    file.touch()
    with pytest.raises(UploadRefused, match=r"cannot be the name of an object$"):
        site_files(site)


def test_what_changes_after_it_was_verified_is_not_written(site: Path) -> None:
    file = site_files(site)["index.html"]
    write(site, "index.html", "changed")
    with pytest.raises(UploadRefused, match=r"^index\.html was changed while it was published$"):
        read_again(site, file)
    (site / "index.html").unlink()
    with pytest.raises(
        UploadRefused, match=r"^index\.html cannot be read any more: No such file or directory$"
    ):
        read_again(site, file)
