"""A bucket on an S3 server. The only module that imports obstore, which is an extra of this package.

Credentials are read from the environment by obstore itself; none passes through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from site_builder.uploading.answers import refusal
from site_builder.uploading.difference import Stored
from site_builder.uploading.files import SiteFile
from site_builder.uploading.headers import headers_of
from site_builder.uploading.refused import UploadRefused
from site_builder.uploading.target import Target

try:
    from obstore.exceptions import AlreadyExistsError, BaseError, NotSupportedError, PreconditionError
    from obstore.store import MemoryStore, S3Store
except ImportError as error:
    raise UploadRefused(
        "publishing to S3 needs the package obstore, which is not installed",
        "install badgepress[s3]: requirements/s3.txt has the versions",
    ) from error

_MARK = "badgepress"
"""The name of our own metadata (``x-amz-meta-badgepress``): what lacks it was put there by somebody else."""

_SOURCES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_METADATA_ENDPOINT",
    "AWS_SKIP_SIGNATURE",
)
_TRIES = 5
_PATIENCE = timedelta(seconds=60)
_FAILURES = (BaseError, OSError)
"""What a server, the network and the library answer with; anything else is a fault of ours."""


def open_bucket(target: Target, endpoint: str | None, environment: Mapping[str, str]) -> Bucket:
    """Return the place in a bucket that ``target`` names, on the server at ``endpoint`` or at Amazon.

    Nothing is asked yet. Raises ``UploadRefused`` where the environment names no credentials, or holds a
    setting that cannot be used.
    """
    if not any(environment.get(name) for name in _SOURCES):
        raise UploadRefused(
            "the environment has no credentials for S3",
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN where there is one;"
            " of a profile: aws configure export-credentials --format env",
        )
    plain = (endpoint or "").startswith("http://")
    try:
        store = S3Store(
            target.bucket,
            prefix=target.prefix or None,
            client_options={"allow_http": plain, "timeout": "60s", "connect_timeout": "10s"},
            retry_config={"max_retries": _TRIES, "retry_timeout": _PATIENCE},
            config={"endpoint": endpoint} if endpoint else None,
        )
    except (*_FAILURES, ValueError) as error:
        # The library's own words may quote the value, which may be a secret.
        message = "a variable of the environment that begins with AWS_ has a value that cannot be used"
        raise UploadRefused(
            message, "yes or no is written true or false; unset those that you do not need"
        ) from error
    return Bucket(store, str(target))


class Bucket:
    """A place in a bucket. Every method raises ``UploadRefused`` where the server does not do as asked."""

    def __init__(self, store: S3Store | MemoryStore, name: str) -> None:
        self._store, self._name = store, name
        self.is_guarded = True
        """False once the server said that it has no conditional writes."""

    def __str__(self) -> str:
        return self._name

    def reach(self) -> None:
        """Return where the server answers and lets us look."""
        try:
            next(iter(self._store.list(chunk_size=1)), None)
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def objects(self) -> dict[str, Stored]:
        """Return every object below this place by its path."""
        try:
            return {
                one["path"]: Stored(one["size"], (one["e_tag"] or "").strip('"'))
                for some in self._store.list()
                for one in some
            }
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def read(self, path: str) -> bytes:
        """Return the content of an object."""
        try:
            return bytes(self._store.get(path).bytes())
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def mark(self, path: str) -> str:
        """Return what the press wrote beside an object when it put it there; empty where it did not."""
        try:
            return str(self._store.get(path, options={"head": True}).attributes.get(_MARK, ""))
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def delete(self, path: str) -> None:
        """Take an object away."""
        try:
            self._store.delete(path)
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def put(self, file: SiteFile, data: bytes, seen: Stored | None) -> None:
        """Write an object, on condition that it is still as it was ``seen``: as listed, or not there.

        A server without conditional writes takes no notice, or says so; then all is written without one.
        """
        try:
            self._put(file, data, seen)
        except (AlreadyExistsError, PreconditionError, FileNotFoundError) as error:
            self._refuse_overtaken(file, error)
        except _FAILURES as error:
            raise refusal(error, self._name) from error

    def _put(self, file: SiteFile, data: bytes, seen: Stored | None) -> None:
        headers = headers_of(file.path)
        attributes = {
            "Content-Type": headers.content_type,
            "Cache-Control": headers.cache_control,
            _MARK: file.mark,
        }
        if self.is_guarded:
            try:
                self._store.put(
                    file.path,
                    data,
                    attributes=attributes,
                    mode={"e_tag": f'"{seen.e_tag}"'} if seen else "create",
                    use_multipart=False,
                )
            except (NotSupportedError, NotImplementedError):
                self.is_guarded = False
            else:
                return
        self._store.put(file.path, data, attributes=attributes, use_multipart=False)

    def _refuse_overtaken(self, file: SiteFile, error: Exception) -> None:
        """Return where an object is as it should be, although the condition did not hold; raise otherwise.

        The answer to a write may be lost on the way: then the second try finds what the first one wrote.
        """
        try:
            now = self._store.get(file.path, options={"head": True}).attributes.get(_MARK, "")
        except _FAILURES as again:
            raise refusal(again, self._name) from again
        if now != file.mark:
            message = f"somebody else changed {file.path} in {self._name} meanwhile"
            raise UploadRefused(message, "let one run publish at a time, and run it again") from error
