"""Both verifiers asked the same: Python here, the browser's under Node, many badges in one process."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

from site_builder.messages import load
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.verdict import QUESTIONS
from site_builder.verifying.verify import verify_credential
from tests.verifying.world import NOW, Json, World
from tools.node import find_node

_SECONDS = 300
_ROOM = "--max-semi-space-size=128"
"""Megabytes for what is young: by its own measure Node spends a third of a script on taking rubbish away."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One question: a badge's bytes, the files within reach by address, who is asked, when, who is known."""

    name: str
    raw: bytes
    files: Mapping[str, bytes]
    home: bool = True
    now: datetime = NOW
    trusted: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reach:
    """The files of a vector as a source of the Python verifier."""

    files: Mapping[str, bytes]
    home: bool
    base: str = ""

    def read(self, url: str) -> bytes:
        if url not in self.files:
            raise Unavailable(f"{url} is not there")
        return self.files[url]

    badge = read

    def is_home(self, did: str) -> bool:
        return self.home


def reach(world: World) -> dict[str, bytes]:
    """Return the files of a world that a verifier may ask for, by address."""
    wanted = ("did.json", ".well-known/did.json", "status/", "issued/")
    return {
        world.base + path: data
        for path, data in world.files.items()
        if path.startswith(wanted) and path.endswith(".json")
    }


def by_python(vector: Vector) -> Json:
    """Return what ``badgepress verify`` says, in the shape in which the browser's verifier says it."""
    verdict = verify_credential(
        vector.raw, "badge", Reach(vector.files, vector.home), vector.now, vector.trusted
    )
    told = verdict.to_json()
    return {
        "id": verdict.id,
        "issuer": verdict.issuer,
        "state": told["state"],
        "summary": told["summary"],
        "answers": {
            question: {
                "value": verdict.answers[question].value,
                "reason": told["answers"][question]["reason"],
                "detail": _facts(verdict.answers[question].detail),
            }
            for question in QUESTIONS
        },
    }


@cache
def asked(make: Callable[[], Iterable[Vector]]) -> tuple[list[Vector], list[Json]]:
    """Return the vectors that ``make`` gives and what Python says of each; worked out once."""
    vectors = list(make())
    return vectors, [by_python(vector) for vector in vectors]


def agreed(make: Callable[[], Iterable[Vector]], *, fallback: bool = False) -> list[Json]:
    """Assert that both verifiers say the same of each vector; return what the browser's says."""
    vectors, python = asked(make)
    browser = by_browser(vectors, fallback=fallback)
    found = disagreements(vectors, python, browser)
    assert not found, f"{len(found)} of {len(vectors)}:\n" + "\n".join(found[:3])
    return browser


def by_browser(vectors: Iterable[Vector], *, fallback: bool = False) -> list[Json]:
    """Return what the browser's verifier says of each, in English; ``document`` is told besides.

    ``fallback`` runs it as on a page without WebCrypto.
    """
    found: list[Json] = run(_job(list(vectors)), fallback=fallback)
    for verdict in found:
        for answer in verdict["answers"].values():
            answer["detail"] = _facts(answer["detail"])
    return found


def run(job: Mapping[str, Any], *, fallback: bool = False) -> Any:
    """Return what run.mjs answers to ``job``."""
    process = _node(fallback)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("Node was started without pipes")
    late = Timer(_SECONDS, process.kill)
    late.start()
    try:
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
    finally:
        late.cancel()
    assert line, f"Node ended with {process.wait()}, or was ended after {_SECONDS} seconds"
    answer = json.loads(line)
    assert "fault" not in answer, answer["fault"][-4000:]
    return answer["told"]


@cache
def _node(fallback: bool) -> subprocess.Popen[str]:
    """Return this process' Node, started when it is first asked; it ends with this process."""
    script = str(Path(__file__).with_name("run.mjs"))
    return subprocess.Popen(
        [str(find_node().program), _ROOM, script, *(["fallback"] if fallback else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"},
    )


def _facts(detail: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that both must agree on: what a fault says for the curious is each verifier's own."""
    return {key: value for key, value in detail.items() if key != "fault"}


def _job(vectors: list[Vector]) -> Json:
    """Return the vectors as run.mjs reads them, every file and every set of files once."""
    blobs: dict[bytes, int] = {}
    folders: dict[str, int] = {}

    def blob(data: bytes) -> int:
        return blobs.setdefault(data, len(blobs))

    def folder(files: Mapping[str, bytes]) -> int:
        text = json.dumps({url: blob(data) for url, data in files.items()})
        return folders.setdefault(text, len(folders))

    cases = [
        {
            "raw": blob(vector.raw),
            "files": folder(vector.files),
            "home": vector.home,
            "now": vector.now.isoformat(timespec="milliseconds"),
            "trusted": sorted(vector.trusted),
        }
        for vector in vectors
    ]
    return {
        "cases": cases,
        "blobs": [base64.b64encode(data).decode() for data in blobs],
        "folders": [json.loads(text) for text in folders],
        "language": language("en"),
    }


def language(code: str) -> Json:
    """Return the verifier's sentences in one language, as the pages' scripts get them."""
    words = load(code)
    messages = {key: text for key, text in words.messages.items() if key.startswith("verify.")}
    return {"language": code, "direction": words.direction, "name": words.name, "words": messages}


def disagreements(vectors: list[Vector], python: list[Json], browser: list[Json]) -> list[str]:
    """Return, for each vector on which the two differ, its name and both verdicts."""
    return [
        f"{vector.name}\n  python:  {json.dumps(one)}\n  browser: {json.dumps(_without_document(two))}"
        for vector, one, two in zip(vectors, python, browser, strict=True)
        if one != _without_document(two)
    ]


def _without_document(verdict: Json) -> Json:
    return {key: value for key, value in verdict.items() if key != "document"}
