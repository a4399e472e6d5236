"""Keys: read where they may be, refused where they must be, and never shown."""

from __future__ import annotations

import base64
import copy
import errno
import hashlib
import json
import os
import pickle
from pathlib import Path

import pytest
from nacl.signing import SigningKey, VerifyKey

from site_builder.keys import (
    PUBLISHED_TEST_KEYS,
    KeyRefused,
    Role,
    demo_signers,
    generate_seed,
    is_demo_host,
    is_published_key,
    load_signer,
    secret_multibase,
    write_key_file,
)
from site_builder.proof.multibase import encode, public_key_bytes, public_key_multibase

REAL = "college.edu"
DEMO = "college.example"
SEED = bytes(range(32))
OTHER = bytes(range(1, 33))
PUBLIC = public_key_multibase(bytes(SigningKey(SEED).verify_key))

# RFC 8032, 7.1: the seeds whose public keys are refused.
RFC_8032 = [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
]


def spellings(seed: bytes) -> list[str]:
    public = bytes(SigningKey(seed).verify_key)
    return [
        seed.hex(),
        seed.hex().upper(),
        secret_multibase(seed),
        encode(b"\x80\x26" + seed, "u"),
        encode(b"\x80\x26" + seed + public),
        base64.b64encode(seed).decode(),
        base64.b64encode(seed).decode().rstrip("="),
        base64.urlsafe_b64encode(seed).decode(),
        f"\n  {seed.hex()}\t\n",
    ]


def refusal(environment: dict[str, str], host: str = REAL, role: Role = Role.ISSUE) -> KeyRefused:
    with pytest.raises(KeyRefused) as caught:
        load_signer(role, environment=environment, host=host)
    return caught.value


@pytest.mark.parametrize("text", spellings(SEED))
def test_key_from_the_environment(text: str) -> None:
    signer = load_signer(Role.ISSUE, environment={"BADGEPRESS_ISSUE_KEY": text}, host=REAL)
    assert signer.public_key == PUBLIC
    assert not signer.is_demo
    VerifyKey(public_key_bytes(PUBLIC)).verify(b"data", signer.sign(b"data"))


@pytest.mark.parametrize("text", spellings(SEED))
def test_key_from_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_text(text)
    environment = {"BADGEPRESS_STATUS_KEY_FILE": str(path)}
    assert load_signer(Role.STATUS, environment=environment, host=REAL).public_key == PUBLIC


def test_multibase_starts_as_documented() -> None:
    assert secret_multibase(SEED).startswith("z3u2")


