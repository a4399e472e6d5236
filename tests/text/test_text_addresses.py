from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.assembling.addresses import Addresses
from site_builder.problems import Severity
from site_builder.text import addresses
from site_builder.text.addresses import address_fault, site_address_fault
from site_builder.verifying.did_web import did_url

NOT_PUBLIC = "must name a host on the public internet, not "


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a%20b/?q=1&r=%C3%A9#part-2",
        "https://xn--mnchen-3ya.example/kurse",
        "https://xn--strae-oqa.example/",
        "https://example.org:8443/(x)/O'Brien;a=1,2",
        "https://example.org",
        "https://xn--r8jz45g.xn--zckzah.example/",
        "https://canary.invalid/x",
    ],
)
def test_a_good_address_passes_without_warning(url: str) -> None:
    assert address_fault(url) is None


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "is empty"),
        ("javascript:x()", "must start with https://, not 'javascript:'"),
        ("JaVaScRiPt:x()", "must start with https://, not 'JaVaScRiPt:'"),
        ("data:text/html,<b>", "must start with https://, not 'data:'"),
        ("//example.org/x", "must start with https://, not '//'"),
        ("http://example.org/", "must start with https://, not 'http://'"),
        (" https://example.org/", "must start with https://"),
        ("example.org", "must start with https://"),
        ("https://user:hunter2@example.org/", "must not hold a user name or a password"),
        ("https://169.254.169.254/", "must name a host, not an IP address"),
        ("https://2130706433/", "must name a host, not an IP address"),
        ("https://0x7f.0.0.1/", "must name a host, not an IP address"),
        ("https://0177.1/", "must name a host, not an IP address"),
        ("https://127.0x1/", "must name a host, not an IP address"),
        ("https://[::1]/", "must name a host, not an IP address"),
        ("https://[::1/", "must name a host, not an IP address"),
        ("https://localhost:8080/", NOT_PUBLIC + "'localhost'"),
        ("https://printer.local/", NOT_PUBLIC + "'printer.local'"),
        ("https://intranet/", NOT_PUBLIC + "'intranet'"),
        ("https:///criteria", "has no host"),
        ("https://a..example/", "must name a host by letters, digits, dashes and dots, not 'a..example'"),
        ("https://-a.example/", "must name a host by letters, digits, dashes and dots, not '-a.example'"),
        ("https://xn--a.example/", "has the host label 'xn--a', which is not valid Punycode"),
        ("https://example.org:99999/", "has a port that is not a number from 1 to 65535"),
        ("https://example.org/%zz", "has a '%' that two hexadecimal digits must follow"),
        ("https://example.org/%0d%0aSet-Cookie:", "has an escaped control character"),
        ("https://example.org/a b", "has a character that an address cannot hold (U+0020)"),
        ("https://example.org/a\nb", "has a character that an address cannot hold (U+000A)"),
        ('https://example.org/"x', "has the character '\"', which an address cannot hold"),
        ("https://example.org\\x", "has the character '\\', which an address cannot hold"),
        ("https://example.org/?a[]=1", "has the character '[' where an address cannot hold it"),
        ("https://example.org/" + "a" * 3000, "is too long (3020 characters, at most 2000)"),
    ],
)
def test_a_bad_address_is_told_why(url: str, message: str) -> None:
    fault = address_fault(url)
    assert fault is not None
    assert (fault.code, fault.message, fault.severity) == ("bad-url", message, Severity.ERROR)


