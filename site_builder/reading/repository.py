"""The one sweep over the authors' folders: every file is read here, once, or a problem says why not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from site_builder.problems import Problem, in_order, printable
from site_builder.reading.docs_guard import page_problem, place_fault
from site_builder.reading.document import Document, read_document
from site_builder.reading.leaks import leak_in
from site_builder.reading.settings_guard import settings_problems
from site_builder.reading.walk import LARGEST_FILE, Entry, Walk
from site_builder.text.ids import file_name_fault

ISSUER = "credentials/issuer.yaml"
SETTINGS = "mkdocs.yml"

_IMAGE = r"[^/]+\.(?:svg|png)"
# What a file is follows from where it stands (DESIGN 2); the first pattern that fits decides.
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("issuer", re.compile(re.escape(ISSUER))),
    ("credential", re.compile(r"credentials/[^/]+\.yaml")),
    ("image", re.compile(rf"credentials/(?:[^/]+/){{0,2}}{_IMAGE}")),
    ("credential", re.compile(r"credentials/(?!images/)[^/]+/(?:[^/]+/[0-9.]+|[^/]+)\.yaml")),
    ("framework", re.compile(r"frameworks/[^/]+\.yaml")),
    ("award", re.compile(r"issued/[0-9]{4}/(?:[^/]+/)?[^/]+\.yaml")),
    ("former", re.compile(r"proofs/former/.+\.jsonl")),  # of addresses that the site left: kept, not used
    ("proof", re.compile(r"proofs/.+\.jsonl")),
)
# Copies of an editor count with what they are copies of.
_TABLE = re.compile(r".*\.(?:csv|tsv|txt)(?:~|#|\.bak|\.orig|\.rej|\.tmp)?", re.IGNORECASE)
_WORKBOOK = re.compile(r".*\.(?:xlsx?|xlsm|ods)(?:~|#|\.bak|\.tmp)?", re.IGNORECASE)
CONTENT = ("credentials", "frameworks", "issued", "proofs")
"""The authors' folders that the press reads; what stands in docs/ is read by MkDocs."""


@dataclass(frozen=True)
class Repository:
    """Everything authors wrote, read and taken apart, with the problems of reading it.

    Documents stand in the order of their paths. ``images`` and ``proofs`` map a path to bytes; so does
    ``strays``, the files in the authors' folders that are no part of the catalog but are published with git.
    """

    root: Path
    issuer: Document | None
    credentials: tuple[Document, ...]
    frameworks: tuple[Document, ...]
    awards: tuple[Document, ...]
    settings: Document | None
    images: Mapping[str, bytes]
    proofs: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    strays: Mapping[str, bytes] = field(default_factory=dict)


@dataclass
class Apart:
    """Award files, and the files of their proofs, which a sweep hashed and did not look into.

    ``awards`` and ``proofs`` map each path to the SHA-256 of its bytes. ``proofs_of`` tells where the proofs
    of an award file stand.
    """

    proofs_of: Callable[[str], str]
    awards: dict[str, str] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)
    _expected: set[str] = field(default_factory=set)

    def take(self, walk: Walk, entry: Entry) -> bool:
        """Hash a file if it is one of these, and return True; False where the sweep should look into it."""
        role = None if entry.is_folder or file_name_fault(entry.name) else _role(entry)
        if role == "award":
            into = self.awards
            self._expected.add(self.proofs_of(entry.path))
        elif role == "proof" and entry.path in self._expected:
            into = self.proofs
        else:
            return False
        raw = walk.read(entry)
        if raw is not None:
            into[entry.path] = hashlib.sha256(raw).hexdigest()
        return True


@dataclass
class _Gathered:
    documents: dict[str, list[Document]] = field(default_factory=dict)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    apart: Apart | None = None

    def one(self, role: str) -> Document | None:
        return next(iter(self.documents.get(role, ())), None)

    def all(self, role: str) -> tuple[Document, ...]:
        return tuple(self.documents.get(role, ()))


def sweep(root: Path) -> Repository:
    """Return the repository at ``root`` as its authors wrote it.

    Follows no symbolic link, opens nothing but regular files, and goes on after every problem. Raises OSError
    only if ``root`` itself cannot be listed.
    """
    return _swept(root, _Gathered())


