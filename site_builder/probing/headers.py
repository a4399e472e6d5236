"""What is wrong with a host's answer for one resource: status, type, cross-origin reads, packing, caching.

Pure. A fault is told as a verifier meets it, with what to do about it on the usual hosts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

from site_builder.probing.live import MISSING, ORIGIN, Heard
from site_builder.probing.resources import DAY, Kind, Resource
from site_builder.problems import Problem, Severity, shown
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.web import Reply

_GUIDE = "docs/guides/hosting.md has whole examples"
_HIDDEN = (
    "copy hidden files too: `include-hidden-files: true` for upload-pages-artifact, "
    "`rsync -a site/` rather than `cp site/*`, and no nginx rule that denies `/.`"
)
_REDIRECT = (
    "verifiers follow no redirect: serve the file at this very address; look at the rules for www, https, "
    "trailing slashes and a custom domain"
)
_CORS = (
    "nginx: add_header Access-Control-Allow-Origin * always; S3: a CORS rule of the bucket; "
    f"GitHub Pages sends it by itself, so look at what stands in front of it; {_GUIDE}"
)
_TYPE = f"nginx: include mime.types; S3: the object's Content-Type; {_GUIDE}"
_PACKED = "pack only for those who ask for it: no object that is stored with Content-Encoding: gzip"


def problem(path: str, code: str, message: str, hint: str = "", *, is_warning: bool = False) -> Problem:
    """Return what is wrong at one path of the live site."""
    severity = Severity.WARNING if is_warning else Severity.ERROR
    return Problem(path=path, code=code, message=message, hint=hint, severity=severity)


def answer_problems(item: Resource, heard: Heard) -> Iterator[Problem]:
    """Yield what is wrong with the answer for a resource that must be there."""
    if isinstance(heard, Unavailable):
        yield problem(item.path, "no-answer", f"cannot be had: {heard}")
    elif heard.status != 200:
        yield _status(item, heard)
    else:
        yield from _type(item, heard.headers)
        yield from _packing(item, heard.headers)
        yield from _caching(item, heard.headers)
        if item.kind.is_shared:
            yield from _cross_origin(item, heard.headers)


def _status(item: Resource, reply: Reply) -> Problem:
    if 300 <= reply.status < 400:
        to = shown(reply.headers.get("location", "another address"))
        return problem(item.path, "redirect", f"answers {reply.status} and sends on to {to}", _REDIRECT)
    if reply.status in MISSING:
        hint = _HIDDEN if item.path.startswith(".") else "publish the whole folder, and try again"
        return problem(item.path, "missing", f"is not there: the host answers {reply.status}", hint)
    hint = "reading must be allowed to everybody, without a password, cookie or key"
    return problem(item.path, "status", f"answers {reply.status}, where 200 is expected", hint)


def _type(item: Resource, headers: Mapping[str, str]) -> Iterator[Problem]:
    expected = item.media_type
    found = headers.get("content-type", "")
    if expected and not expected[0].fullmatch(found.partition(";")[0].strip().lower()):
        said = f"has the type {shown(found)}" if found else "has no Content-Type"
        yield problem(item.path, "content-type", f"{said}, where {expected[1]} is expected", _TYPE)


def _cross_origin(item: Resource, headers: Mapping[str, str]) -> Iterator[Problem]:
    """Fetch Standard, 4.10 CORS check: the header is ``*`` or the very origin that asked, once."""
    found = headers.get("access-control-allow-origin")
    if found is None:
        message = "has no Access-Control-Allow-Origin, so verifiers that run in a browser cannot read it"
        yield problem(item.path, "cors", message, _CORS)
    elif found == ORIGIN:
        if "origin" not in headers.get("vary", "").lower():
            message = "allows the origin that asked, without `Vary: Origin`: caches hand it to others"
            yield problem(item.path, "cors", message, _CORS)
    elif found != "*":
        message = f"has Access-Control-Allow-Origin {shown(found)}, where a single * is expected"
        yield problem(item.path, "cors", message, _CORS)


def _packing(item: Resource, headers: Mapping[str, str]) -> Iterator[Problem]:
    packing = headers.get("content-encoding", "identity").lower()
    if packing != "identity":
        message = f"comes packed as {shown(packing)}, though that was not asked for"
        yield problem(item.path, "packed", message, _PACKED)


def _caching(item: Resource, headers: Mapping[str, str]) -> Iterator[Problem]:
    """RFC 9111, 4.2: what a cache may answer with instead of asking the host."""
    control, longest = headers.get("cache-control", "").lower(), item.kind.keeps
    found = _freshness(headers)
    if found is None:
        if longest <= DAY and "no-" not in control:
            message = "does not say how long caches may keep it, so each decides for itself"
            yield problem(item.path, "caching", message, _keep_hint(item.kind), is_warning=True)
        return
    if found > longest:
        message = f"may be kept by caches for {_time(found)}, where at most {_time(longest)} is expected"
        yield problem(item.path, "caching", message, _keep_hint(item.kind))
    elif "immutable" in control and longest <= DAY:
        message = "is called immutable, and it changes: caches would not ask for it again"
        yield problem(item.path, "caching", message, _keep_hint(item.kind))


def _keep_hint(kind: Kind) -> str:
    seconds = 300 if kind.keeps <= DAY else 3600
    return f"send Cache-Control: max-age={seconds} for {kind.name}; GitHub Pages sends 600 for everything"


def _freshness(headers: Mapping[str, str]) -> int | None:
    """Return for how many seconds an answer is fresh (RFC 9111, 4.2.1); None where it does not say."""
    control = headers.get("cache-control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return 0
    ages = [int(age) for age in re.findall(r"(?:s-maxage|max-age)\s*=\s*\"?(\d{1,12})", control)]
    if ages:
        return max(ages)
    try:
        ends = parsedate_to_datetime(headers["expires"])
        return max(0, int((ends - parsedate_to_datetime(headers["date"])).total_seconds()))
    except KeyError:
        return None
    except (ValueError, TypeError):
        return 0  # 5.3: what cannot be read is in the past


def _time(seconds: int) -> str:
    for size, word in ((DAY, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "no time"


def absence_problems(item: Resource, heard: Heard) -> Iterator[Problem]:
    """Yield what is wrong with the answer for an address where nothing stands."""
    if isinstance(heard, Unavailable):
        yield problem(item.path, "no-answer", f"cannot be asked: {heard}")
    elif heard.status in MISSING:
        return
    elif heard.status == 403:
        message = "answers 403, where nothing stands and 404 is expected"
        hint = "S3: allow s3:ListBucket, so that what is missing is told from what is forbidden"
        yield problem(item.path, "not-found", message, hint, is_warning=True)
    else:
        message = f"answers {heard.status}, where nothing stands and 404 is expected"
        hint = (
            "a badge that is gone must not look as if it were there: serve 404.html with the status 404, "
            "and no front page for unknown addresses"
        )
        yield problem(item.path, "not-found", message, hint)


def packed_problems(item: Resource, plain: bytes, heard: Heard) -> Iterator[Problem]:
    """Yield what is wrong with the answer of a host that was asked for the packed form of ``plain``."""
    if isinstance(heard, Unavailable) or heard.status != 200:
        yield problem(item.path, "packed", "cannot be had by those who accept gzip, as browsers do", _PACKED)
        return
    packing = heard.headers.get("content-encoding", "identity").lower()
    body: bytes | None = heard.body
    if packing == "gzip":
        body = unpacked(heard.body, item.kind.largest)
    elif packing != "identity":
        body = None
    if body != plain:
        message = "is another file for those who accept gzip, as browsers do"
        yield problem(item.path, "packed", message, "delete stale .gz files beside it, or pack on the fly")


def unpacked(packed: bytes, largest: int) -> bytes | None:
    """Return what ``packed`` holds, up to ``largest`` bytes; None where it is no whole gzip file."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = unpacker.decompress(packed, largest + 1)
    except zlib.error:
        return None
    return data if unpacker.eof and len(data) <= largest else None
