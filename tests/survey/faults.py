"""One fault of each kind that a repository can have, to be seeded in a sound one."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.survey.populations import SITE, Award, File, Population, yaml_of

Fault = Callable[[Population], None]
UNKNOWN = "99999999-9999-4999-8999-999999999999"


def _copy(name: str, *names: str) -> Fault:
    """Give one award another's value."""

    def seed(made: Population) -> None:
        one, other = made.two(*names)
        if name in ("email", "name"):
            one["commitments"][name] = other["commitments"]["email"]
        elif name == "commitment within":
            one["commitments"]["name"] = one["commitments"]["email"]
        else:
            one[name] = other[name]

    return seed


def _set(name: str, value: Any, *names: str) -> Fault:
    """Give some award a value."""

    def seed(made: Population) -> None:
        award = made.award(*names)
        award[name] = value(made) if callable(value) else value

    return seed


def _set_file(name: str, value: Any, *names: str) -> Fault:
    def seed(made: Population) -> None:
        made.file(*names)[1][name] = value

    return seed


def _drop(name: str, *names: str) -> Fault:
    def seed(made: Population) -> None:
        made.award(*names).pop(name, None)

    return seed


def _replace(path: str, old: str, new: str) -> Fault:
    def seed(made: Population) -> None:
        made.others[path] = made.others[path].replace(old, new, 1)

    return seed


def _write(path: str, content: str | bytes) -> Fault:
    def seed(made: Population) -> None:
        made.raw[path] = content if isinstance(content, bytes) else content.encode()

    return seed


def _text(change: Callable[[str], str | bytes]) -> Fault:
    """Change the text of some award file."""

    def seed(made: Population) -> None:
        path, file = made.file()
        text = change(yaml_of(file))
        made.raw[path] = text if isinstance(text, bytes) else text.encode()

    return seed


def _lines(change: Callable[[Population, list[dict[str, str]]], None]) -> Fault:
    """Change the lines of some proof file."""

    def seed(made: Population) -> None:
        paths = [path for path in made.proofs if path != "proofs/status.jsonl"]
        change(made, made.proofs[made.chance.choice(paths)])

    return seed


def _now(day: date) -> Fault:
    def seed(made: Population) -> None:
        made.now = day

    return seed


def _after(change: Callable[[Path, str], None]) -> Fault:
    """Change an award file, or its proofs, after they were written, if no other fault took it away."""

    def seed(made: Population) -> None:
        path, _ = made.file()
        made.after.append(lambda root: change(root, path) if (root / path).is_file() else None)

    return seed


def _target(kind: str, *names: str) -> Callable[[Population], Any]:
    def value(made: Population) -> Any:
        found = made.award(*names)["id"]
        return [found] if kind == "parts" else found

    return value


def _erased(made: Population) -> str:
    files = [file for file in made.awards.values() if file.get("erased")]
    found = made.chance.choice(files)["erased"][0]["id"]
    assert isinstance(found, str)
    return found


def _circle(made: Population) -> None:
    one, other = made.two("charts")
    one["replaced_by"], other["replaced_by"], other["learner"] = other["id"], one["id"], one["learner"]


def _same_day(made: Population) -> None:
    path, file = made.file("charts", "asking")
    twin = {**made.chance.choice(file["awards"]), "id": made.id(), "status_index": made.index()}
    twin["commitments"] = {"email": f"sha256${made.hex(64)}"}
    into = made.chance.choice([path, "issued/2026/again.yaml", "issued/2026/a-corrected-2026-02-03.yaml"])
    if into == path:
        file["awards"].append(twin)
    else:
        made.awards[into] = {**file, "awards": [twin], "erased": []}


def _shared_holder(made: Population) -> None:
    one, other = made.two()
    did = "did:web:wallet.example:me"
    one["holder"], other["holder"] = did, did.replace("wallet", "WALLET")


def _whole_copy(made: Population) -> None:
    path, file = made.file()
    made.awards[path.replace("2026/", "2025/")] = file


def _remove_file(made: Population) -> None:
    path, _ = made.file()
    del made.awards[path]


def _empty(made: Population) -> None:
    _, file = made.file()
    file["awards"] = []
    if made.chance.random() < 0.5:
        file.pop("erased", None)


def _stray(made: Population) -> None:
    made.proofs["proofs/elsewhere.jsonl"] = [dict(made.chance.choice(list(made.proofs.values()))[0])]


def _moved_line(made: Population) -> None:
    path, _ = made.file()
    source = made.proofs[path.replace("issued/", "proofs/").replace(".yaml", ".jsonl")]
    if source:
        made.proofs.setdefault("proofs/2026/other.jsonl", []).append(source.pop())