def sweep_ground(root: Path, proofs_of: Callable[[str], str]) -> tuple[Repository, Apart]:
    """Return the repository without its award files and their proof files, and the digests of those.

    ``proofs_of`` tells where the proofs of an award file stand. What ``sweep`` would find in those files is
    found by ``read_award`` and ``read_proofs``, for each on its own; all else is as ``sweep`` returns it.
    """
    apart = Apart(proofs_of)
    return _swept(root, _Gathered(apart=apart)), apart


def read_award(root: Path, path: str) -> tuple[Document | None, list[Problem]]:
    """Return what the sweep of ``root`` would read of one award file, and what it would say of it."""
    walk, gathered = Walk(root), _Gathered()
    _take(walk, Entry(path, is_folder=False), gathered)
    return gathered.one("award"), walk.problems


def read_proofs(root: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """Return what the sweep of ``root`` would read of one proof file, and what it would say of it."""
    walk, gathered = Walk(root), _Gathered()
    _take(walk, Entry(path, is_folder=False), gathered)
    return gathered.files.get("proof", {}).get(path), walk.problems


def read_raw(root: Path, path: str) -> bytes | None:
    """Return the bytes of one file as the sweep of ``root`` reads them; None where it would refuse to."""
    return Walk(root).read(Entry(path, is_folder=False))


def _swept(root: Path, gathered: _Gathered) -> Repository:
    walk = Walk(root)
    for folder in CONTENT:
        for entry in walk.folder(folder):
            _take(walk, entry, gathered)
    for entry in walk.leftovers:
        _take_stray(walk, entry, gathered)
    walk.leftovers.clear()
    for entry in walk.folder("docs"):
        _guard(walk, entry)
    walk.leftovers.clear()  # those in docs/ are for MkDocs to leave out
    for entry in walk.files_of_root():
        _take_from_root(walk, entry, gathered)
    for entry in walk.leftovers:
        if _TABLE.fullmatch(entry.name) or _WORKBOOK.fullmatch(entry.name):
            _take_from_root(walk, entry, gathered)
    _note_missing(walk)
    return Repository(
        root=root,
        issuer=gathered.one("issuer"),
        credentials=gathered.all("credential"),
        frameworks=gathered.all("framework"),
        awards=gathered.all("award"),
        settings=gathered.one("settings"),
        images=gathered.files.get("image", {}),
        proofs=gathered.files.get("proof", {}),
        problems=tuple(in_order(walk.problems)),
        strays=gathered.files.get("stray", {}),
    )


def overlaid(repository: Repository, files: Mapping[str, bytes]) -> Repository:
    """Return the repository as it would be with these files in place of theirs, nothing being written.

    ``files`` maps paths below ``issued/`` and ``proofs/``, or that of the issuer, to what will stand there;
    empty bytes take the file away. Problems of other files stay, those of the replaced ones are found anew.
    """
    problems = [problem for problem in repository.problems if problem.path not in files]
    awards = {document.path: document for document in repository.awards if document.path not in files}
    issuer = repository.issuer
    proofs = {path: raw for path, raw in {**repository.proofs, **files}.items() if path.startswith("proofs/")}
    for path, raw in files.items():
        if path in proofs:
            continue
        document, found = read_document(path, raw) if raw else (None, [])
        problems += [*found, *_of_file(path, raw)]
        if path == ISSUER:
            issuer = document
        elif document is not None:
            awards[path] = document
    in_path_order = tuple(awards[path] for path in sorted(awards))
    kept = {path: raw for path, raw in proofs.items() if raw or path not in files}
    found_now = tuple(in_order(problems))
    return replace(repository, issuer=issuer, awards=in_path_order, proofs=kept, problems=found_now)


def _of_file(path: str, raw: bytes) -> Iterator[Problem]:
    """Yield what the sweep would say of a file as such: its name, its size, and a secret in it."""
    leak = leak_in(path, raw)
    if leak is not None:
        yield leak
    fault = file_name_fault(PurePosixPath(path).name)
    if fault is not None:
        yield Problem(path=path, code=fault.code, message=f"the file name {fault.message}", hint=fault.hint)
    if len(raw) > LARGEST_FILE:
        message = f"the file is too large ({len(raw):,} bytes, at most {LARGEST_FILE:,})"
        yield Problem(path=path, code="file-too-large", message=message)


def _take(walk: Walk, entry: Entry, gathered: _Gathered) -> None:
    """Read one file of the content folders, if its name and its place are good."""
    if gathered.apart is not None and gathered.apart.take(walk, entry):
        return
    raw = None if entry.is_folder else _without_leak(walk, entry)
    fault = file_name_fault(entry.name)
    if fault is not None and not entry.name.startswith(".env"):
        walk.note(entry.path, fault.code, f"the file name {fault.message}", fault.hint)
        return
    role = _role(entry)
    if entry.is_folder:
        _check_folder(walk, entry)
    elif role is None:
        _note_unexpected(walk, entry)
        gathered.files.setdefault("stray", {})[entry.path] = raw or b""
    elif raw is not None and role in ("image", "proof"):
        gathered.files.setdefault(role, {})[entry.path] = raw
    elif raw is not None and role != "former":
        _keep_document(walk, entry, raw, role, gathered)


def _take_stray(walk: Walk, entry: Entry, gathered: _Gathered) -> None:
    gathered.files.setdefault("stray", {})[entry.path] = _without_leak(walk, entry) or b""


def _role(entry: Entry) -> str | None:
    return next((role for role, pattern in _ROLES if pattern.fullmatch(entry.path)), None)


def _keep_document(walk: Walk, entry: Entry, raw: bytes, role: str, gathered: _Gathered) -> None:
    document, problems = read_document(entry.path, raw)
    walk.problems += problems
    if document is not None:
        gathered.documents.setdefault(role, []).append(document)


def _check_folder(walk: Walk, entry: Entry) -> None:
    if entry.parts[0] == "issued" and len(entry.parts) == 2 and not re.fullmatch("[0-9]{4}", entry.name):
        message = "the folder must be named by a year of four digits"
        walk.note(entry.path, "bad-file-name", message, "for instance issued/2026")


def _note_unexpected(walk: Walk, entry: Entry) -> None:
    if entry.name.endswith(".yml"):
        hint = f"rename it to {entry.name.removesuffix('.yml')}.yaml"
        walk.note(entry.path, "unexpected-file", "the file is not read: its extension must be .yaml", hint)
        return
    if entry.name.endswith(".yaml"):
        message = "the file is not read: no such file belongs in this folder"
        hint = "credentials/<id>.yaml, frameworks/<id>.yaml or issued/<year>/<batch>.yaml"
        walk.note(entry.path, "unexpected-file", message, hint)
        return
    message = "the file is not read; is the extension wrong?"
    walk.note(
        entry.path, "unexpected-file", message, "the press reads .yaml, .svg and .png here", warning=True
    )


def _without_leak(walk: Walk, entry: Entry) -> bytes | None:
    """Return a file's bytes after looking for secrets in them; a file with one is not used for anything."""
    raw = walk.read(entry)
    leak = None if raw is None else leak_in(entry.path, raw)
    if leak is None:
        return raw
    walk.problems.append(leak)
    return None


def _guard(walk: Walk, entry: Entry) -> None:
    """Check one file of the site's own pages; MkDocs reads it, we do not keep it."""
    raw = None if entry.is_folder else _without_leak(walk, entry)
    fault = place_fault(entry.parts, is_folder=entry.is_folder)
    if fault is not None:
        walk.note(entry.path, fault.code, fault.message, fault.hint)
    elif raw is not None and entry.name.lower().endswith(".md"):
        problem = page_problem(entry.path, raw)
        walk.problems += [problem] if problem else []


def _take_from_root(walk: Walk, entry: Entry, gathered: _Gathered) -> None:
    raw = _without_leak(walk, entry)
    # The likeliest place for a class list that was exported a moment ago.
    if raw is not None and _TABLE.fullmatch(entry.name):
        gathered.files.setdefault("stray", {})[entry.path] = raw
    elif _WORKBOOK.fullmatch(entry.name):
        message = "a workbook cannot be looked into for personal data"
        hint = "if it is a class list keep it outside the repository, which is public"
        walk.note(entry.path, "personal-data", message, hint, warning=True)
    if raw is None or entry.path != SETTINGS:
        return
    _keep_document(walk, entry, raw, "settings", gathered)
    settings = gathered.one("settings")
    walk.problems += settings_problems(settings) if settings else []


def _note_missing(walk: Walk) -> None:
    for path, hint in (
        (ISSUER, "it says who issues the badges"),
        (
            SETTINGS,
            "it gives the site its address; if you are in another folder, name the repository: --root DIR",
        ),
    ):
        if not _is_there(walk.root / path):
            walk.note(printable(path), "missing-file", "the file is missing", hint)


def _is_there(path: Path) -> bool:
    """Return True for anything at ``path``, also a symbolic link, which is a problem of its own."""
    return path.is_symlink() or path.exists()