def test_letters_beyond_ascii_get_the_hint_that_fits_their_place() -> None:
    host, path = address_fault("https://münchen.example/"), address_fault("https://example.org/é")
    assert host is not None
    assert host.hint == "write the host in its xn-- form"
    assert path is not None
    assert path.hint == "percent-encode it, as %C3%A9"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "https://xn--pple-43d.example/",
            "has the host label 'xn--pple-43d', which mixes letters of several scripts",
        ),
        (
            "https://xn--80ak6aa92e.example/",
            "has the host label 'xn--80ak6aa92e', which looks like Latin letters but is not",
        ),
        (
            "https://example.org/doc?access_token=abc",
            "has the parameter 'access_token', which looks like a secret that everybody could read",
        ),
        (
            "https://example.org/?X-Amz-Signature=abc",
            "has the parameter 'X-Amz-Signature', which looks like a secret that everybody could read",
        ),
        (
            "https://example.org/ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "has a token, which looks like a secret that everybody could read",
        ),
    ],
)
def test_an_address_that_imitates_or_gives_away_is_warned_of(url: str, message: str) -> None:
    fault = address_fault(url)
    assert fault is not None
    assert (fault.code, fault.message, fault.severity) == ("suspicious-url", message, Severity.WARNING)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "http://127.0.0.1:8000",
        "https://badges.example.org/x/",
        "https://badges.example.org:8443/~a/B_c.d",
    ],
)
def test_a_site_may_be_tried_out_locally(url: str) -> None:
    assert site_address_fault(url) is None


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://example.org/?a=b", "must not have a '?' or '#' part"),
        ("HTTPS://example.org/", "must start with https://, not 'HTTPS://'"),
        ("http://example.org/", "must start with https://, not 'http://'"),
        ("http://127.0.0.1.example/", "must start with https://, not 'http://'"),
        ("https://BADGES.example.org/", "must name its host in lower case, not 'BADGES.example.org'"),
        ("https://example.org:443/", "must not name port 443, which https:// has anyway"),
        ("http://localhost:80/", "must not name port 80, which http:// has anyway"),
        ("https://example.org//", "has an empty step in its path ('//')"),
        ("https://example.org//a/", "has an empty step in its path ('//')"),
        ("https://example.org/a//b", "has an empty step in its path ('//')"),
        ("https://example.org/a/../b/", "has the step '..' in its path"),
        ("https://example.org/./b/", "has the step '.' in its path"),
        ("https://example.org/a%20b/", "has the step 'a%20b' in its path"),
        ("https://example.org/a:b/", "has the step 'a:b' in its path"),
        (
            "https://example.org/" + "a" * 101,
            "has a step of 101 characters in its path, at most 100 are allowed",
        ),
        ("https://example.org/" + "a/" * 21, "has 21 steps in its path, at most 20 are allowed"),
        ("https://example.org\\a", "has the character '\\', which an address cannot hold"),
    ],
)
def test_a_site_address_has_one_spelling(url: str, message: str) -> None:
    fault = site_address_fault(url)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-url", message)


@given(
    st.text(alphabet="aA0./%:-_~?#é\\", max_size=30).map("https://a.example".__add__)
    | st.sampled_from(["http://localhost:8000/x.y/", "https://127.0.0.1/~z"])
)
def test_an_accepted_site_address_makes_a_did_that_leads_back_to_it(url: str) -> None:
    if site_address_fault(url) is not None:
        return
    at = Addresses(url.rstrip("/") + "/")
    assert did_url(at.did).partition("://")[2] == at.url(at.did_paths[0]).partition("://")[2]


@given(
    st.one_of(
        st.text(max_size=60).map("https://example.org/".__add__),
        st.text(alphabet="htps:/.@[]%0aZ1?#=&x-", max_size=40).map("https://".__add__),
        st.text(max_size=30),
    )
)
def test_every_accepted_address_means_to_urllib_what_it_says(url: str) -> None:
    fault = address_fault(url)
    if fault is None or not fault.is_error:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert parts.hostname
        assert "." in parts.hostname
        assert parts.username is None
        assert parts.port is None or 0 < parts.port < 65536
        assert parts.geturl().rstrip("?#") == url.rstrip("?#")


_PARTS = (
    *("https://", "http://", "example.org", "a.example", "/", "//", ".", "..", "-", "_", "~", "@", ":8443"),
    *("?a=b", "#x", "xn--mnchen-3ya", "XN--", "localhost", "127.0.0.1", "0x7f", "Example", "%20", "%", "é"),
    *("[", " ", "a" * 64, "ghp_0123456789abcdefgh", "glpat-0123456789abcdefgh", "xoxb-0123456789a"),
    *("AKIA0123456789ABCDEF", "AIza0123456789012345678901234567890", "eyJ012345678.eyJ012345678."),
    *("sk_live_0123456789a", "?token=x", "/a" * 990),
)  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=8).map("".join), st.booleans())
def test_a_quick_look_at_an_address_says_what_the_full_one_does(text: str, whole: bool) -> None:
    url = f"https://example.org/{text}" if whole else text
    assert address_fault(url) == (addresses._fault_in_full(url))


def test_an_ordinary_address_needs_no_more_than_a_quick_look() -> None:
    assert addresses._is_ordinary("https://evidence.example.org/2026/0f8fad5b-d9cb-469f-a165/Report_1.html")
