#!/bin/sh
# Make .venv ready: `sh installer/prepare.sh [run|dev|package]`.
#
# Checks Python and the system libraries Qt needs, then installs requirements/NAME.txt by hash,
# from wheels only. Nothing is done twice: a stamp in .venv remembers what was installed.
set -eu

cd "$(dirname "$0")/.."
name=${1:-dev}
lock=requirements/$name.txt
venv=.venv
case "$(uname -s)" in
    Linux) system=linux bin=$venv/bin ;;
    Darwin) system=mac bin=$venv/bin ;;
    *) system=windows bin=$venv/Scripts ;;
esac

say() { printf '%s\n' "prepare: $*" >&2; }
stop() {
    say "$*"
    exit 1
}

[ -f "$lock" ] || stop "there is no $lock; say run, dev or package"

# A change of the lock, of our own entry points or of the folder's place asks for another round.
wanted=$({ cat "$lock" pyproject.toml; pwd; } | cksum)
current() { [ -f "$venv/.prepared-$1" ] && [ "$(cat "$venv/.prepared-$1")" = "$2" ]; }

# ---- Python ------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        if new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

# ---- What Debian calls the libraries -----------------------------------------------------------

offscreen_libraries='libGL.so.1=libgl1 libEGL.so.1=libegl1 libxkbcommon.so.0=libxkbcommon0
libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0 libdbus-1.so.3=libdbus-1-3'
display_libraries='libxcb-cursor.so.0=libxcb-cursor0 libxkbcommon-x11.so.0=libxkbcommon-x11-0
libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-shape.so.0=libxcb-shape0 libxcb-randr.so.0=libxcb-randr0
libxcb-render-util.so.0=libxcb-render-util0 libxcb-image.so.0=libxcb-image0
libxcb-xinerama.so.0=libxcb-xinerama0'

# Ask the loader, not the package manager: that is also true on other distributions.
missing_packages() {
    "$python" - "$@" <<'PYTHON'
import ctypes, importlib.util, sys

missing = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
for library, package in (pair.split("=") for pair in sys.argv[1:]):
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
print(*missing)
PYTHON
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 ||
        stop "missing on this system; install what your distribution calls: $*"
    [ "$(id -u)" = 0 ] || {
        say "some system packages are missing; this line installs them:"
        printf '%s\n' "sudo apt-get install -y --no-install-recommends $*"
        exit 1
    }
    say "installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null >&2
    # shellcheck disable=SC2068 # one word a package
    apt-get install -y -qq --no-install-recommends $@ </dev/null >&2
}

check_system() {
    libraries=$offscreen_libraries
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || libraries="$libraries $display_libraries"
    [ "$system" = linux ] || libraries=
    # shellcheck disable=SC2086 # one word a library
    missing=$(missing_packages $libraries)
    # shellcheck disable=SC2086 # one word a package
    [ -z "$missing" ] || install_packages $missing
}

# ---- The environment ---------------------------------------------------------------------------

install() {
    "$bin/python" -c '' >/dev/null 2>&1 || {
        say "making $venv with $("$python" --version)"
        "$python" -m venv --clear "$venv"
    }
    say "installing what $lock lists"
    # The lock is complete and every file has its hash, so there is nothing to resolve or build.
    "$bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
        --require-hashes --no-deps --only-binary :all: -r "$lock"
    "$bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-build-isolation --no-deps --no-index -e .
}

# A display may have come since: then its libraries are looked for again.
stamp=$wanted${DISPLAY:+ display}${WAYLAND_DISPLAY:+ display}
if current "$name" "$stamp"; then
    exit 0
fi
python=$(find_python) || stop "Python 3.11 or newer is needed and was not found"
check_system
install
printf '%s' "$stamp" >"$venv/.prepared-$name"
say "ready"
