"""One guarded GET: the only way in which a verifier opens the network.

https only, or http to this very machine; no redirect, no proxy, no cookie; ten seconds and two megabytes. A
host that a badge names must not lead into the reader's own network, and the address that was checked is the
one that is asked: a name could lead elsewhere the next time it is looked up.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from site_builder.verifying.did_web import LOOPBACK
from site_builder.verifying.sources import MAX_BYTES, Unavailable

SECONDS = 10.0
_HEADERS = {
    "Accept": "application/json, */*;q=0.1",
    "Accept-Encoding": "identity",
    "User-Agent": "badgepress",
}


class Unproven(Unavailable):
    """The host's certificate does not prove that it is the host."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered, whatever its status. ``headers`` are by name in lower case.

    A header that came twice has both values, with a comma between them (RFC 9110, 5.3).
    ``certificate_ends`` is the last second of the host's certificate since 1970, None without TLS.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    certificate_ends: float | None = None


def fetch(url: str, *, largest: int = MAX_BYTES, may_be_private: bool = False) -> bytes:
    """Return the bytes at ``url``; raise :class:`Unavailable`, which says why.

    ``may_be_private`` is for the host that the person at the keyboard typed: only that one may be localhost
    or stand in a private network.
    """
    reply = ask(url, largest=largest, may_be_private=may_be_private)
    host, path = str(_split(url).hostname), _split(url).path
    if 300 <= reply.status < 400:
        raise Unavailable(f"{host} sends on to another address, which is not followed")
    if reply.status != 200:
        raise Unavailable(f"{host} answered {reply.status} for {path[:200]}")
    if reply.headers.get("content-encoding", "identity").lower() != "identity":
        raise Unavailable(f"{host} answered in a packed form that was not asked for")
    return reply.body


def ask(
    url: str,
    *,
    largest: int = MAX_BYTES,
    may_be_private: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return what the host says to a GET of ``url``, also where it refuses or sends on elsewhere.

    Raises :class:`Unavailable` where it says nothing, or too much; ``headers`` are sent besides the usual.
    """
    parts = _split(url)
    host = str(parts.hostname)
    try:
        with closing(_connection(parts, may_be_private=may_be_private)) as connection:
            connection.connect()
            with _deadline(connection.sock):
                return _reply(connection, parts, largest, {**_HEADERS, **(headers or {})})
    except ssl.SSLCertVerificationError as reason:
        raise Unproven(f"{host} does not prove to be {host}: {reason.verify_message}") from reason
    except (OSError, http.client.HTTPException, ValueError) as reason:
        raise Unavailable(f"{host} {_why(reason)}") from reason


def _why(reason: Exception) -> str:
    if isinstance(reason, socket.gaierror):
        return "could not be found"
    if isinstance(reason, TimeoutError):
        return "did not answer in time"
    return "did not answer as a web server does" if not isinstance(reason, OSError) else "did not answer"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named or parts.username is not None or not url.isascii():
        raise Unavailable("this is no address that can be asked")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Unavailable(f"only https addresses are asked, not {parts.scheme[:20]!r}")
    return parts


class _Plain(http.client.HTTPConnection):
    """Connects to an address that was checked; http.client knows no proxies and follows no redirects."""

    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._addresses = addresses

    def connect(self) -> None:
        self.sock = _socket(self._addresses, self.port)


class _Secure(http.client.HTTPSConnection):
    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self._secure)
        self._addresses = addresses

    def connect(self) -> None:
        plain = _socket(self._addresses, self.port)
        self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult, *, may_be_private: bool) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _addresses(host, port)
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise Unavailable(f"{host} is not on the public internet, and was not the address you gave")
    return (_Secure if parts.scheme == "https" else _Plain)(host, port, addresses)


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Return True for an IP address of the public internet, also where it is wrapped in an IPv6 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _behind_nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _behind_nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that RFC 6052's well-known prefix wraps."""
    return ipaddress.IPv4Address(ip.packed[-4:]) if ip in ipaddress.ip_network("64:ff9b::/96") else None


def _socket(addresses: list[str], port: int) -> socket.socket:
    """Connect to the first address that answers."""
    last: OSError = OSError("no address")
    for address in addresses[:4]:
        try:
            return socket.create_connection((address, port), timeout=SECONDS)
        except OSError as reason:
            last = reason
    raise last


@contextmanager
def _deadline(open_socket: socket.socket) -> Iterator[None]:
    """Hang up after ``SECONDS``: a timeout of a socket starts anew with every byte that drips in."""

    def hang_up() -> None:
        try:
            socket.socket.shutdown(open_socket, socket.SHUT_RDWR)
        except OSError:
            return  # closed already: there is nobody left to hang up on

    timer = threading.Timer(SECONDS, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _reply(
    connection: http.client.HTTPConnection, parts: SplitResult, largest: int, headers: Mapping[str, str]
) -> Reply:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", target, headers=dict(headers))
    ends = _certificate_ends(connection.sock)
    response = connection.getresponse()
    data = response.read(largest + 1)
    if len(data) > largest:
        raise Unavailable(f"{parts.hostname} sent more than {largest} bytes")
    return Reply(response.status, _joined(response.getheaders()), data, ends)


def _joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        low = name.lower()
        found[low] = f"{found[low]}, {value}" if low in found else value
    return found


def _certificate_ends(open_socket: socket.socket) -> float | None:
    if not isinstance(open_socket, ssl.SSLSocket):
        return None
    ends = (open_socket.getpeercert() or {}).get("notAfter")
    return ssl.cert_time_to_seconds(ends) if isinstance(ends, str) else None
