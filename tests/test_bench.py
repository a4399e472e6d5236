"""What large catalogs are measured with: no faults, the same bytes each time, honest weights."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import get_args

import pytest

from bench._repository import NOW, Size, write_repository
from bench._weights import weigh
from site_builder.catalog.resolve import resolve
from site_builder.models.credential import Kind, Level
from site_builder.reading.repository import sweep

SMALL = Size(credentials=60, awards=30)


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_the_generated_repository_has_no_fault(tmp_path: Path) -> None:
    write_repository(tmp_path, SMALL)
    catalog, problems = resolve(sweep(tmp_path), NOW)
    assert [f"{p.path}:{p.line}: {p.message}" for p in problems] == []
    assert catalog is not None
    specs = [item.spec for item in catalog.current]
    assert len(specs) == SMALL.credentials
    assert len(catalog.awards) == SMALL.awards
    assert len(catalog.frameworks) == 3
    assert {spec.kind for spec in specs} == set(get_args(Kind))
    assert {spec.level for spec in specs} == set(get_args(Level))
    assert len({spec.language for spec in specs}) >= 3
    assert any(spec.translations for spec in specs)
    assert any(len(catalog.versions(spec.id)) == 2 for spec in specs)
    assert all(catalog.stacks_into(part) for spec in specs if spec.requires for part in spec.requires.all)


def test_the_same_size_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_repository(tmp_path / name, SMALL)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_names_run_out_with_a_word(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are names for 1050 credentials"):
        write_repository(tmp_path, Size(credentials=2000))


def test_a_page_weighs_what_a_browser_fetches(tmp_path: Path) -> None:
    page = '<link rel="stylesheet" href="../a.css?v=1"><script src=../a.js></script><img src="b.svg" alt="">'
    page += '<img src="b.svg" alt=""><script src="https://elsewhere.example/x.js"></script>'
    files = {
        "p/index.html": page.encode(),
        "p/b.svg": b"<svg></svg>",
        "a.css": b"@font-face{src:url(f.woff2)}",
        "a.js": b"let x = 1" * 99,
        "f.woff2": b"font",
    }
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    weight = weigh(tmp_path, "p/index.html")
    assert weight.raw == {"HTML": len(page), "CSS": 28, "JS": 891, "fonts": 4, "images": 11}
    assert weight.sent["JS"] == len(gzip.compress(files["a.js"], 6, mtime=0))
    assert weight.sent["fonts"] == 4
    assert weight.total == sum(weight.sent.values()) - weight.sent["images"]
