"""What stands in for the actions that others wrote: each does what the forge's documentation says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.forge.expressions import Unsupported
from tests.support.forge.machine import copied
from tests.support.git import git

if TYPE_CHECKING:
    from tests.support.forge.jobs import Job

Given = Mapping[str, str]


class StepFailed(Exception):  # noqa: N818 - it says what happened
    """An action could not do what it was asked to."""


def _checkout(job: Job, given: Given) -> dict[str, str]:
    """Fetch the event's commit into the workspace, with every branch where the depth is 0."""
    _known(given, "fetch-depth", "persist-credentials", "ref")
    work, run = job.machine.workspace, job.run
    git(work, "init", "--quiet")
    git(work, "remote", "add", "origin", str(run.forge.bare))
    wanted = ["+refs/heads/*:refs/remotes/origin/*"] if given.get("fetch-depth") == "0" else []
    depth = [] if wanted else ["--depth=1"]
    git(work, "fetch", "--quiet", *depth, "origin", given.get("ref", run.event.sha), *wanted)
    git(work, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    if given.get("persist-credentials") != "false":
        git(work, "config", "http.https://github.com/.extraheader", job.machine.token)
    return {}


def _setup_python(job: Job, given: Given) -> dict[str, str]:
    _known(given, "python-version")
    return {}


def _upload(job: Job, given: Given) -> dict[str, str]:
    _known(given, "name", "path", "include-hidden-files", "if-no-files-found", "retention-days")
    name, store = given["name"], job.run.artifacts
    if (store / name).exists():
        raise StepFailed(f"an artifact {name} exists, and artifacts do not change")
    hidden = given.get("include-hidden-files") == "true"
    if not copied(Path(given["path"]), store / name, hidden=hidden):
        if given.get("if-no-files-found") == "error":
            raise StepFailed(f"no files at {given['path']}")
        job.machine.say(f"warning: no files at {given['path']}")
    return {"artifact-url": f"https://github.com/college/badges/actions/runs/1/artifacts/{name}"}


def _download(job: Job, given: Given) -> dict[str, str]:
    """Unpack artifacts. Of several that fit a pattern each has its folder; one alone has none, since v5.

    Where none fits, nothing is made: not even the folder ``path``.
    """
    _known(given, "name", "path", "pattern", "merge-multiple")
    target, store = Path(given["path"]), job.run.artifacts
    if name := given.get("name"):
        if not (store / name).is_dir():
            raise StepFailed(f"there is no artifact {name}")
        copied(store / name, target, hidden=True)
        return {}
    fitting = [one for one in sorted(store.glob("*")) if fnmatchcase(one.name, given["pattern"])]
    is_flat = len(fitting) == 1 or given.get("merge-multiple") == "true"
    for one in fitting:
        copied(one, target if is_flat else target / one.name, hidden=True)
    return {}


def _upload_pages(job: Job, given: Given) -> dict[str, str]:
    _known(given, "path", "include-hidden-files")
    hidden = given.get("include-hidden-files") == "true"
    copied(Path(given["path"]), job.run.artifacts / "github-pages", hidden=hidden)
    return {}


def _deploy_pages(job: Job, given: Given) -> dict[str, str]:
    """Put the pages' artifact in the place of the live site, as a whole."""
    _known(given)
    if not {"pages", "id-token"} <= {name for name, word in job.permissions.items() if word == "write"}:
        raise StepFailed("this job may not deploy pages")
    live = job.run.forge.live
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(job.run.artifacts / "github-pages", live)
    return {"page_url": job.run.forge.address}


def _known(given: Given, *names: str) -> None:
    if unknown := set(given) - set(names):
        raise Unsupported(f"with: {sorted(unknown)}")


ACTIONS: Mapping[str, Callable[[Job, Given], dict[str, str]]] = {
    "actions/checkout": _checkout,
    "actions/setup-python": _setup_python,
    "actions/upload-artifact": _upload,
    "actions/download-artifact": _download,
    "actions/upload-pages-artifact": _upload_pages,
    "actions/deploy-pages": _deploy_pages,
}
