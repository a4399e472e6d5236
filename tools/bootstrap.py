#!/usr/bin/env python3
"""Make the project's virtual environment from a lock file, with nothing but Python's standard library.

    python3 tools/bootstrap.py runtime      what `make site` needs
    python3 tools/bootstrap.py dev          that, and what `make test` and `make lint` need

A second run with an unchanged lock does nothing. Every package is checked against the hashes in
``requirements/``; this package is installed last, editable, without asking an index for anything.
Debian's plain ``python3`` comes without pip: then one pinned pip wheel is fetched and checked, without root.
"""

from __future__ import annotations

import base64
import hashlib
import html.parser
import http.client
import os
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
DEFAULT_INDEX = "https://pypi.org/simple"
# The development lock holds every package of the runtime lock at the same version.
INCLUDES = {"runtime": ("runtime",), "dev": ("dev", "runtime")}
# Settings of a user's own pip or Python that would send packages elsewhere than into the environment.
STRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES", "PYTHONHOME", "PYTHONPATH")


class BootstrapError(Exception):
    """The environment could not be made; the message says what a person can do about it."""


def main(arguments: list[str]) -> int:
    """Make or refresh the environment named on the command line; return the exit code."""
    which = arguments[0] if arguments else "runtime"
    if len(arguments) > 1 or which not in INCLUDES:
        say(f"error: expected one of {', '.join(INCLUDES)}")
        return 2
    try:
        prepare(which)
    except BootstrapError as error:
        say(f"error: {error}")
        return 1
    return 0


def prepare(which: str) -> None:
    """Install the lock ``which`` into ``.venv``, unless that is what it already holds."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise BootstrapError(
            f"Python 3.11 or newer is needed, this is {found} (try: make PYTHON=python3.12 ...)"
        )
    if is_current(which):
        return
    if not environment_works():
        create_environment()
    lock = ROOT / "requirements" / f"{which}.txt"
    say(f"installing {lock.relative_to(ROOT)} into .venv")
    # Wheels only: building from source would run build tools that no hash covers.
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    pip("install", "--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT))
    for name in INCLUDES[which]:
        stamp(name).write_text(fingerprint(name), encoding="utf-8")


def is_current(which: str) -> bool:
    """Return True where ``.venv`` stands, at this place, with this lock installed."""
    try:
        return stamp(which).read_text(encoding="utf-8") == fingerprint(which) and environment_works()
    except FileNotFoundError:
        return False


def stamp(which: str) -> Path:
    """Return the file that records which lock was installed."""
    return VENV / f".installed-{which}"


def fingerprint(which: str) -> str:
    """Return a digest of what an installation depends on: the lock and the project's metadata."""
    digest = hashlib.sha256()
    for path in (ROOT / "requirements" / f"{which}.txt", ROOT / "pyproject.toml"):
        digest.update(b"\0" + path.read_bytes())
    return digest.hexdigest()


def venv_python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_works() -> bool:
    """Return True where the environment was made here and its Python starts, is new enough and has pip."""
    settings = VENV / "pyvenv.cfg"
    # Its scripts name their interpreter by full path: a folder that was moved or copied is made anew.
    if not settings.exists() or str(VENV) not in settings.read_text(encoding="utf-8"):
        return False
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return run([str(venv_python()), "-I", "-c", test], quiet=True) == 0


def create_environment() -> None:
    """Make ``.venv`` anew with pip in it, whether or not this Python carries one.

    Raises BootstrapError where neither way works.
    """
    say(f"making .venv with Python {'.'.join(map(str, sys.version_info[:3]))}")
    if run([sys.executable, "-m", "venv", "--clear", str(VENV)], quiet=True) == 0:
        return
    say(f"this Python has no pip of its own: fetching {PIP_WHEEL}")
    if run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]) != 0:
        raise BootstrapError(
            "`python3 -m venv` does not work here; install it with: apt install python3-venv"
        )
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, PIP_WHEEL)
        wheel.write_bytes(fetch_pip())
        # A wheel is a zip file, and Python runs the pip inside it.
        if run([str(venv_python()), f"{wheel}/pip", "install", "--no-index", "--quiet", str(wheel)]) != 0:
            raise BootstrapError("pip could not install itself; try: apt install python3-venv")


def fetch_pip() -> bytes:
    """Return the pinned pip wheel from the package index ($PIP_INDEX_URL or pypi.org).

    Raises BootstrapError where the index cannot be read, lacks the file or serves other bytes.
    """
    index = index_page()
    try:
        links = Links(index)
        links.feed(download(index).decode("utf-8"))
        if PIP_WHEEL not in links.found:
            raise BootstrapError(f"{without_password(index)} does not offer {PIP_WHEEL}")
        data = download(links.found[PIP_WHEEL])
    except (OSError, http.client.HTTPException) as error:
        raise BootstrapError(
            f"{without_password(index)} cannot be read ({error}); go online, or: apt install python3-venv"
        ) from error
    if hashlib.sha256(data).hexdigest() != PIP_SHA256:
        raise BootstrapError(f"{PIP_WHEEL} is not the file this project pins; nothing was installed")
    return data


def index_page() -> str:
    """Return the address of the page on which the user's package index offers pip."""
    return os.environ.get("PIP_INDEX_URL", DEFAULT_INDEX).rstrip("/") + "/pip/"


class Links(html.parser.HTMLParser):
    """Collects the files a simple index page (PEP 503) offers: file name -> absolute URL."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the target of one link."""
        target = dict(attrs).get("href") if tag == "a" else None
        if target:
            url = urllib.parse.urldefrag(urllib.parse.urljoin(self.page, target)).url
            self.found[urllib.parse.unquote(url.rsplit("/", 1)[-1])] = url


def download(url: str) -> bytes:
    """Return what ``url`` serves; only https, and http or file where the user's own index is so."""
    if urllib.parse.urlsplit(url).scheme not in {"https", "http", "file"}:
        raise BootstrapError(f"{without_password(url)} is not an address of a package index")
    login = urllib.parse.unquote(urllib.parse.urlsplit(url).netloc.rpartition("@")[0])
    headers = {"Accept": "text/html"}
    if login:  # urllib would take it for a part of the host's name
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    request = urllib.request.Request(without_password(url), headers=headers)  # noqa: S310 - scheme checked above
    tls = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    with urllib.request.urlopen(request, timeout=60, context=tls) as answer:  # noqa: S310
        return bytes(answer.read())


def without_password(url: str) -> str:
    """Return ``url`` without the user name and password an index address may carry."""
    parts = urllib.parse.urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def pip(*arguments: str) -> None:
    """Run the environment's pip; raise BootstrapError where it fails (it has said why)."""
    command = [str(venv_python()), "-I", "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    if run(command) != 0:
        raise BootstrapError("pip failed, see above; after mending the cause, run the same command again")


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run ``command`` from the project's root and return its exit code."""
    environment = {name: value for name, value in os.environ.items() if name not in STRAY}
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(  # noqa: S603 - our own commands, no shell
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False
        ).returncode
    except FileNotFoundError:  # an environment whose Python was removed from the machine
        return 127


def say(text: str) -> None:
    """Tell the person at the terminal one line."""
    sys.stderr.write(f"bootstrap: {text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
