"""Which addresses of a live site are asked for, where nothing but its address is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from site_builder.probing.listing import live_lists
from site_builder.probing.live import Heard, LiveSite
from site_builder.probing.resources import Resource
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.web import Reply

LIST = Reply(200, {}, b'{"credentialSubject": {}}')


class Host(LiveSite):
    """A site whose second list and those behind it are answered as ``answer`` says."""

    def __init__(self, answer: Callable[[str], Heard]) -> None:
        super().__init__("https://badges.example.org/")
        self._answer = answer
        self.asked: list[str] = []

    def hear(self, item: Resource, headers: Mapping[str, str] | None = None) -> Heard:
        self.asked.append(item.path)
        return self._answer(item.path)


@pytest.mark.parametrize("status", [404, 410, 403])
def test_lists_are_counted_up_to_the_first_that_is_missing(status: int) -> None:
    host = Host(lambda path: LIST if path in ("status/2.json", "status/3.json") else Reply(status, {}, b""))
    assert list(live_lists(host, 2)) == ["status/2.json", "status/3.json"]


@pytest.mark.parametrize("heard", [Reply(500, {}, b""), Reply(301, {}, b""), Unavailable("did not answer")])
def test_a_list_of_which_the_host_does_not_say_that_it_is_missing_is_probed(heard: Heard) -> None:
    assert list(live_lists(Host(lambda _: heard), 2)) == ["status/2.json"]


@pytest.mark.parametrize("body", [b"<!doctype html>", b"{}", b""])
def test_a_host_that_answers_for_every_address_has_no_endless_row_of_lists(body: bytes) -> None:
    host = Host(lambda _: Reply(200, {}, body))
    assert list(live_lists(host, 2)) == host.asked == ["status/2.json"]
