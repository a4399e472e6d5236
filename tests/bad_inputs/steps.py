"""The steps of a history, told in words: each kind of step by a rule, so that others are understood, too."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from site_builder.models.shape import Location
from tests.bad_inputs import adapter, base, keyed
from tests.bad_inputs.adapter import Unmapped, place_of
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.workshop import Workshop

Step = Callable[[Workshop], None]

PUBLISH = re.compile(
    r"(?:faketime (?P<days>[+-]?\d+) ?d(?:ays?)? )?publish(?: again)?(?: with (?P<what>.+))?"
)
_AGES = {"day": 1, "week": 7, "month": 30, "year": 365}
_NEXT_LEVEL = {"foundational": "intermediate", "intermediate": "advanced", "advanced": "foundational"}
NEW = "66666666-6666-4666-8666-{:012}"


_FIXED = {
    "Period": "P5Y",
    "Pseudonym": "c" * 32,
    "Commitment": "sha256$" + "c" * 64,
    "Language": "fr",
    "Country": "FR",
    "AwardId": NEW.format(1),
}


def step_of(words: str) -> Step:
    """Return what a step does; raises ``Unmapped`` for words that nobody knows.

    A step raises ValueError where it cannot be taken.
    """
    for pattern, make in _STEPS:
        found = re.fullmatch(pattern, words)
        if found is not None:
            return make(found)
    raise Unmapped(f"the runner does not know the step {words!r}")


def _set(found: re.Match[str]) -> Step:
    role, told = found["role"], found["value"]
    if role == "site_url":
        return lambda shop: shop.change(
            lambda repo: keyed.move_to(repo, told or "https://moved.example.org/")
        )
    path, location = place_of(role)

    def change(repo: Repo) -> None:
        before = _present(repo, path, location)
        repo.set(path, location, _told(before, told) if told else _other(before, path, location))

    return lambda shop: shop.change(change)


def _present(repo: Repo, path: str, location: Location) -> Any:
    try:
        return repo.get(path, location)
    except KeyError:
        return None


def _told(before: object, words: str) -> object:
    found = re.fullmatch(r"(?P<n>a|an|one|\d+) (?P<unit>day|week|month|year)s? (?P<way>earlier|later)", words)
    if found is None:
        return date.fromisoformat(words) if isinstance(before, date) else words
    if not isinstance(before, date):
        raise Unmapped(f"{words!r} of what is no date")
    number = int(found["n"]) if found["n"].isdigit() else 1
    days = timedelta(days=number * _AGES[found["unit"]])
    return before - days if found["way"] == "earlier" else before + days


def _other(before: object, path: str, location: Location) -> object:
    """Return another good value for a field."""
    kind = adapter.type_at(path, location)
    if isinstance(before, bool) or before is None:
        raise Unmapped(f"the runner does not know another {'.'.join(map(str, location))}")
    if isinstance(before, date):
        return before - timedelta(days=1)
    if isinstance(before, int | float):
        return before + (4096 if kind == "StatusIndex" else 1)
    if isinstance(before, list):
        return [_other(before[0], path, (*location, 0)), *before[1:]]
    if isinstance(before, dict):
        name = next(iter(before))
        return {**before, name: _other(before[name], path, (*location, name))}
    return _other_text(str(before), kind)


def _other_text(before: str, kind: str) -> str:
    if kind in ("Id", "Reference"):
        return before + "-2"
    if kind == "Address":
        return before.rstrip("/") + "/other"
    return _FIXED.get(kind) or _NEXT_LEVEL.get(before) or f"{before} Changed."


def _delete(found: re.Match[str]) -> Step:
    if found["role"] == "assertion":
        return _on_award(lambda awards: awards.pop(0))
    path, location = place_of(found["role"])
    if location:
        return lambda shop: shop.change(lambda repo: repo.remove(path, location))
    return lambda shop: shop.change(lambda repo: repo.files.pop(path))


def _on_award(change: Callable[[list[Any]], object]) -> Step:
    """Change the awards of the first cohort, the award in question first among them."""

    def step(shop: Workshop) -> None:
        awards = shop.repo.data(base.CHARTS_AWARDS)["awards"]
        shop.last_index = awards[0]["status_index"]
        shop.change(lambda _: change(awards))

    return step


def _rename(found: re.Match[str]) -> Step:
    """Give the thing another file, another id, or both."""
    role, what = found["role"], found["what"] or "file and id"
    path, _ = place_of(role)

    def change(repo: Repo) -> None:
        if role == "assertion" and "id" in what:
            repo.set(path, ("awards", 0, "id"), NEW.format(2))
        elif "id" in what:
            adapter.rename(repo, path, ("id",), f"{repo.get(path, ('id',))}-renamed")
            return
        if "file" in what:
            repo.move(path, path.replace(".yaml", "-renamed.yaml"))

    return lambda shop: shop.change(change)


def _award(found: re.Match[str]) -> Step:
    """Award somebody new; ``with its index`` gives them the place of the award that was last withdrawn."""
    with_index = bool(found["index"])

    def step(shop: Workshop) -> None:
        awards = shop.repo.data(base.ASKING_AWARDS)["awards"]
        new = base.award(NEW.format(len(awards)), base.BEA)
        new["commitments"] = {"email": "sha256$" + "d" * 64}
        new["status_index"] = shop.last_index if with_index else 4000 + len(awards)
        shop.change(lambda _: awards.append(new))

    return step


def _revoke(_: re.Match[str]) -> Step:
    revoked = {"date": TODAY, "reason": "A slip of the pen."}
    return _on_award(lambda awards: awards[0].update(revoked=revoked))


def _unrevoke(_: re.Match[str]) -> Step:
    def take_back(awards: list[Any]) -> None:
        for award in awards:
            award.pop("revoked", None)
            award.pop("replaced_by", None)

    return _on_award(take_back)


def _erase(_: re.Match[str]) -> Step:
    """Run the command: what it leaves is for it to say."""

    def step(shop: Workshop) -> None:
        award = shop.repo.data(base.CHARTS_AWARDS)["awards"][0]
        shop.last_index, shop.erased[award["id"]] = award["status_index"], award
        run = shop.run("erase", award["id"], "--root", str(shop.root), "--now", shop.day.isoformat())
        if run.exit != 0:
            raise ValueError(f"an award could not be erased: {run.stderr[:300]!r}")
        shop.reload()
        shop.commit()

    return step


def _key(found: re.Match[str]) -> Step:
    """Let another key sign; the one before it is retired, compromised, or gone from the list."""
    verb = found["verb"]

    def step(shop: Workshop) -> None:
        shop.merge()
        keys = shop.repo.data(base.ISSUER)["keys"]
        if verb in ("rotate", "retire", "compromise"):
            state = "compromised" if verb == "compromise" else "retired"
            keys[keyed.ACTIVE].update(state=state, ended=TODAY)
        elif verb in ("delete", "remove"):
            del keys[keyed.ACTIVE]
        keys.append(keyed.listed("next", "issue"))
        if verb != "add":
            shop.env["BADGEPRESS_ISSUE_KEY"] = keyed.secret("next")
        shop.commit()
        shop.merge()

    return step


def _new_version(found: re.Match[str]) -> Step:
    number, field = found["number"], found["field"] or "criteria"
    version = number if "." in number else f"{number}.0"

    def change(repo: Repo) -> None:
        spec = repo.data(base.CHARTS)
        repo.files[f"credentials/charts/{spec['version']}.yaml"] = spec
        repo.files[base.CHARTS] = {**spec, "version": version}
        repo.set(base.CHARTS, (field,), _other(spec[field], base.CHARTS, (field,)))

    return lambda shop: shop.change(change)


def _ledger(found: re.Match[str]) -> Step:
    """Drop or alter a line of the recorded proofs."""
    verb, which = found["verb"], found["which"] or "last"

    def step(shop: Workshop) -> None:
        files = sorted((shop.root / "proofs").rglob("*.jsonl"))
        file = [path for path in files if path.name != "status.jsonl"][0 if which == "first" else -1]
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        place = 0 if which == "first" else -1
        if verb in ("drop", "delete", "remove", "cut", "truncate"):
            del lines[place]
        else:
            lines[place] = lines[place].replace('"created": "2', '"created": "1')
        file.write_text("".join(lines), encoding="utf-8")
        shop.commit()

    return step


def _clone(found: re.Match[str]) -> Step:
    """Go on in a clone; a shallow one has no history to compare with."""
    depth = tuple((found["depth"] or "").split())

    def step(shop: Workshop) -> None:
        clone = shop.folder / "clone"
        shop.git("clone", "--quiet", *depth, shop.root.as_uri(), str(clone))
        shop.root, shop.is_shallow = clone, bool(depth)
        shop.reload()

    return step


def _checkout(found: re.Match[str]) -> Step:
    def step(shop: Workshop) -> None:
        shop.git("reset" if found["verb"] == "reset" else "checkout", "--quiet", *found["more"].split())
        shop.reload()

    return step


def _caches(_: re.Match[str]) -> Step:
    def step(shop: Workshop) -> None:
        for pattern in (".cache", "__pycache__", ".*-staged", ".*-old", ".*-lock", "*.swp"):
            for path in list(shop.folder.rglob(pattern)):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return step


def _unpublish(_: re.Match[str]) -> Step:
    return lambda shop: shutil.rmtree(shop.site)


def _touch(_: re.Match[str]) -> Step:
    def step(shop: Workshop) -> None:
        for path in shop.root.rglob("*"):
            if ".git" not in path.parts:
                os.utime(path, (1, 1))

    return step


_ROLE = r"(?P<role>[a-z_]+(?:\.[a-z_]+|\[\d*\])*)"
_STEPS: tuple[tuple[str, Callable[[re.Match[str]], Step]], ...] = (
    (rf"(?:set|change|edit) {_ROLE}(?: to (?P<value>.+))?", _set),
    (
        r"(?P<verb>drop|delete|remove|cut|change|edit|alter) (?:the )?(?:(?P<which>first|last) )?"
        r"(?:line of the )?ledger(?: entry| line)?",
        _ledger,
    ),
    (r"(?:delete|drop|clear) (?:the |all )?caches?", _caches),
    (r"(?:delete|remove) (?:the )?(?:output|site|published (?:site|folder))", _unpublish),
    (r"(?P<verb>rotate|retire|compromise|add|delete|remove) (?:the |a )?(?:signing |issue )?key", _key),
    (r"add credential version (?P<number>\d+(?:\.\d+)*)(?: with other (?P<field>\w+))?", _new_version),
    (r"erase (?:the )?assertion", _erase),
    (r"revoke (?:the )?assertion", _revoke),
    (r"(?:unrevoke|un-revoke) (?:the )?assertion", _unrevoke),
    (rf"(?:delete|remove) (?:the )?{_ROLE}(?: file)?", _delete),
    (rf"rename {_ROLE}(?: (?P<what>file|id|file and id))?", _rename),
    (r"award(?: another)?(?P<index> with its index)?|commit more", _award),
    (r"git clone(?P<depth> --depth \d+)?", _clone),
    (r"git (?P<verb>checkout|switch|reset) (?P<more>.+)", _checkout),
    (r"touch (?:all |every )?files?", _touch),
)
