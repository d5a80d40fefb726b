#!/bin/sh
# Make requirements/run.txt and test.txt anew from pyproject.toml: the newest versions that suit
# Python 3.11, one version per package for all systems, each with its digests.
set -eu
cd "$(dirname "$0")/.."

[ -d .venv-lock ] || "$(sh scripts/setup.sh python)" -m venv .venv-lock
.venv-lock/bin/python -m pip --disable-pip-version-check -qq install --no-input 'uv==0.13.9'

compile() { # output, what it is for, further arguments
    output=$1
    purpose=$2
    shift 2
    .venv-lock/bin/uv --quiet pip compile pyproject.toml --extra live --group build "$@" \
        --universal --python-version 3.11 --fork-strategy fewest --upgrade \
        --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --output-file "$output" >/dev/null
    {
        printf '# %s Made by "make lock" from pyproject.toml; not edited by hand.\n' "$purpose"
        cat "$output"
    } >"$output.new"
    mv "$output.new" "$output"
    printf '== %s: %s packages\n' "$output" "$(grep -c '==' "$output")"
}

compile requirements/run.txt 'What afweging runs on.'
compile requirements/test.txt 'What the checks run on.' \
    --group test --extra memo --constraint requirements/run.txt
