"""Previews: the site of the working tree, to be looked at, signed with keys that exist for one build alone.

Every badge of one is at an address that no host can have, under keys that nobody has afterwards, and every
page is marked. So nothing of it can be taken for something published.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.keys import Role, generate_seed, load_signer, secret_multibase
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.pages.preview import marked, preview_artifacts
from site_builder.proof.records import Records
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.publishing.request import Request
from site_builder.publishing.staged_files import write_file
from site_builder.publishing.staging import OutputRefused
from site_builder.survey import Survey
from site_builder.survey.recorded import Recorded
from site_builder.text.addresses import PREVIEW_ADDRESS

_AT = Addresses(PREVIEW_ADDRESS)


def preview_of(request: Request) -> Request:
    """Return what is asked, as a preview: new keys that are written nowhere, in place of any that were given.

    Nothing published is compared with it, for none of its badges was ever given to anybody.
    """
    keys = {role.variable: secret_multibase(generate_seed()) for role in Role}
    return replace(request, environment=keys, site_url=PREVIEW_ADDRESS, published=None, preview=True)


def as_preview(found: Survey, request: Request) -> Survey:
    """Return a survey as that of a preview: its issuer has the throwaway keys, and no proof is recorded."""
    if found.catalog is None:
        return found
    catalog = replace(found.catalog, issuer=_with_keys(found.catalog.issuer, request))
    return replace(found, catalog=catalog, recorded=Recorded(Records({}, {})))


def _with_keys(issuer: Issuer, request: Request) -> Issuer:
    def public(role: Role) -> str:
        return load_signer(role, environment=request.environment, host=_AT.host).public_key

    keys = (
        IssuerKey(id="preview-issue", role="issue", public_key=public(Role.ISSUE), since=request.now),
        IssuerKey(id="preview-status", role="status", public_key=public(Role.STATUS), since=request.now),
    )
    return issuer.model_copy(update={"keys": keys})


def is_preview(folder: Path) -> bool:
    """Return True where ``folder`` holds a preview."""
    try:
        return parse((folder / "did.json").read_bytes()).get("id") == _AT.did
    except (OSError, JsonRefused):
        return False


def refuse_other_site(output: Path) -> None:
    """Raise ``OutputRefused`` where the folder holds a site that is no preview: it would be lost."""
    if output.exists() and any(output.iterdir()) and not is_preview(output):
        message = f"{output} holds a site that is no preview: nothing was changed"
        raise OutputRefused(message, "give the preview a folder of its own")


def mark_site(folder: Path) -> set[str]:
    """Mark every page of a site that is being made; return the paths of what is added to it."""
    for place in folder.rglob("*.html"):
        path = place.relative_to(folder).as_posix()
        write_file(folder, path, marked(path, place.read_text("utf-8")).encode())
    added = preview_artifacts()
    for artifact in added:
        write_file(folder, artifact.path, artifact.data)
    return {artifact.path for artifact in added}
