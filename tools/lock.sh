#!/usr/bin/env bash
# Makes the lock files anew from pyproject.toml, for Python 3.11 to 3.13 on Linux and macOS.
# Needs uv on the PATH. No address of a package index is written.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet "$@"
}
compile -o requirements.lock
compile --group dev -o requirements-dev.lock
