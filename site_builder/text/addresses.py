"""Which web addresses may stand in a signed credential.

An address is kept as it is written, because it is signed. It must mean the same to every reader: RFC 3986
letter by letter, a public DNS name, no place that only the reader's machine or network knows, no credentials.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from site_builder.problems import Severity, shown
from site_builder.text.fault import Fault
from site_builder.text.hosts import host_fault, imitation

PREVIEW_ADDRESS = "https://preview.invalid/"
"""The address of every preview: no host can have that name (RFC 2606), so no badge of one is ever at home."""
_LONGEST = 2000
_SHAPE = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?"
)
_AUTHORITY = re.compile(r"(?P<host>[^:\[\]]*)(?P<port>:[^\[\]]*)?")
_PORT = re.compile(r":(?P<number>[1-9][0-9]{0,4})")
_LOCAL = ("localhost", "127.0.0.1")
_LONGEST_STEP, _MOST_STEPS = 100, 20
_STEP = re.compile(rf"[A-Za-z0-9._~-]{{1,{_LONGEST_STEP}}}")
_ODD = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPED_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")

_SECRET_PARAMETER = re.compile(
    r"(?:[a-z]*[_-]?(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key(?:id)?|signature|credential))"
    r"|key|pwd|sig|auth|jwt|sid|session(?:[_-]?id)?|x-(?:amz|goog)-(?:signature|credential|security-token)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}"
    r"|AIza[\w-]{30,}|[sr]k_live_\w{10,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\."
)
# Each token has one of these.
_SIGNS_OF_TOKENS = ("_", "glpat-", "xox", "AKIA", "AIza", "eyJ")
_ORDINARY = re.compile(r"https://([a-z0-9.-]{1,253})(?:/[A-Za-z0-9._~/-]*)?")


def address_fault(url: str) -> Fault | None:
    """Return why ``url`` may not stand in a credential (``bad-url``), a warning, or None.

    Only https, a DNS name with a dot, the characters of RFC 3986 and at most 2000 of them. The warning
    is ``suspicious-url``. No message quotes a part that may hold a secret.
    """
    return None if _is_ordinary(url) else _fault_in_full(url)


def _is_ordinary(url: str) -> bool:
    """Return True where a quick look shows that nothing is wrong: a good host, a path of plain characters."""
    match = _ORDINARY.fullmatch(url)
    if match is None or len(url) > _LONGEST or not _is_good_host(match[1]):
        return False
    return not any(map(url.__contains__, _SIGNS_OF_TOKENS)) or _TOKEN.search(url) is None


@lru_cache(maxsize=512)
def _is_good_host(host: str) -> bool:
    return "xn--" not in host and host_fault(host) is None


def _fault_in_full(url: str) -> Fault | None:
    fault = _scheme_fault(url, ("https",)) or _form_fault(url)
    if fault is not None:
        return fault
    parts = _split(url)
    return (
        _authority_fault(parts["authority"], local=False)
        or _rest_fault(parts)
        or _secret_warning(parts["query"] + "&" + parts["fragment"], url)
        or _imitation_warning(parts["authority"])
    )


def site_address_fault(url: str) -> Fault | None:
    """Return why ``url`` cannot be the address of the site itself, or None.

    The site's did:web is made of it, and every signed address begins with it, so it has one spelling: lower
    case, https, plain path steps, neither query nor fragment (did:web method specification, 3.1 and 3.2). To
    try a site out, http and a port on localhost or 127.0.0.1 will do.
    """
    fault = _scheme_fault(url, ("https", "http")) or _form_fault(url)
    if fault is not None:
        return fault
    parts = _split(url)
    if parts["query"] or parts["fragment"]:
        return _bad("must not have a '?' or '#' part", "pages are added to this address")
    return (
        _authority_fault(parts["authority"], local=True)
        or _site_host_fault(parts["scheme"], parts["authority"])
        or _site_path_fault(parts["path"])
    )


def _site_host_fault(scheme: str, authority: str) -> Fault | None:
    host, _, port = authority.partition(":")
    if host != host.lower():
        return _bad(f"must name its host in lower case, not {shown(host)}", f"write {host.lower()}")
    if scheme == "http" and host not in _LOCAL:
        hint = "http:// is for trying a site out on localhost or 127.0.0.1"
        return _bad("must start with https://, not 'http://'", hint)
    if port == {"https": "443", "http": "80"}[scheme]:
        return _bad(f"must not name port {port}, which {scheme}:// has anyway", f"delete :{port}")
    return None


def _site_path_fault(path: str) -> Fault | None:
    if "//" in path:
        return _bad("has an empty step in its path ('//')", "write a single slash")
    steps = [step for step in path.split("/") if step]
    if len(steps) > _MOST_STEPS:
        return _bad(f"has {len(steps)} steps in its path, at most {_MOST_STEPS} are allowed")
    wrong = next((step for step in steps if step in (".", "..") or not _STEP.fullmatch(step)), None)
    if wrong is None:
        return None
    if len(wrong) > _LONGEST_STEP:
        return _bad(f"has a step of {len(wrong)} characters in its path, at most {_LONGEST_STEP} are allowed")
    hint = "the path of a site has names of letters, digits and - . _ ~ between its slashes"
    return _bad(f"has the step {shown(wrong, 40)} in its path", hint)


def _bad(message: str, hint: str = "") -> Fault:
    return Fault("bad-url", message, hint)


def _form_fault(url: str) -> Fault | None:
    """Length and characters: what can be said before the address is taken apart."""
    if len(url) > _LONGEST:
        return _bad(f"is too long ({len(url)} characters, at most {_LONGEST})")
    odd = _ODD.search(url)
    if odd is None:
        return None
    char = odd.group()
    if char.isascii() and char.isprintable() and char != " ":
        return _bad(
            f"has the character '{char}', which an address cannot hold", f"write it as %{ord(char):02X}"
        )
    named = f"has a character that an address cannot hold (U+{ord(char):04X})"
    return _bad(named, _hint_for(url, char, odd.start()))


def _hint_for(url: str, char: str, position: int) -> str:
    if not char.isprintable():
        return "delete it"
    in_host = re.match(r"[a-z]+://[^/?#]*\Z", url[:position])
    if in_host and not char.isascii():
        return "write the host in its xn-- form"
    escaped = "".join(f"%{byte:02X}" for byte in char.encode())
    return f"percent-encode it, as {escaped}"


def _scheme_fault(url: str, schemes: tuple[str, ...]) -> Fault | None:
    if url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        return None
    if not url:
        return _bad("is empty", "write an address like https://example.org/page")
    found = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?|//", url)
    said = f", not {shown(found.group(), 30)}" if found else ""
    return _bad(f"must start with https://{said}", "write an address like https://example.org/page")


def _split(url: str) -> dict[str, str]:
    match = _SHAPE.fullmatch(url)
    if match is None:
        raise AssertionError("an address with a good scheme and good characters always has this shape")
    return match.groupdict(default="")


def _authority_fault(authority: str, *, local: bool) -> Fault | None:
    if "@" in authority:
        return _bad("must not hold a user name or a password", "delete everything up to and with the @")
    if authority.startswith("["):
        return _bad("must name a host, not an IP address")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        return _bad("has a bracket where the host should be")
    port = _PORT.fullmatch(match["port"] or ":443")
    if port is None or int(port["number"]) > 65535:
        return _bad("has a port that is not a number from 1 to 65535")
    if local and match["host"] in _LOCAL:
        return None
    return host_fault(match["host"])


def _rest_fault(parts: dict[str, str]) -> Fault | None:
    rest = parts["path"] + parts["query"] + parts["fragment"][1:]
    if _BAD_ESCAPE.search(rest):
        return _bad("has a '%' that two hexadecimal digits must follow", "write a percent sign itself as %25")
    if _ESCAPED_CONTROL.search(rest):
        return _bad("has an escaped control character", "delete it")
    for char in "[]#":
        if char in rest:
            return _bad(
                f"has the character '{char}' where an address cannot hold it", f"write it as %{ord(char):02X}"
            )
    return None


def _secret_warning(parameters: str, url: str) -> Fault | None:
    what = "a token" if _TOKEN.search(url) else ""
    for parameter in re.split(r"[?&#;]", parameters):
        name, _, value = parameter.partition("=")
        if value and _SECRET_PARAMETER.fullmatch(unquote(name)):
            what = f"the parameter {shown(unquote(name), 40)}"
    if not what:
        return None
    return Fault(
        "suspicious-url",
        f"has {what}, which looks like a secret that everybody could read",
        "publish an address that opens without it, and withdraw that secret",
        Severity.WARNING,
    )


def _imitation_warning(authority: str) -> Fault | None:
    shows = imitation(authority.partition(":")[0])
    if shows is None:
        return None
    return Fault("suspicious-url", shows, "make sure that it is the host you mean", Severity.WARNING)


def did_web(base: str) -> str:
    """Return the did:web of a site (method specification 3.1): a port's colon is percent-encoded."""
    parts = urlsplit(base)
    names = [quote(parts.netloc, safe="."), *(p for p in parts.path.split("/") if p)]
    return "did:web:" + ":".join(names)
