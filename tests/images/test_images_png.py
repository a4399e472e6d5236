"""PNG: every rule with its whole message, and nothing published that is not picture."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.images import check_image
from site_builder.problems import Problem
from tests.images.png_maker import END, chunk, good, header, pixels, png, rows

PATH = "credentials/badge.png"


def told(raw: bytes) -> list[tuple[str, str]]:
    image, problems = check_image(PATH, raw)
    assert (image is None) == any(problem.is_error for problem in problems)
    assert all(problem.path == PATH for problem in problems)
    return [(problem.code, problem.message) for problem in problems]


def test_a_clean_image_is_published_byte_for_byte() -> None:
    image, problems = check_image(PATH, good())
    assert problems == []
    assert image is not None
    assert (image.media_type, image.width, image.height) == ("image/png", 128, 128)
    assert image.published == good()


def test_a_problem_names_file_class_and_remedy() -> None:
    _, problems = check_image(PATH, good() + b"<script>")
    assert problems == [
        Problem(
            path=PATH,
            code="image-trailing-data",
            message="the image has 8 bytes of other data after its end",
            hint="export it again; a badge image must hold nothing but the image",
        )
    ]


BROKEN = {
    "signature": (
        b"x" * 60,
        "bad-image",
        "the file is not a PNG image: its first bytes are not those of a PNG",
    ),
    "empty": (b"", "bad-image", "the image is empty (0 bytes)"),
    "gif": (b"GIF89a" + bytes(30), "bad-image", "the file is a GIF image, not PNG"),
    "webp": (b"RIFF\0\0\0\0WEBPVP8 ", "bad-image", "the file is a WebP image, not PNG"),
    "gzip": (b"\x1f\x8b\x08", "bad-image", "the image is compressed (gzip), expected a plain file"),
    "lfs": (
        b"version https://git-lfs.github.com/spec/v1\n",
        "lfs-pointer",
        "the file is a Git LFS pointer, its content was not checked out",
    ),
    "no end": (
        png(header(), pixels()),
        "bad-image",
        "the image has no end (IEND is missing): it was cut short",
    ),
    "cut": (good()[:-6], "bad-image", "the image is damaged: it was cut short inside a chunk"),
    "chunk name": (
        good(chunk(b"te t")),
        "bad-image",
        "the image is damaged: a chunk name is not four letters",
    ),
    "length": (
        png(header(), b"\xff\xff\xff\xffIDAT" + bytes(8)),
        "bad-image",
        "the image is damaged (chunk length): IDAT runs past the end of the file",
    ),
    "checksum": (
        good(chunk(b"gAMA", b"1234")[:-1] + b"\0"),
        "bad-image",
        "the image is damaged (checksum of gAMA)",
    ),
    "header late": (
        png(chunk(b"gAMA", b"1234"), header(), pixels(), END),
        "bad-image",
        "the image is damaged: it must start with a header (IHDR)",
    ),
    "two headers": (good(header()), "bad-image", "the image is damaged (two headers)"),
    "header size": (
        png(chunk(b"IHDR", bytes(12)), pixels(), END),
        "bad-image",
        "the image is damaged: its header must have 13 bytes, not 12",
    ),
    "colour": (
        png(header(colour=5), pixels(), END),
        "bad-image",
        "the image is damaged: PNG has no colour type 5 with 8 bits",
    ),
    "interlace": (
        png(header(interlace=2), pixels(), END),
        "bad-image",
        "the image is damaged: its header asks for a method that PNG does not define",
    ),
    "no pixels": (png(header(), END), "bad-image", "the image is damaged: it has no pixel data (IDAT)"),
    "pixels apart": (
        png(header(), pixels(), chunk(b"tIME", bytes(7)), pixels(), END),
        "bad-image",
        "the image is damaged: its pixel data (IDAT) is not in one piece",
    ),
    "not zlib": (
        png(header(), chunk(b"IDAT", b"not zlib"), END),
        "bad-image",
        "the image is damaged: its pixel data (IDAT) is not zlib data",
    ),
    "few rows": (
        png(header(), pixels(rows(127)), END),
        "bad-image",
        "the image is damaged: its pixel data (IDAT) ends early",
    ),
    "many rows": (
        png(header(), pixels(rows(129)), END),
        "bad-image",
        "the image is damaged: it has more pixel data than its size allows",
    ),
    "pixel bomb": (
        png(header(), pixels(bytes(40_000_000)), END),
        "bad-image",
        "the image is damaged: it has more pixel data than its size allows",
    ),
    "row filter": (
        png(header(), pixels(rows(row_filter=5)), END),
        "bad-image",
        "the image is damaged: PNG has no row filter 5",
    ),
    "zlib checksum": (
        png(header(), chunk(b"IDAT", zlib.compress(rows())[:-1] + b"!"), END),
        "bad-image",
        "the image is damaged: its pixel data (IDAT) is not zlib data",
    ),
    "zlib cut": (
        png(header(), chunk(b"IDAT", zlib.compress(rows())[:-3]), END),
        "bad-image",
        "the image is damaged: its pixel data (IDAT) ends early",
    ),
    "behind the pixels": (
        png(header(), chunk(b"IDAT", zlib.compress(rows()) + b"<script>"), END),
        "image-trailing-data",
        "the image has other data hidden behind its pixel data",
    ),
    "behind the pixels, in a chunk": (
        png(header(), pixels(), chunk(b"IDAT", b"<script>"), END),
        "image-trailing-data",
        "the image has other data hidden behind its pixel data",
    ),
    "data in the end": (
        png(header(), pixels(), chunk(b"IEND", b"x")),
        "bad-image",
        "the image is damaged: its end (IEND) holds data",
    ),
    "no palette": (
        png(header(colour=3), pixels(rows(size=128)), END),
        "bad-image",
        "the image is damaged: its colours need a palette (PLTE) and there is none",
    ),
    "odd palette": (
        good(chunk(b"PLTE", bytes(7))),
        "bad-image",
        "the image is damaged: its palette (PLTE) is not as PNG defines it",
    ),
    "unknown critical": (
        good(chunk(b"CgBI", bytes(4))),
        "bad-image",
        "the image has an unknown part (CgBI) that PNG does not define",
    ),
    "no size": (
        png(header(width=0), pixels(b""), END),
        "image-size",
        "the image has no size: it says 0 x 128 pixels",
    ),
    "huge": (
        png(header(width=4097), pixels(), END),
        "image-size",
        "the image is too large: at most 4096 pixels a side, not 4097 x 128 pixels",
    ),
    "large file": (bytes(5_000_000), "image-size", "the image must be at most 4 MiB, not 4.8 MiB"),
    "baked, OB 3": (
        good(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")),
        "already-baked",
        "the image already carries a credential (a text chunk 'openbadgecredential')",
    ),
    "baked, other case": (
        good(chunk(b"tEXt", b"OpenBadges\0https://x.example")),
        "already-baked",
        "the image already carries a credential (a text chunk 'OpenBadges')",
    ),
    "text bomb": (
        good(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(30_000_000)))),
        "image-text-bomb",
        "the image has an oversized text chunk (zTXt inflates to more than 1024 KiB)",
    ),
    "international text bomb": (
        good(chunk(b"iTXt", b"Comment\0\1\0en\0\0" + zlib.compress(bytes(30_000_000)))),
        "image-text-bomb",
        "the image has an oversized text chunk (iTXt inflates to more than 1024 KiB)",
    ),
    "plain text, long": (
        good(chunk(b"tEXt", b"Comment\0" + b"x" * 1_200_000)),
        "image-text-bomb",
        "the image has an oversized text chunk (1200008 bytes)",
    ),
    "profile bomb": (
        good(chunk(b"iCCP", b"sRGB\0\0" + zlib.compress(bytes(30_000_000)))),
        "image-text-bomb",
        "the image has an oversized colour profile (iCCP inflates to more than 2048 KiB)",
    ),
    "profile damaged": (
        good(chunk(b"iCCP", b"sRGB\0\0nonsense")),
        "bad-image",
        "the image is damaged: its colour profile (iCCP) is not zlib data",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_image_is_refused(name: str) -> None:
    raw, code, message = BROKEN[name]
    assert told(raw) == [(code, message)]


def test_an_image_of_another_ending_is_refused() -> None:
    image, problems = check_image("credentials/badge.gif", good())
    assert image is None
    assert problems[0].message == "badge images are SVG or PNG, not '.gif'"


def test_a_small_oblong_image_is_warned_of() -> None:
    assert told(png(header(60, 40), pixels(rows(40, 240)), END)) == [
        ("image-size", "badge images should be square, not 60 x 40 pixels"),
        ("image-size", "badge images should be at least 90 x 90 pixels, not 60 x 40"),
    ]


@pytest.mark.parametrize(("depth", "colour", "size"), [(1, 0, 13), (16, 2, 600), (8, 4, 200), (16, 6, 800)])
def test_every_colour_type_is_measured_right(depth: int, colour: int, size: int) -> None:
    assert told(png(header(100, 100, depth, colour), pixels(rows(100, size)), END)) == []


def test_an_interlaced_image_is_followed_pass_by_pass() -> None:
    passes = [(13, 13), (13, 12), (12, 25), (25, 25), (25, 50), (50, 50), (50, 100)]
    plain = b"".join(rows(count, columns * 4) for count, columns in passes)
    assert told(png(header(100, 100, interlace=1), pixels(plain), END)) == []


def test_a_palette_image_is_accepted() -> None:
    raw = png(header(colour=3), chunk(b"PLTE", bytes(6)), chunk(b"tRNS", b"\0"), pixels(rows(size=128)), END)
    assert told(raw) == []


def test_pixels_in_many_pieces_are_one_picture() -> None:
    packed = zlib.compress(rows())
    pieces = [chunk(b"IDAT", packed[at : at + 7]) for at in range(0, len(packed), 7)]
    assert told(png(header(), *pieces, chunk(b"IDAT"), END)) == []


def test_what_is_said_about_the_author_is_not_published() -> None:
    private = [
        chunk(b"eXIf", b"MM\0*GPS"),
        chunk(b"tEXt", b"Author\0Jane Learner"),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"jane@example.org")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0C:\\Users\\Jane"),
        chunk(b"tIME", bytes(7)),
        chunk(b"iCCP", b"Jane's monitor\0\0" + zlib.compress(b"profile")),
        chunk(b"prVt", b"Jane"),
    ]
    image, problems = check_image(PATH, good(chunk(b"gAMA", b"\0\0\xb1\x8f"), *private))
    assert problems == []
    assert image is not None
    assert image.published == good(chunk(b"gAMA", b"\0\0\xb1\x8f"))


def test_an_animation_is_published_as_its_first_picture() -> None:
    image, problems = check_image(PATH, good(chunk(b"acTL", bytes(8)), chunk(b"fcTL", bytes(26))))
    assert [problem.message for problem in problems] == [
        "the image is animated; only its first picture is published"
    ]
    assert image is not None
    assert image.published == good()


ALLOWED = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_mutation_raises_or_publishes_another_chunk(data: st.DataObject) -> None:
    raw = bytearray(good(chunk(b"tEXt", b"a\0b"), chunk(b"eXIf", b"MM")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=12))
    image, problems = check_image(PATH, bytes(raw))
    assert image is None or kinds(image.published) <= ALLOWED
    assert image is not None or problems


@settings(max_examples=100, deadline=None)
@given(extras=st.lists(st.tuples(st.from_regex(rb"\A[a-zA-Z]{4}\Z"), st.binary(max_size=30)), max_size=4))
def test_no_well_made_chunk_is_published_unless_it_is_known(extras: list[tuple[bytes, bytes]]) -> None:
    image, _ = check_image(PATH, good(*(chunk(kind, body) for kind, body in extras)))
    assert image is None or kinds(image.published) <= ALLOWED


def kinds(raw: bytes) -> set[bytes]:
    at, found = 8, set()
    while at < len(raw):
        found.add(raw[at + 4 : at + 8])
        at += 12 + int.from_bytes(raw[at : at + 4], "big")
    return found