@pytest.mark.parametrize(
    "text",
    [
        "secret-password",
        SEED.hex()[:-2],
        SEED.hex() + "00",
        " ".join(["ab"] * 22)[:64],
        base64.b64encode(SEED[:31]).decode(),
        base64.b64encode(SEED + b"x").decode(),
        encode(b"\xed\x01" + SEED),
        encode(b"\x80\x26" + SEED[:31]),
        encode(b"\x80\x26" + SEED + SEED),
        PUBLIC,
        "zé",
        "é" * 43,
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_bad_key_is_refused_and_never_shown(text: str) -> None:
    refused = refusal({"BADGEPRESS_ISSUE_KEY": text})
    assert refused.code == "bad-key"
    assert refused.message == (
        "BADGEPRESS_ISSUE_KEY must be an Ed25519 key of 32 bytes:"
        " multibase (z3u2…), 64 hex characters or base64"
    )
    assert refused.hint == "make a key with: badgepress keygen"
    assert text not in f"{refused!r} {refused} {refused.hint} {refused.__context__!r} {refused.__cause__!r}"


_WITHOUT: list[dict[str, str]] = [{}, {"BADGEPRESS_ISSUE_KEY": " "}, {"BADGEPRESS_STATUS_KEY": SEED.hex()}]


@pytest.mark.parametrize("environment", _WITHOUT)
def test_no_key_for_a_real_host(environment: dict[str, str]) -> None:
    refused = refusal(environment)
    assert refused.code == "no-key"
    assert refused.message == (
        "BADGEPRESS_ISSUE_KEY must hold the issue key, or BADGEPRESS_ISSUE_KEY_FILE its path,"
        " to sign for 'college.edu'"
    )


def test_no_key_for_a_demo_host_gives_the_demo_key() -> None:
    signers = {role: load_signer(role, environment={}, host=DEMO) for role in Role}
    assert signers == demo_signers()
    assert all(signer.is_demo for signer in signers.values())


def test_demo_keys_never_change() -> None:
    """Demo sites in the wild name them in their did.json."""
    assert {role.value: signer.public_key for role, signer in demo_signers().items()} == {
        "issue": "z6MkjVnfzvJjcHyG75SuLg1WwGXRXxjxZ4YhDscz19HKbDFK",
        "status": "z6MkkRiNCDm7bdHcd9zv9wdv7aKhSXUTLvJqJmrpVdduHCC4",
    }


def test_demo_keys_are_published_and_others_are_not() -> None:
    assert all(is_published_key(signer.public_key) for signer in demo_signers().values())
    assert not is_published_key(PUBLIC)


def test_demo_key_cannot_sign_a_real_site() -> None:
    seed = hashlib.sha256(b"badgepress demo issue key: published, never trust it").hexdigest()
    refused = refusal({"BADGEPRESS_ISSUE_KEY": seed})
    assert refused.code == "test-key"
    assert refused.message == (
        "BADGEPRESS_ISSUE_KEY must be a private key, not a published test key, to sign for 'college.edu'"
    )
    # Nor in the other role.
    assert refusal({"BADGEPRESS_STATUS_KEY": seed}, role=Role.STATUS).code == "test-key"
    assert load_signer(Role.ISSUE, environment={"BADGEPRESS_ISSUE_KEY": seed}, host=DEMO).is_demo


@pytest.mark.parametrize("seed", [*RFC_8032, "00" * 32])
def test_published_test_key_cannot_sign_a_real_site(seed: str) -> None:
    public = public_key_multibase(bytes(SigningKey(bytes.fromhex(seed)).verify_key))
    assert public in PUBLISHED_TEST_KEYS
    assert is_published_key(public)
    assert refusal({"BADGEPRESS_ISSUE_KEY": seed}).code == "test-key"
    assert load_signer(Role.ISSUE, environment={"BADGEPRESS_ISSUE_KEY": seed}, host=DEMO).public_key == public


@pytest.mark.shared
def test_keys_of_the_official_vectors_cannot_sign_a_real_site(shared: Path) -> None:
    vectors = shared / "standards/vectors"
    w3c = json.loads((vectors / "vc-di-eddsa/keyPair.json").read_text("utf-8"))["privateKeyMultibase"]
    ob3 = json.loads((vectors / "1edtech-impl/ob3/vector.json").read_text("utf-8"))["secretKeyMultibase"]
    for text in (w3c, ob3):
        assert refusal({"BADGEPRESS_ISSUE_KEY": text}).code == "test-key"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o666, 0o644, 0o601])
def test_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    path.write_text(SEED.hex())
    path.chmod(mode)
    refused = refusal({"BADGEPRESS_ISSUE_KEY_FILE": str(path)})
    assert refused.code == "key-file-open"
    assert refused.message == (
        f"BADGEPRESS_ISSUE_KEY_FILE must name a file that is open to its owner alone, not of mode {mode:o}"
    )
    assert refused.hint == f"chmod 600 {path}"


def test_file_that_is_no_key_file_is_refused(tmp_path: Path) -> None:
    kind = "must name a file, not a folder, a pipe or a device"
    large = tmp_path / "large"
    large.touch(mode=0o600)
    large.write_bytes(b"x" * 5000)
    os.mkfifo(tmp_path / "pipe", mode=0o600)
    for path, what in (
        (tmp_path / "gone", "must name a file that can be read, but: No such file or directory"),
        (tmp_path / "nul\0", "must name a file that can be read, but: this is no path"),
        (tmp_path, kind),
        (tmp_path / "pipe", kind),
        (Path("/dev/null"), kind),
        (large, "must name a file that holds one key and nothing else"),
    ):
        refused = refusal({"BADGEPRESS_ISSUE_KEY_FILE": str(path)})
        assert (refused.code, refused.message) == ("key-file", f"BADGEPRESS_ISSUE_KEY_FILE {what}")
        assert refused.hint == "give the file's path; a key itself goes into BADGEPRESS_ISSUE_KEY"


def everything_told(refused: KeyRefused) -> str:
    """Return all that a message, a log or a traceback could hold."""
    causes = (refused, refused.__context__, refused.__cause__)
    return " ".join(f"{cause!r} {cause} {vars(cause) if cause else ''}" for cause in causes)


@pytest.mark.parametrize(
    "text", [*spellings(SEED), "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n", "pass/word" * 999]
)
def test_key_pasted_as_the_name_of_its_file_is_never_shown(text: str) -> None:
    refused = refusal({"BADGEPRESS_STATUS_KEY_FILE": text}, role=Role.STATUS)
    assert refused.code == "key-file"
    assert refused.message.startswith("BADGEPRESS_STATUS_KEY_FILE must name a file that can be read, but: ")
    assert text.strip() not in everything_told(refused)