def _into_sibling(made: Population) -> None:
    paths = [path for path in made.proofs if path != "proofs/status.jsonl"]
    one, other = made.chance.sample(paths, 2)
    if made.proofs[one]:
        made.proofs[other].append(made.proofs[one][0])


def _link(root: Path, path: str) -> None:
    (root / path).unlink()
    (root / path).symlink_to("/dev/null")


def _unreadable(root: Path, path: str) -> None:
    (root / path).unlink()
    os.mkfifo(root / path)


def _renamed(new: str) -> Callable[[Path, str], None]:
    def change(root: Path, path: str) -> None:
        (root / path).rename((root / path).with_name(new))

    return change


def _leak_in_proofs(root: Path, path: str) -> None:
    proofs = root / path.replace("issued/", "proofs/").replace(".yaml", ".jsonl")
    proofs.parent.mkdir(parents=True, exist_ok=True)
    proofs.write_text(f"secret_key: {'ab' * 32}\n")


def _score(value: float) -> Fault:
    return _set("results", {"score": value})


def _weird(made: Population) -> None:
    file: File = made.file()[1]
    entry: Award = made.chance.choice(file["awards"])
    entry[made.chance.choice(["leaner", "@id", "note"])] = "x"


FAULTS: dict[str, Fault] = {
    "id twice": _copy("id"),
    "index twice": _copy("status_index"),
    "email twice": _copy("email"),
    "name is an email": _copy("name"),
    "commitments alike": _copy("commitment within"),
    "learner of another": _copy("learner"),
    "file twice": _whole_copy,
    "index too high": _set("status_index", 131_072),
    "index far too high": _set("status_index", 2**39),
    "award twice": _same_day,
    "holder shared": _shared_holder,
    "holder of another": _set("holder", f"did:key:z6Mk{'a' * 44}"),
    "holder is the site": _set("holder", SITE),
    "holder is the site in capitals": _set("holder", "did:web:BADGES.northfield.example"),
    "replaced by nothing": _set("replaced_by", UNKNOWN),
    "replaced by some award": _set("replaced_by", _target("replaced_by")),
    "replaced by an erased one": _set("replaced_by", _erased),
    "replaced in a circle": _circle,
    "renews nothing": _set("renews", UNKNOWN),
    "renews some award": _set("renews", _target("renews", "charts"), "charts"),
    "renews another credential": _set("renews", _target("renews", "asking"), "charts"),
    "renews an erased one": _set("renews", _erased),
    "part unknown": _set("parts", [UNKNOWN], "literacy"),
    "part of another": _set("parts", _target("parts", "charts"), "literacy"),
    "part is a stack": _set("parts", _target("parts", "literacy"), "literacy"),
    "part erased": _set("parts", lambda made: [_erased(made)], "literacy"),
    "parts of what has none": _set("parts", _target("parts"), "charts"),
    "parts missing": _drop("parts", "literacy"),
    "part ends before": _set("expires", date(2026, 3, 1), "charts", "asking"),
    "revoked in the future": _set("revoked", {"date": date(2026, 12, 24), "reason": "Later."}),
    "revoked before": _set("revoked", {"date": date(2020, 1, 1), "reason": "Earlier."}),
    "revoked": _set("revoked", {"date": date(2026, 11, 20), "reason": "Now."}),
    "erased in the future": _set_file(
        "erased", [{"id": UNKNOWN, "status_index": 60_000, "date": date(2027, 1, 1)}]
    ),
    "in the future": _set_file("issued_on", date(2026, 12, 1)),
    "after retirement": _set_file("issued_on", date(2026, 6, 2), "closed"),
    "before publication": _set_file("issued_on", date(2025, 11, 30), "closed"),
    "draft": _set_file("credential", "planned"),
    "unknown credential": _set_file("credential", "chart"),
    "unknown version": _set_file("version", "2.0"),
    "expires at once": _set("expires", date(2026, 1, 1)),
    "level too low": _set("results", {"level": "foundational"}),
    "score too low": _score(59.9),
    "score too high": _score(101),
    "evidence twice": _set("evidence", [{"name": n, "url": "https://northfield.example/x"} for n in "ab"]),
    "evidence of the file": _set_file(
        "evidence", [{"name": "Report", "url": "https://northfield.example/f"}]
    ),
    "empty": _empty,
    "unknown field": _weird,
    "learner is an address": _set("learner", "jane.doe@example.com"),
    "learner is no pseudonym": _set("learner", "12345"),
    "id is no id": _set("id", "one"),
    "score is text": _set("results", {"score": "80"}),
    "null": _set("results", None),
    "assessed by a person": _set_file("assessed_by", "Jane Doe"),
    "assessed by the title of a credential": _set_file("assessed_by", "A Name"),
    "comment with a name": _text(lambda text: f"# Jane Doe\n{text}"),
    "comment with a title": _text(lambda text: f"# A Name\n{text}"),
    "comment with an address": _text(lambda text: f"{text}# jane.doe@example.com\n"),
    "secret": _text(lambda text: f"{text}# secret_key: {'ab' * 32}\n"),
    "no yaml": _text(lambda text: f"{text}  - [\n"),
    "tab": _text(lambda text: text.replace("  ", "\t", 1)),
    "given twice": _text(lambda text: f"{text}version: '1.0'\n"),
    "not utf-8": _text(lambda text: b"# \xff\n" + text.encode()),
    "control character": _text(lambda text: text.replace("Examination", '"Exam\\x07"  #', 1)),
    "mojibake": _set("evidence", [{"name": "Étude Ã©crite"}]),
    "warning": _set(
        "evidence", [{"name": "Report", "url": "https://example.com/?access_token=abcdefabcdefabcd"}]
    ),
    "strange date": _text(lambda text: text.replace("issued_on: 2026", "issued_on: 20x6", 1)),
    "too large": _text(lambda text: text + "#" * 1_100_000),
    "nothing in it": _text(lambda _: ""),
    "no mapping": _text(lambda _: "- a\n"),
    "file gone": _remove_file,
    "name with blanks": _after(_renamed("spring cohort.yaml")),
    "name of a person": _after(_renamed("jane.doe@example.com.yaml")),
    "name with a number": _after(_renamed("416-555-0199.yaml")),
    "extension": _after(_renamed("cohort.yml")),
    "capitals": _after(_renamed("CHARTS-0.yaml")),
    "link": _after(_link),
    "pipe": _after(_unreadable),
    "table beside": _write("issued/2026/list.csv", "name,email\nJane Doe,jane.doe@example.com\n"),
    "readme beside": _write("issued/README.md", "Ask jane.doe@example.com\n"),
    "no year": _write("issued/spring/a.yaml", "awards: []\n"),
    "old": _now(date(2026, 5, 5)),
    "very old": _now(date(2020, 1, 1)),
    "level raised": _replace("credentials/charts.yaml", "level: intermediate", "level: advanced"),
    "pass mark raised": _replace("credentials/charts.yaml", "pass_mark: 60", "pass_mark: 80"),
    "credential broken": _replace("credentials/charts.yaml", "level: intermediate", "level: expert"),
    "credential gone": _replace("credentials/asking.yaml", "id: asking", "id: askin"),
    "credential no yaml": _write("credentials/charts.yaml", "id: [\n"),
    "credential a draft": _replace("credentials/charts.yaml", "valid_for: P1Y", "status: draft"),
    "short": _replace("credentials/charts.yaml", "valid_for: P1Y", "valid_for: P30D"),
    "renamed title": _replace("credentials/issuer.yaml", "name: Northfield Polytechnic", "name: Northfield"),
    "framework broken": _replace("frameworks/data-skills.yaml", "type: soft", "type: Soft"),
    "issuer broken": _replace("credentials/issuer.yaml", "country: CA", "country: Canada"),
    "settings broken": _replace("mkdocs.yml", "site_url: https", "site_url: ftp"),
    "settings tampered": _replace("mkdocs.yml", "plugins:", "hooks: [x.py]\nplugins:"),
    "stack asks for more": _replace("credentials/literacy.yaml", "- asking", "- asking\n    - closed"),
    "stack asks for itself": _replace("credentials/literacy.yaml", "    - asking", "    - literacy"),
    "proof twice": _lines(lambda _, lines: lines.append(lines[0]) if lines else None),
    "proof in another file": _into_sibling,
    "proof in a stray file": _stray,
    "proof moved": _moved_line,
    "proof of nothing": _lines(lambda made, lines: lines.append({**lines[0], "award": made.id()})),
    "proof of no id": _lines(lambda _, lines: lines.append({**lines[0], "award": "spring"})),
    "proof of an erased one": _lines(lambda made, lines: lines.append({**lines[0], "award": _erased(made)})),
    "proof with more": _lines(lambda _, lines: lines[0].update(note="x")),
    "proof of a list": _lines(lambda _, lines: lines[0].update(list=lines[0].pop("award"))),
    "no proof line": _write("proofs/2026/charts-0.jsonl", "nonsense\n\n"),
    "secret in proofs": _after(_leak_in_proofs),
    "proofs without awards": _write("proofs/2026/jane.doe@example.com.jsonl", ""),
    "lists": _write("proofs/status.jsonl", '{"list": "1"}\n'),
    "secret in docs": _write("docs/a.md", "-----BEGIN PRIVATE KEY-----\n" + "a" * 64),
}


def touch(made: Population, days: int = 1) -> None:
    """Change some award file without a fault: another day of issue would be one for what rests on it."""
    _, file = made.file()
    file["assessed_by"] = made.chance.choice(["Board of examiners", "Assessment office"])
    made.now += timedelta(days=days)
