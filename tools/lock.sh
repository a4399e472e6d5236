#!/bin/sh
# Write the lock files anew from pyproject.toml, requirements/build.in and tests/node/package.json.
# Pins that still fit are kept; `make lock UPGRADE=1` takes the newest versions the ranges allow.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Not in .venv: the tool that writes the lock is not part of what is locked.
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --disable-pip-version-check --quiet "uv==$UV_VERSION"

# From PyPI alone, whatever this machine's own settings add: everyone must find the same files.
compile() {
    UV_CUSTOM_COMPILE_COMMAND="make lock" "$scratch/venv/bin/uv" pip compile --quiet --no-config \
        --default-index https://pypi.org/simple --universal --python-version 3.11 \
        --generate-hashes --no-annotate ${UPGRADE:+--upgrade} "$@"
}
compile pyproject.toml requirements/build.in -o requirements/runtime.txt
compile --extra dask --constraint requirements/runtime.txt pyproject.toml requirements/build.in \
    -o requirements/dask.txt
compile --extra s3 --constraint requirements/runtime.txt pyproject.toml requirements/build.in \
    -o requirements/s3.txt
compile --extra dev --constraint requirements/dask.txt --constraint requirements/s3.txt \
    pyproject.toml requirements/build.in -o requirements/dev.txt

if command -v npm >/dev/null; then
    (cd tests/node && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error)
else
    echo "lock: no npm here, tests/node/package-lock.json was left as it is" >&2
fi