@pytest.mark.parametrize("content", [SEED.hex(), "x" * 5000])
def test_file_named_as_a_key_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name = secret_multibase(OTHER)
    for path in (Path(name), tmp_path / name):
        path.write_text(content)
        for mode in (0o644, 0o600):
            path.chmod(mode)
            environment = {"BADGEPRESS_ISSUE_KEY_FILE": str(path)}
            if mode == 0o600 and content == SEED.hex():
                assert load_signer(Role.ISSUE, environment=environment, host=REAL).public_key == PUBLIC
            else:
                assert name not in everything_told(refusal(environment))


def test_file_with_a_bad_key_does_not_show_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(b"pass\xffword")
    refused = refusal({"BADGEPRESS_ISSUE_KEY_FILE": str(path)})
    assert refused.code == "bad-key"
    assert "pass" not in str(refused)


def test_key_and_file_together_are_refused(tmp_path: Path) -> None:
    environment = {"BADGEPRESS_ISSUE_KEY": SEED.hex(), "BADGEPRESS_ISSUE_KEY_FILE": str(tmp_path / "key")}
    refused = refusal(environment)
    assert (refused.code, refused.message) == (
        "two-keys",
        "BADGEPRESS_ISSUE_KEY and BADGEPRESS_ISSUE_KEY_FILE must not both be set",
    )


def test_signer_does_not_show_its_key() -> None:
    signer = load_signer(Role.ISSUE, environment={"BADGEPRESS_ISSUE_KEY": SEED.hex()}, host=REAL)
    shown = f"{signer!r} {signer}"
    assert shown.startswith(f"Signer(public_key='{PUBLIC}'")
    for text in spellings(SEED):
        assert text.strip() not in shown


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost:8000",
        "127.0.0.1",
        "127.0.0.1:8000",
        "a.localhost",
        "college.example",
        "x.test",
        "x.invalid",
        "college.example.",
    ],
)
def test_demo_hosts(host: str) -> None:
    assert is_demo_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "college.edu",
        "example.com",
        "localhost.college.edu",
        "xlocalhost",
        "notexample",
        "a.example.org",
        "127.0.0.1.college.edu",
        "127.0.0.2",
        "test",
    ],
)
def test_real_hosts(host: str) -> None:
    assert not is_demo_host(host)


def test_generated_seeds_differ() -> None:
    seeds = {generate_seed() for _ in range(10)}
    assert {len(seed) for seed in seeds} == {32}
    assert len(seeds) == 10


def test_key_file_is_written_for_its_owner_alone_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "issue.key"
    mask = os.umask(0)
    try:
        public = write_key_file(path, SEED)
    finally:
        os.umask(mask)
    assert public == PUBLIC
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == secret_multibase(SEED) + "\n"
    environment = {"BADGEPRESS_ISSUE_KEY_FILE": str(path)}
    assert load_signer(Role.ISSUE, environment=environment, host=REAL).public_key == PUBLIC


def test_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "issue.key"
    write_key_file(path, SEED)
    with pytest.raises(KeyRefused) as caught:
        write_key_file(path, OTHER)
    assert (caught.value.code, caught.value.message) == (
        "key-file-exists",
        f"key file '{path}' must not exist yet",
    )
    assert path.read_text() == secret_multibase(SEED) + "\n"
    dangling = tmp_path / "link"
    dangling.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyRefused):
        write_key_file(dangling, OTHER)
    with pytest.raises(KeyRefused, match=r"cannot be written: No such file or directory"):
        write_key_file(tmp_path / "gone" / "key", OTHER)


def test_half_a_key_file_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_is_full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_is_full)
    with pytest.raises(KeyRefused, match=r"cannot be written: No space left on device"):
        write_key_file(tmp_path / "key", SEED)
    assert not (tmp_path / "key").exists()


def test_secret_of_wrong_length_is_our_bug() -> None:
    with pytest.raises(ValueError, match=r"^an Ed25519 seed has 32 bytes, not 31$"):
        secret_multibase(SEED[:31])


def test_signer_travels_to_worker_processes() -> None:
    signer = demo_signers()[Role.ISSUE]
    for again in (copy.deepcopy(signer), pickle.loads(pickle.dumps(signer))):
        assert again.sign(b"x") == signer.sign(b"x")
