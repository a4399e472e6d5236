"""What differs from one host to the next: where files stand, what git ignores, how an address is set up."""

from __future__ import annotations

from urllib.parse import urlsplit

from site_builder.starters.answers import Answers, Host

_BRANCHES = frozenset({"github", "gitlab"})
_MADE = ("/site/", "/.site-*", "/preview/", "/.preview-*", "/moved/", "/.badgepress/")


def keeps_proofs_apart(host: Host) -> bool:
    """Return True where jobs of the host commit proofs to a branch of their own, False where people do."""
    return host in _BRANCHES


def ignored(host: Host) -> tuple[str, ...]:
    """Return the lines of ``.gitignore`` for what the press makes from the rest."""
    return (*_MADE, "/proofs/") if keeps_proofs_apart(host) else _MADE


def owners_path(host: Host) -> str:
    """Return where the host looks for the list of owners."""
    return "CODEOWNERS" if host == "gitlab" else ".github/CODEOWNERS"


def where_it_stands(answers: Answers) -> str:
    """Return in words how the host comes to serve the site at its address: a paragraph of Markdown."""
    if answers.host not in _BRANCHES:
        return ""
    parts = urlsplit(answers.url)
    host, path = parts.netloc, parts.path.strip("/")
    if answers.host == "github":
        return _github_pages(host, path)
    return _gitlab_pages(host, path)


def _github_pages(host: str, path: str) -> str:
    """GitHub serves OWNER.github.io/REPOSITORY, and a repository named OWNER.github.io at the root."""
    owner = host.removesuffix(".github.io")
    if owner == host:
        return (
            f"Under **Custom domain** write `{host}`, and at your DNS provider point `{host}` to"
            " `YOUR-ACCOUNT.github.io` with a CNAME record. No file named CNAME is needed."
        )
    return (
        f"The repository must be named `{path or host}` and belong to `{owner}`, or the address is another."
    )


def _gitlab_pages(host: str, path: str) -> str:
    group = host.removesuffix(".gitlab.io")
    if group == host:
        return (
            f"Under **Deploy > Pages** add the domain `{host}`, with the DNS records that GitLab shows there."
        )
    return (
        f"The project must be named `{path or host}` and belong to `{group}`. Under **Deploy > Pages** clear"
        " **Use unique domain**, or GitLab serves the site at another address."
    )
