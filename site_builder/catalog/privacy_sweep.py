"""No personal data in what is committed: the whole repository (DESIGN 4).

An award file may hold none at all (:mod:`.privacy`). What designers write may name people, such as the author
of a book, and the mailbox of an office; there only a person's own e-mail address is refused. ``docs/`` is not
looked into: it is the site's own text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from site_builder.catalog.privacy import check_award_privacy, comments_of, field_of
from site_builder.models.shape import leaves
from site_builder.problems import Problem, printable
from site_builder.reading.document import Document
from site_builder.reading.repository import Repository
from site_builder.text.personal import APART, Found, Kind, find_personal, mailboxes
from site_builder.text.personal.file_names import kind_in_name

_MAILBOX_HINT = "give the mailbox of an office, such as registrar@ or badges@, as plain text"
_FILE_HINT = "name it after the credential and the month, such as data-literacy-june.yaml"
# What editors leave is often a copy of an award file, whose pseudonyms and salted commitments are no hashes.
_SALTED = re.compile(r"""(?:sha256\$[0-9a-f]{64}|\blearner: ["']?[0-9a-f]{32})(?![0-9a-f])""")
_FORMS = ("bad-format", "wrong-type")
_OFFICES_WORDS = """
    academic accessibility admin admissions advising awards badge badges business campus careers college
    communications competence contact course courses credentials data dean department desk digital education
    enquiries enrol enrolment exam examinations exams faculty feedback finance hello help helpdesk info
    information inquiries international it kontakt learn learning library mail media microcredentials office
    post postmaster press privacy programs programmes quality reception records registrar registry research
    school secretariat secretary security service services skills staff student students studies support
    team training webmaster bureau inscription inscriptions registraire scolarite secretariat formation
    accueil renseignements anfrage beratung pruefungsamt sekretariat studium verwaltung alumnos ayuda
    consultas contacto formacion informacion matriculas oficina secretaria soporte
"""
_OFFICES = frozenset(_OFFICES_WORDS.split())


def with_privacy(problems: Iterable[Problem], personal: Iterable[Problem]) -> list[Problem]:
    """Return ``problems`` and what personal data was found in the same files.

    Where a field holds some, its wrong form is not worth a word of its own, and is left out.
    """
    found = list(personal)
    places = {(problem.path, problem.field) for problem in found if problem.field}
    return [p for p in problems if p.code not in _FORMS or (p.path, p.field) not in places] + found


def check_repository_privacy(repository: Repository, titles: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each piece of personal data in the authors' folders, wherever it slipped in.

    ``titles`` holds the names of credentials and of the issuer, in lower case: they look like people's.
    """
    for document in repository.awards:
        yield from check_award_privacy(document, titles)
    issuer = [repository.issuer] if repository.issuer else []
    for document in (*issuer, *repository.credentials, *repository.frameworks):
        yield from check_mailboxes(document)
    documents = (*repository.awards, *repository.credentials, *repository.frameworks)
    read = [*(document.path for document in documents), *repository.images, *repository.proofs]
    yield from check_names([*read, *repository.strays])
    yield from check_strays(repository.strays)


def check_mailboxes(document: Document) -> Iterator[Problem]:
    """Yield a problem for each e-mail address of a person in a file of designers; those of offices pass."""
    texts = [(location, value) for location, value in leaves(document.data) if isinstance(value, str)]
    comments = list(comments_of(document))
    at_once = APART.join([value for _, value in texts] + [text for _, text in comments])
    if not _has_mailbox_of_person(at_once):
        return
    for location, value in texts:
        if _has_mailbox_of_person(value):
            message = f"{field_of(location)} holds a person's e-mail address, which may not be committed"
            yield document.problem(location, "personal-data", message, _MAILBOX_HINT)
    for line, text in comments:
        if _has_mailbox_of_person(text):
            message = "a comment holds a person's e-mail address, which may not be committed"
            yield Problem(
                path=document.path, code="personal-data", message=message, line=line, hint=_MAILBOX_HINT
            )


def _has_mailbox_of_person(text: str) -> bool:
    return any(_OFFICES.isdisjoint(re.split("[._+-]", local.lower())) for local in mailboxes(text))


def check_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a ``bad-file-name`` problem for each file or folder whose name holds personal data."""
    told = set()
    for path in paths:
        parts = path.split("/")
        for end, part in enumerate(parts, start=1):
            place = "/".join(parts[:end])
            kind = None if place in told else kind_in_name(part)
            if kind is not None:
                told.add(place)
                what = "file" if end == len(parts) else "folder"
                message = f"the {what} name holds {kind}, which may not be committed"
                yield Problem(path=printable(place), code="bad-file-name", message=message, hint=_FILE_HINT)


def check_strays(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each file that the press does not read and that holds, or may hold, personal data.

    A class list beside the award file that was made from it is the slip of the hand that costs most.
    """
    for path, raw in files.items():
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        for_awards = path.startswith("issued/")
        if for_awards and "\ufffd" in text:
            message = "the file cannot be looked into for personal data"
            hint = "keep class lists and documents of learners outside the repository"
            yield Problem(path=printable(path), code="personal-data", message=message, hint=hint)
        elif for_awards:
            yield from _in_stray(path, _found_beside_awards(path, _SALTED.sub("", text)))
        elif _has_mailbox_of_person(text):
            yield from _in_stray(path, [one for one in find_personal(text) if one.kind is Kind.EMAIL])


def _found_beside_awards(path: str, text: str) -> list[Found]:
    """Return what may not stand in ``issued/``: as in an award file, but a README may say whom to ask."""
    offices_only = path.endswith("/README.md") and not _has_mailbox_of_person(text)
    return [one for one in find_personal(text) if not (offices_only and one.kind is Kind.EMAIL)]


def _in_stray(path: str, findings: list[Found]) -> Iterator[Problem]:
    for found in {one.kind: one for one in reversed(findings)}.values():
        message = f"the file holds {found.kind}, which may not be committed"
        hint = "keep class lists outside the repository"
        yield Problem(path=printable(path), code=found.code, message=message, line=found.line + 1, hint=hint)
