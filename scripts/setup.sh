#!/bin/sh
# Set up what the make targets need; say one line per step, and nothing when all is there.
#
#   sh scripts/setup.sh run                     .venv with the run pins and afweging itself
#   sh scripts/setup.sh test                    the same, and what the checks need
#   sh scripts/setup.sh debian PACKAGE COMMAND  a Debian package that holds COMMAND (or the file of
#                                               that path), where permitted
#   sh scripts/setup.sh python                  print the Python that would be used
#
# PYTHON=… chooses the Python; without it, the one of .venv, else the first that fits.
# A stamp in .venv holds the digest of what was installed, so work is done again only after a
# change of the pins, of pyproject.toml, of the Python, or of the folder (a moved .venv is broken).
set -eu
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }
fail() {
    printf 'afweging: %s\n' "$*" >&2
    exit 1
}

# --- which Python -----------------------------------------------------------------------------

version_of() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; }
makes_venv() { "$1" -c 'import venv, ensurepip; ensurepip.version()' >/dev/null 2>&1; }

first_python() { # [makes_venv]: print the first Python that runs and fits, and can make a venv
    for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
        # Run it: a shim on the PATH may stand for a version that is not switched on.
        if fits "$candidate" && { [ $# -eq 0 ] || "$1" "$candidate"; }; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

pick_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON does not run, or is not Python 3.11 to 3.14."
        printf '%s\n' "$PYTHON"
    elif fits .venv/bin/python; then
        # The Python that .venv was made with: .venv itself may have to be made again.
        .venv/bin/python -c 'import sys; print(sys._base_executable)'
    else
        first_python makes_venv || first_python || fail \
            "no Python 3.11 to 3.14 found. Install one, or name it: make PYTHON=/path/to/python3 …"
    fi
}

# --- Debian packages --------------------------------------------------------------------------

may_install() { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; }

apt_install() { # package…
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >/dev/null 2>&1 || true # an old list may still do
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" >/dev/null 2>&1
}

debian_package() { # package command
    if command -v "$2" >/dev/null 2>&1 || [ -e "$2" ]; then
        return
    fi
    if ! may_install; then
        say "$2 is missing and cannot be installed from here; Debian has it in the package $1."
    elif say "install the Debian package $1" && apt_install "$1"; then
        :
    else
        say "the Debian package $1 could not be installed; tests that need $2 will say so."
    fi
}

# --- the virtual environment ------------------------------------------------------------------

make_venv() { # python
    if ! makes_venv "$1"; then
        package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        may_install || fail "$1 cannot make a virtual environment. On Debian or Ubuntu:" \
            "apt-get install $package, as root; or name another: make PYTHON=/path/to/python3 …"
        say "install the Debian package $package"
        apt_install "$package" || fail "the Debian package $package could not be installed."
    fi
    say "make .venv with Python $(version_of "$1")"
    "$1" -m venv --clear .venv || fail "$1 could not make .venv."
}

pip_install() {
    .venv/bin/python -m pip --disable-pip-version-check -qq install --no-input "$@"
}

stamp_of() { printf '%s|%s|%s\n' "$(pwd -P)" "$python_version" "$(cksum <"$1")"; }
is_stamped() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$(stamp_of "$2")" ]; }
stamp() { stamp_of "$2" >".venv/stamp-$1"; }

install_pins() { # run | test
    is_stamped "$1" "requirements/$1.txt" && return
    # The test pins hold the run pins, so they may come on top; anything else starts clean.
    if ! { [ "$1" = test ] && is_stamped run requirements/run.txt; }; then
        make_venv "$python"
    fi
    say "install requirements/$1.txt, digests checked (a minute the first time)"
    pip_install --only-binary :all: --require-hashes -r "requirements/$1.txt" ||
        fail "requirements/$1.txt could not be installed; what pip said stands above."
    stamp run requirements/run.txt
    stamp "$1" "requirements/$1.txt"
}

install_project() {
    is_stamped project pyproject.toml && return
    say "install afweging itself, as it stands in src"
    pip_install --no-deps --no-build-isolation --editable . ||
        fail "afweging itself could not be installed; what pip said stands above."
    stamp project pyproject.toml
}

case "${1:-}" in
run | test)
    python=$(pick_python)
    python_version=$(version_of "$python")
    install_pins "$1"
    install_project
    ;;
debian) debian_package "$2" "$3" ;;
python) pick_python ;;
*) fail "usage: sh scripts/setup.sh run | test | python | debian PACKAGE COMMAND" ;;
esac
