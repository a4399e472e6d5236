"""A site that is served at the address it was made for: the only place where "authentic" may be said."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from tests.end_to_end.press import build, copy_of_demo, few_awards, press
from tests.support.browser import served
from tests.support.demo import DEMO_DAY


def test_at_its_home_a_badge_is_authentic_and_elsewhere_it_is_not(tmp_path: Path) -> None:
    root = few_awards(copy_of_demo(tmp_path / "repository"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://localhost:{port}/badges/"
    site = build(root, "--awards-only", "--site-url", home)
    assert json.loads((site / "did.json").read_bytes())["id"] == f"did:web:localhost%3A{port}:badges"
    award = next(path.parent.name for path in site.glob("issued/*/credential.json"))
    with served(site, "/badges/", port=port):
        finished = press("verify", f"{home}issued/{award}/", "--now", DEMO_DAY, "--json", root=root)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        entry = json.loads(finished.stdout)["credentials"][0]
        assert entry["state"] == "valid"
        assert entry["answers"]["authentic"]["value"] == "authentic"
        whole = press("verify", home, "--now", DEMO_DAY, root=root)
        assert whole.returncode == 0, whole.stdout + whole.stderr
    # Nobody answers at its home now: a copy alone proves nothing.
    copy = press("verify", f"site/issued/{award}/credential.json", "--now", DEMO_DAY, "--json", root=root)
    entry = json.loads(copy.stdout)["credentials"][0]
    assert entry["answers"]["authentic"]["value"] == "matches-copy"
    assert entry["answers"]["authentic"]["reason"].endswith("was not asked")
