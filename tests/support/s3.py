"""A real S3 server on this machine, ``rclone serve s3``: what was put there are files of a folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

from obstore import sign
from obstore.store import S3Store

from site_builder.uploading.bucket import Bucket, open_bucket
from site_builder.uploading.target import Target

ACCESS, SECRET = "AKIATESTTESTTEST", "c2VjcmV0LW9mLXRoZS10ZXN0cw"
_PATIENCE = 20


@dataclass(frozen=True)
class S3Server:
    """A running server with one empty bucket, ``badges``."""

    endpoint: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a run is told the server and the credentials by."""
        given = {"AWS_ACCESS_KEY_ID": ACCESS, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
        return {**given, "AWS_ENDPOINT_URL": self.endpoint}

    def bucket(self, prefix: str = "") -> Bucket:
        """Return the place ``prefix`` in the bucket; the environment must be the server's."""
        return open_bucket(Target("badges", prefix), self.endpoint, self.environment)

    @property
    def store(self) -> S3Store:
        """Return the bucket as others use it; the environment must be the server's."""
        return S3Store("badges", config={"endpoint": self.endpoint}, client_options={"allow_http": True})

    def objects(self, prefix: str = "") -> dict[str, int]:
        """Return what the server holds below ``prefix``: each path, and when it was written (nanoseconds)."""
        found: dict[str, int] = {}
        top = self.folder / "badges" / prefix
        for path in top.rglob("*"):
            # What is on its way has a name of the server's own until it is whole.
            if not path.name.startswith(".rclone_temp"):
                with suppress(FileNotFoundError):
                    about = path.stat()
                    found |= {path.relative_to(top).as_posix(): about.st_mtime_ns} if path.is_file() else {}
        return found

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers with which a client is given an object."""
        with urlopen(sign(self.store, "GET", path, timedelta(minutes=1)), timeout=_PATIENCE) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}


@contextmanager
def s3_server(folder: Path) -> Iterator[S3Server]:
    """Yield a server that keeps its objects in ``folder``; it is gone in the end."""
    objects, log = folder / "objects", folder / "rclone.log"
    (objects / "badges").mkdir(parents=True)
    # The key by the environment, as everywhere: the words of a process can be read by all.
    environment = {**os.environ, "RCLONE_AUTH_KEY": f'"{ACCESS},{SECRET}"', "RCLONE_CONFIG": os.devnull}
    program = str(Path(sys.executable).with_name("rclone"))
    words = [program, "serve", "s3", "--addr", "127.0.0.1:0", str(objects)]
    with log.open("wb") as file:
        process = subprocess.Popen(words, env=environment, stdout=file, stderr=file)
        try:
            yield S3Server(_address(log, process), objects)
        finally:
            process.kill()
            process.wait()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"\[(http://127\.0\.0\.1:\d+)/\]", log.read_text()):
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"rclone did not serve: {log.read_text()}")
