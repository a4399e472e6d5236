"""The bucket that a site goes to, as a person names it. Nothing of a name that is refused is quoted.

Who pastes an address with a password in it should not find the password in a log.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.uploading.refused import UploadRefused

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_STEP = re.compile(r"[A-Za-z0-9._~!-]+")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a bucket; the prefix has no slash at either end, and is empty for the bucket's top."""

    bucket: str
    prefix: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".removesuffix("/")


def parse_target(text: str) -> Target:
    """Return what ``s3://BUCKET`` or ``s3://BUCKET/PREFIX`` names; raises ``UploadRefused``."""
    scheme, _, rest = text.partition("://")
    bucket, _, prefix = rest.removesuffix("/").partition("/")
    steps = prefix.split("/") if prefix else []
    if scheme != "s3" or not _BUCKET.fullmatch(bucket) or not all(map(_is_step, steps)):
        raise UploadRefused(
            "the target must be s3://BUCKET or s3://BUCKET/PREFIX",
            "a prefix has letters, digits and . _ ~ ! - between single slashes;"
            " credentials come from the environment (AWS_ACCESS_KEY_ID and others)",
        )
    return Target(bucket, prefix)


def _is_step(text: str) -> bool:
    return text not in (".", "..") and _STEP.fullmatch(text) is not None


def parse_endpoint(text: str | None) -> str | None:
    """Return the address of an S3 server other than Amazon's, without its last slash; None for Amazon's.

    Raises ``UploadRefused`` for one that is not https: only a server on this machine may be asked over http.
    """
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    is_plain = parts.scheme == "http" and _is_this_machine(host) if host else False
    if not host or parts.query or parts.fragment or "@" in parts.netloc:
        raise UploadRefused(
            "the endpoint must be the address of a server", "for example https://s3.example.org"
        )
    if parts.scheme != "https" and not is_plain:
        raise UploadRefused(
            "the endpoint must begin with https://", "http:// is for a server on this machine only"
        )
    return text.removesuffix("/")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
