"""A real nginx that serves a site on this machine, with the example of the hosting guide."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.shared import REPOSITORY
from tools.nginx import find_nginx

_GUIDE = REPOSITORY / "docs" / "guides" / "hosting.md"
_SECONDS = 20


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _as_it_is(example: str) -> str:
    return example


@contextmanager
def nginx(
    site: Path,
    folder: Path,
    port: int = 0,
    change: Callable[[str], str] = _as_it_is,
    below: str = "",
    *,
    tls: bool = False,
) -> Iterator[str]:
    """Serve ``site`` as the guide says while the block runs; yield its address, which ends with a slash.

    ``folder`` takes the server's own files. ``change`` edits the guide's example, to do something wrong.
    ``below`` is a path like ``college/`` below which the site stands. With ``tls`` it is served over https,
    with ``folder/fullchain.pem`` and ``folder/privkey.pem``.
    """
    port = port or free_port()
    root = site
    if below:
        root = folder / "root"
        (root / below).parent.mkdir(parents=True, exist_ok=True)
        (root / below).symlink_to(site, target_is_directory=True)
    settings = folder / "nginx.conf"
    settings.write_text(
        _settings(folder, change(_example(root, port, folder if tls else None))), encoding="utf-8"
    )
    command = [str(find_nginx()), "-c", str(settings), "-p", str(folder), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process, folder / "error.log")
        yield f"{'https' if tls else 'http'}://localhost:{port}/{below}"
    finally:
        process.terminate()
        process.wait(_SECONDS)


def _example(root: Path, port: int, keys: Path | None) -> str:
    """Return the guide's server for this machine: its own address and folder, and a certificate if wanted."""
    found = re.search(r"```nginx\n(.*?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    assert found, "the hosting guide has an example for nginx"
    example = found[1]
    chain = "ssl_certificate     /etc/ssl/badges/fullchain.pem;"
    private = "ssl_certificate_key /etc/ssl/badges/privkey.pem;"
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port}{' ssl' if keys else ''};"),
        ("listen [::]:443 ssl;", ""),
        ("server_name badges.example.org;", "server_name localhost;"),
        (chain, f"ssl_certificate {keys / 'fullchain.pem'};" if keys else ""),
        (private, f"ssl_certificate_key {keys / 'privkey.pem'};" if keys else ""),
        ("root /srv/badges/site;", f"root {root};"),
    ):
        assert example.count(old) == 1, old
        example = example.replace(old, new)
    return example


def _settings(folder: Path, example: str) -> str:
    """Return a whole configuration around the example: what Debian's has around it, in ``folder``."""
    # Started by root, nginx would serve as somebody who may not read the folders of tests.
    user = "user root;" if os.geteuid() == 0 else ""
    kept = " ".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""{user}
daemon off;
worker_processes 1;
pid {folder / "pid"};
events {{ }}
http {{
include /etc/nginx/mime.types;
default_type application/octet-stream;
access_log off;
{kept}
{example}
}}
"""


def _wait_for(port: int, process: subprocess.Popen[bytes], errors: Path) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(errors.read_text("utf-8") if errors.is_file() else "nginx did not start")
