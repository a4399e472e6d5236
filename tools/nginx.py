"""Find nginx for the tests of hosting, and install Debian's where that is possible without asking anybody.

    .venv/bin/python -m tools.nginx

Never fails: where there is no nginx and no way to one, it says so, and the tests that need it skip.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.debian import install, privilege, run

PACKAGE = "nginx-light"
MIME_TYPES = Path("/etc/nginx/mime.types")
_ELSEWHERE = "/usr/sbin"  # where Debian keeps it, and which is not on everybody's PATH


def find_nginx() -> Path | None:
    """Return the machine's nginx; None where there is none that is laid out as Debian's."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{_ELSEWHERE}")
    return Path(found) if found and MIME_TYPES.is_file() else None


def obtain() -> str:
    """Install Debian's nginx if it is absent and can be had; return why there is none, or an empty string."""
    if find_nginx():
        return ""
    say(f"installing Debian's {PACKAGE}")
    reason = install(PACKAGE)
    if find_nginx():
        _stop()
        return ""
    return f"no nginx on PATH, and {reason}" if reason else f"apt-get could not install {PACKAGE}"


def _stop() -> None:
    """Stop the server that Debian starts with its package: the tests start their own, where they need it."""
    root, service = privilege(), shutil.which("service")
    if root is not None and service:
        run([*root, service, "nginx", "stop"], quiet=True)


def say(text: str) -> None:
    """Tell the person at the terminal one line."""
    sys.stderr.write(f"nginx: {text}\n")


if __name__ == "__main__":
    reason = obtain()
    if reason:
        say(f"the tests that need nginx will be SKIPPED: {reason}")
