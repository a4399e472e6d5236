"""Install a package of Debian's for the tests, where that is possible without asking anybody."""

from __future__ import annotations

import os
import shutil
import subprocess


def privilege() -> list[str] | None:
    """Return the words that let a command run as root without a password; None where nothing does."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and run([sudo, "-n", "true"], quiet=True) == 0:
        return [sudo, "-n"]
    return None


def install(package: str) -> str:
    """Install ``package``; return why that cannot be tried, or an empty string where it was tried."""
    apt, root = shutil.which("apt-get"), privilege()
    if apt is None:
        return "no apt-get to install it with"
    if root is None:
        return f"installing it needs root; try: sudo apt-get install {package}"
    # Through env, because sudo drops the variables of its caller.
    command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt]
    # An archive that cannot be reached must not hold up the tests.
    patience = [f"-oAcquire::{scheme}::Timeout=20" for scheme in ("http", "https")]
    quiet = [*command, "-qq", "-oDpkg::Use-Pty=0", "-oAcquire::Retries=1", *patience]
    # A failed update is told by apt-get itself; the package may still be known from an earlier one.
    run([*quiet, "update"])
    run([*quiet, "install", "-y", "--no-install-recommends", package], quiet=True)
    return ""


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run ``command`` and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=output, check=False).returncode  # noqa: S603 - our own, no shell
