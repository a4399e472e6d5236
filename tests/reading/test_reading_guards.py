from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems import Problem
from site_builder.reading.document import read_document
from site_builder.reading.leaks import leak_in
from site_builder.reading.settings_guard import settings_problems

LEAKS = "site_builder.reading.leaks"
MARKUP = '"><script>canary()</script>'
GOOD = "site_name: x\ntheme:\n  name: material\n  font: false\n"
HEX = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
BASE64 = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"


def findings(text: str) -> list[Problem]:
    document, problems = read_document("mkdocs.yml", text.encode())
    assert problems == []
    assert document is not None
    return settings_problems(document)


@pytest.mark.parametrize(
    "extra",
    [
        "",
        "plugins:\n  - search:\n      lang: en\n  - badgepress\n",
        "markdown_extensions:\n  - admonition\n  - toc:\n      permalink: true\n",
        "markdown_extensions:\n  pymdownx.superfences: {}\n",
        "extra_css: [assets/own.css]\n",
        "docs_dir: docs\nsite_dir: site\n",
        'site_author: "O\'Brien & Sons, so-called \\"R&D\\""\n',
        "copyright: © 2026 Northfield\nrepo_url: https://git.example.org/a\nedit_uri: edit/main/docs/\n",
        "nav:\n  - index.md\n  - College: https://college.example.org/a?b=c&d\n  - G: [{H: guides/a.md}]\n",
        "extra: {}\n",
    ],
)
def test_plain_settings_pass(extra: str) -> None:
    assert findings(GOOD + extra) == []


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("hooks: [docs/hook.py]\n", "the setting 'hooks' is not allowed"),
        ("INHERIT: ../base.yml\n", "the setting 'INHERIT' is not allowed"),
        ("extra_javascript: [x.js]\n", "the setting 'extra_javascript' is not allowed"),
        ("extra_templates: [x.html]\n", "the setting 'extra_templates' is not allowed"),
        ("docs_dir: ..\n", "docs_dir must be docs, not '..'"),
        ("site_dir: /tmp\n", "site_dir must be site, not '/tmp'"),
        ("plugins: [macros]\n", "the plugin 'macros' is not allowed"),
        ("plugins:\n  exec: {}\n", "the plugin 'exec' is not allowed"),
        ("plugins: macros\n", "plugins must be a list, not 'macros'"),
        ("plugins: true\n", "plugins must be a list, not 'True'"),
        ("plugins:\n  - [macros]\n", "the plugin '[’macros’]' is not allowed"),
        ("plugins: [material/search]\n", "the plugin 'material/search' is not allowed"),
        ("Hooks: [docs/hook.py]\n", "the setting 'Hooks' is not allowed"),
        ('"ho\\u006fks": [docs/hook.py]\n', "the setting 'hooks' is not allowed"),
        ("? hooks\n: [docs/hook.py]\n", "the setting 'hooks' is not allowed"),
        ("markdown_extensions: 7\n", "markdown_extensions must be a list, not '7'"),
        ("markdown_extensions:\n  - toc: x\n", "markdown_extensions[0].toc must hold fields, not 'x'"),
        (
            "markdown_extensions: [pymdownx.snippets]\n",
            "the Markdown extension 'pymdownx.snippets' is not allowed",
        ),
        (
            "markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences: []\n",
            "custom_fences is not allowed",
        ),
        (
            "extra_css: ['https://canary.invalid/x.css']\n",
            "extra_css must name files below docs/assets/, not 'https://canary.invalid/x.css'",
        ),
        ("extra:\n  analytics: {provider: google}\n", "extra.analytics is not allowed"),
        ("extra:\n  homepage: 'javascript:alert(1)'\n", "extra.homepage is not allowed"),
        (
            "extra:\n  alternate:\n    - {name: x, link: 'https://canary.invalid/', lang: en}\n",
            "extra.alternate is not allowed",
        ),
        (
            "extra:\n  social: [{icon: material/x, link: 'https://canary.invalid/'}]\n",
            "extra.social is not allowed",
        ),
        ("extra: [polyfills]\n", "extra must hold fields, not '[’polyfills’]'"),
        (f"site_author: '{MARKUP}'\n", "site_author must be plain text, without HTML such as '>'"),
        (f"site_description: '{MARKUP}'\n", "site_description must be plain text, without HTML such as '>'"),
        ("copyright: '&copy; 2026'\n", "copyright must be plain text, without HTML such as '&copy;'"),
        (
            "repo_name: |\n  two\n  lines\n",
            "repo_name must be one line of text, not 'two<U+000A>lines<U+000A>'",
        ),
        ("repo_url: 'javascript:x()'\n", "repo_url must start with https://, not 'javascript:'"),
        ("edit_uri: '//canary.invalid/'\n", "edit_uri must start with https://, not '//'"),
        (
            "extra_css: ['assets/\">x.css']\n",
            "extra_css must name files below docs/assets/, not 'assets/\">x.css'",
        ),
        ("extra_css: assets/own.css\n", "extra_css must be a list, not 'assets/own.css'"),
        (f"nav:\n  - '{MARKUP}': index.md\n", "a title in nav must be plain text, without HTML such as '>'"),
        (
            "nav:\n  - A:\n      - B: 'javascript:x()'\n",
            "an entry of nav must start with https://, not 'javascript:'",
        ),
        (
            "nav: [../../x]\n",
            "an entry of nav must lead to a page below docs/ or to an https:// address, not '../../x'",
        ),
        ("nav: ['http://example.org/']\n", "an entry of nav must start with https://, not 'http://'"),
        (
            "plugins:\n  - search:\n      prebuild_index: node\n",
            "plugins[0].search.prebuild_index is not allowed",
        ),
        (
            f"markdown_extensions:\n  - toc:\n      title: '{MARKUP}'\n",
            "toc option title must be plain text, without HTML such as '>'",
        ),
        ("markdown_extensions:\n  toc: {slugify: os.system}\n", "slugify is not allowed"),
    ],
)
def test_a_setting_that_runs_code_or_opens_a_host_is_refused(extra: str, message: str) -> None:
    problems = findings(GOOD + extra)
    assert [(p.code, p.line is not None and p.line >= 5, p.message) for p in problems] == [
        ("config-tampering", True, message)
    ]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("markdown_extensions: [!!python/name:os.system]\n", "tag-not-allowed"),
        ("plugins: !!python/object/apply:os.system [id]\n", "tag-not-allowed"),
        ("site_author: !ENV [BADGEPRESS_ISSUE_KEY]\n", "tag-not-allowed"),
        ("site_author: !relative $config_dir\n", "tag-not-allowed"),
        ("<<: {hooks: [docs/hook.py]}\n", "alias-not-allowed"),
        ("nav: &x []\nhooks: *x\n", "alias-not-allowed"),
        ("plugins: []\nplugins: [macros]\n", "duplicate-key"),
        ("---\nhooks: [docs/hook.py]\n", "multiple-documents"),
        # Ends of a line to some readers of YAML, and letters to others.
        ("site_author: x\u2028hooks: [docs/hook.py]\n", "bad-character"),
        ("site_author: x\u0085hooks: [docs/hook.py]\n", "bad-character"),
    ],
)
def test_no_form_of_yaml_brings_in_what_the_guard_does_not_see(extra: str, code: str) -> None:
    _, problems = read_document("mkdocs.yml", (GOOD + extra).encode())
    assert [(p.code, p.is_error) for p in problems] == [(code, True)]


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ("theme: material\n", "theme.font must be false"),
        ("theme: {name: material, font: {text: Roboto}}\n", "theme.font must be false"),
        ("theme: {name: material, font: false, custom_dir: over}\n", "theme.custom_dir is not allowed"),
        ("theme: {name: evil, font: false}\n", "theme.name must be material, not 'evil'"),
        (
            "theme: {name: material, font: false, logo: '//x.y/z.svg'}\n",
            "theme.logo must be a file below docs/",
        ),
        (
            "theme: {name: material, font: false, favicon: 'a\"><script>.svg'}\n",
            "theme.favicon must be a file below docs/",
        ),
        (
            "theme: {name: material, font: false, static_templates: [x.html]}\n",
            "theme.static_templates is not allowed",
        ),
        (
            "theme: {name: material, font: false, language: ../../x}\n",
            "theme.language must be the code of a language such as en, not '../../x'",
        ),
        (
            "theme: {name: material, font: false, icon: {admonition: {note: ../x}}}\n",
            "theme.icon.admonition.note must be the name of an icon such as material/menu, not '../x'",
        ),
        (
            "theme: {name: material, font: false, features: ['<b>']}\n",
            "theme.features[0] must be the name of a feature such as toc.follow, not '<b>'",
        ),
        (
            "theme: {name: material, font: false, palette: {scheme: '\"x'}}\n",
            "theme.palette.scheme must be the name of a colour or scheme, not '\"x'",
        ),
        (
            "theme: {name: material, font: false, palette: [{toggle: {icon: a/b, name: '<b>'}}]}\n",
            "theme.palette[0].toggle.name must be plain text, without HTML such as '<'",
        ),
    ],
)
def test_the_theme_fetches_nothing_and_runs_nothing(theme: str, message: str) -> None:
    assert [problem.message for problem in findings("site_name: x\n" + theme)] == [message]


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (".env", f"export SIGNING_KEY={HEX}", "the file may hold a secret"),
        ("docs/.env.production", "A=b", "the file may hold a secret"),
        (
            "issued/key.pem",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERIT\n",
            "the file holds a private key",
        ),
        (
            "docs/id",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n",
            "the file holds a private key",
        ),
        (
            "issued/key.json",
            f'{{"kty":"OKP","crv":"Ed25519","d":"{BASE64}"}}',
            "the file holds a private key",
        ),
        ("docs/a.md", f"kty: OKP\nd: {BASE64}", "the file holds a private key"),
        ("docs/a.md", "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq", "the file holds a private key"),
        ("docs/a.md", f"seed {HEX}", "the file may hold a secret key"),
        ("docs/a.md", f"the signing key is `{HEX}`", "the file may hold a secret key"),
        ("credentials/a.yaml", f"issue_key: {BASE64}", "the file may hold a secret key"),
        ("x.json", f'{{"roster_secret": "{HEX}"}}', "the file may hold a secret key"),
    ],
)
def test_a_secret_is_found_and_never_quoted(path: str, text: str, message: str) -> None:
    problem = leak_in(path, text.encode())
    assert problem is not None
    assert (problem.path, problem.code, problem.message) == (path, "secret-in-repo", message)
    assert not any(secret in repr(problem) for secret in (HEX, BASE64, "z3u2en7t", "MC4CAQ"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("issued/2026/a.yaml", f"commitments:\n  email: sha256${HEX}\n  name: sha256${HEX}"),
        ("issued/2026/a.yaml", 'learner: "b4faa506047f6c355ae0affb2dcd41d8"'),
        ("docs/did.md", "the public key z6MkuBLrjSGt1PPADAvuv6rmvj4FfSAfffJotC6K8ZEorYeC"),
        ("docs/did.md", f"publicKeyHex: {HEX}"),
        ("docs/jwk.md", '{"kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'),
        ("lock.txt", f"cryptokey==1.0 \\\n    --hash=sha256:{HEX}"),
        ("docs/keys.md", "A PEM file begins with -----BEGIN PRIVATE KEY----- and must never be committed."),
        (".env.example", "SIGNING_KEY=put-it-here"),
        (".env", "# SIGNING_KEY=\nEMPTY=\n"),
    ],
)
def test_what_is_public_is_no_secret(path: str, text: str) -> None:
    assert leak_in(path, text.encode()) is None


@given(st.binary(max_size=200))
def test_any_bytes_may_be_looked_at(raw: bytes) -> None:
    found = leak_in("docs/x.md", raw)
    assert found is None or found.code == "secret-in-repo"


_OF_SECRETS = (
    *("key", "Secret", "SEED", "signing", "password", "roster", "issue_", "status", "public", "hash", "is"),
    *("did:", ": ", "=", " ", '"', "'", "`", "\n", "\r\n", ".", "-", "$", "0x", HEX, HEX * 2, HEX[:-1]),
    *(BASE64, BASE64 + "="),
)  # fmt: skip


@given(st.lists(st.sampled_from(_OF_SECRETS), max_size=12).map("".join))
def test_a_secret_stands_in_a_line_that_has_a_word_for_it(text: str) -> None:
    found = leak_in("docs/x.md", text.encode())
    with (
        patch(f"{LEAKS}._lines_with", lambda words, least, text: [(0, len(text))]),
        patch(f"{LEAKS}._SEED_VALUE", re.compile(b"")),
        patch(f"{LEAKS}._ENCODED_VALUE", re.compile(b"")),
    ):
        everywhere = leak_in("docs/x.md", text.encode())
    assert found == everywhere
