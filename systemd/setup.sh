#!/bin/sh
# Sets the kiosk up from its checkout and hands over to it: the Debian packages that it needs, a virtual environment in
# .venv beside it, the locked dependencies, the kiosk itself. With install, update and uninstall (device.sh, update.sh) it makes a
# whole device of it, in /opt/kiosk.
#
# Each step looks first and is silent where nothing is to do, so every command may be given again at any time, from any
# directory. Nothing here asks a question. POSIX sh, since a fresh Debian or Raspberry Pi OS has dash, python3 and git.
set -eu

usage() {
    cat <<'USAGE'
Usage: sh systemd/setup.sh COMMAND [ARGUMENT...]

  demo [ARGUMENT...]   start the kiosk on a simulated Nexudus: no account, no hardware (arguments go to "kiosk demo")
  test [ARGUMENT...]   lint, check types and walls, and run the tests (arguments go to pytest)
  install              make this device a kiosk: user, units, /opt/kiosk, settings; what is there is kept
  update               install this version beside the one that runs, and change over; goes back if it does not open
  uninstall            take all that away again, but for settings and records
  lock [ARGUMENT...]   write the lock files anew from pyproject.toml (arguments go to uv, for instance --upgrade)
  help                 show this

install, update and uninstall take --dry-run, which only tells each step, and --root FOLDER, a folder in place of /.

Debian 12 or 13, or Raspberry Pi OS of the same age (install: Debian 13); as root, or with sudo for the Debian packages
that are missing.
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$root/.venv

# Fonts for the large headings: European languages, then Chinese, Japanese and Korean, then Arabic and Hebrew.
FONT_PACKAGES="fonts-inter fonts-wqy-microhei fonts-dejavu-core"
RUN_PACKAGES="python3 python3-venv ca-certificates libzbar0 $FONT_PACKAGES"
TEST_PACKAGES="dbus-daemon strace"

# On a 32-bit Raspberry Pi OS two dependencies come as source and are compiled once.
BITS=$(getconf LONG_BIT)
[ "$BITS" != 32 ] || RUN_PACKAGES="$RUN_PACKAGES gcc python3-dev libjpeg-dev zlib1g-dev libfreetype-dev"

# Notes go to standard error: what the kiosk or the tests print stays theirs alone.
say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# ---------------------------------------------------------------------------------------------------- Debian packages

# have PACKAGE: whether this machine has what PACKAGE brings. Judged by the thing itself wherever it can be seen: the same
# library has another package name in another release, and python3 may not be Debian's.
have() {
    case $1 in
    python3 | dbus-daemon | strace) command -v "$1" ;;
    python3-venv) environment_is_current || python3 -c 'import ensurepip, venv' ;;
    ca-certificates) test -s /etc/ssl/certs/ca-certificates.crt ;;
    libzbar0) /sbin/ldconfig -p | grep -F 'libzbar.so.0 ' ;;
    gcc | *-dev) environment_is_current || is_installed "$1" ;;
    *) is_installed "$1" ;;
    esac >/dev/null 2>&1
}

is_installed() {
    dpkg-query --show --showformat '${db:Status-Status}' "$1" | grep -x installed
}

# loss PACKAGE: what stops working without it.
loss() {
    case $1 in
    python3) echo "the kiosk is written in Python 3.11" ;;
    python3-venv) echo "no virtual environment can be made" ;;
    ca-certificates) echo "no server can be trusted, so nothing can be downloaded" ;;
    libzbar0) [ "$BITS" = 32 ] && echo "QR codes cannot be read" || echo "QR codes are read through zxing-cpp alone" ;;
    gcc | *-dev) echo "pip cannot compile what is not ready-made for 32 bits" ;;
    fonts-*) echo "large headings are plainer, or missing in some scripts" ;;
    *) echo "the tests that use $1 cannot pass" ;;
    esac
}

# missing PACKAGE...: those of them that this machine lacks.
missing() {
    for package; do
        have "$package" || printf '%s ' "$package"
    done
}

can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null && return
    # A person at a terminal may give sudo their password, once; it is asked by sudo alone. A script is never kept waiting.
    [ -t 0 ] && command -v sudo >/dev/null && sudo -v
}

# apt ARGUMENT...: runs apt-get as root and leaves what it said in apt_said. Waits for its turn, since a machine that has
# just started may be updating itself.
apt() {
    set -- apt-get -qq -y -o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any --no-install-recommends "$@"
    set -- env DEBIAN_FRONTEND=noninteractive "$@"
    [ "$(id -u)" -eq 0 ] || set -- sudo -n "$@"
    apt_said=$("$@" 2>&1 </dev/null)
}

apt_error() {
    printf '%s\n' "$apt_said" | grep -m 1 '^E:' || echo "no reason was given"
}

# install_packages PACKAGE...: package lists that are missing or old show as a failure, and are fetched then. A source that
# cannot be reached, or a package that this release does not know, must not cost the others.
install_packages() {
    say "Installing from Debian: $*"
    apt install "$@" && return
    apt update || say "apt-get could not fetch all package lists: $(apt_error)"
    apt install "$@" && return
    reason=$(apt_error)
    for package; do
        install_package "$package" || true
    done
    [ -z "$(missing "$@")" ] || say "apt-get could not install everything: $reason"
}

install_package() {
    apt install "$1" && return
    # Debian 13 renamed the library; on 32-bit ARM it answers to its new name only.
    [ "$1" = libzbar0 ] && apt install libzbar0t64
}

# need_packages PACKAGE...: installs what is missing, and says what stops working without that which cannot be had.
need_packages() {
    lacking=$(missing "$@")
    [ -n "$lacking" ] || return 0
    # shellcheck disable=SC2086  # a list of package names, one word each
    if can_install; then
        install_packages $lacking
        lacking=$(missing $lacking)
    fi
    said=''
    for package in $lacking; do
        lost=$(loss "$package")
        [ "$lost" = "$said" ] || say "$package is missing: $lost."
        said=$lost
    done
    [ -z "$lacking" ] || say "To install what is missing, as root: apt-get install ${lacking% }"
    case " $lacking" in
    *" python3 "* | *" python3-venv "*) exit 1 ;;
    esac
}

# ------------------------------------------------------------------------------------------------ virtual environment

python_version() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

# Asked before anything is installed. No python3 at all is another matter: that one Debian can bring.
refuse_old_python() {
    have python3 || return 0
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail \
        "The kiosk needs Python 3.11 or newer, and python3 is $(python_version python3) here: use Debian 12 or newer."
}

checksum() {
    sha256sum <"$1"
}

# A part of the environment is current when its stamp names exactly what it would be made from now. The stamp is written
# last, after everything before it is on the disk, so a part whose making a power cut ended has none.
is_current() {
    [ "$(cat "$venv/made-from/$1" 2>/dev/null)" = "$2" ]
}

stamp() {
    mkdir -p "$venv/made-from"
    sync -f "$venv"
    printf '%s\n' "$2" >"$venv/made-from/$1"
}

# The scripts in an environment name its place, and its packages are of one Python: a checkout that was moved, or a Debian
# that was upgraded, calls for a new one just as a changed lock does.
environment_source() {
    echo "$root, Python $(python_version "$venv/bin/python"), $(checksum "$root/requirements.lock"), $(system_packages)"
}

# The Raspberry Pi camera comes with the system alone: its library has no package on PyPI that could be installed here. Where it is, the
# environment sees the system's packages; everywhere else it sees none.
system_packages() {
    [ ! -d /usr/lib/python3/dist-packages/picamera2 ] || echo --system-site-packages
}

environment_is_current() {
    is_current environment "$(environment_source)"
}

# pip_install WHAT ARGUMENT...: exactly what is named, nothing that it pulls in; the lock names everything.
pip_install() {
    what=$1
    shift
    "$venv/bin/python" -m pip --quiet --disable-pip-version-check --no-input install --no-deps "$@" ||
        fail "$what could not be installed; pip says why above. Is the network up? Then give the same command again."
}

# What requirements.lock names for this machine. A 32-bit system calls a 64-bit processor by its name, and the marker that
# leaves zxing-cpp out where it cannot be had does not know.
locked() {
    if [ "$BITS" = 32 ]; then
        sed '/^zxing-cpp==/,/[^\\]$/d' "$root/requirements.lock"
    else
        cat "$root/requirements.lock"
    fi
}

# Made anew rather than mended: whatever is left of an older lock, or of an installation that did not end, goes.
make_environment() {
    environment_is_current && return
    [ -w "$root" ] || fail "$root is not yours to write to: run this as its owner, or clone the kiosk elsewhere."
    say "Making the virtual environment in $venv"
    rm -rf "$venv" 2>/dev/null || fail "$venv belongs to another user (root?): remove it as that user, and try again."
    # shellcheck disable=SC2046  # one word or none
    python3 -m venv $(system_packages) "$venv" || fail "No virtual environment can be made in $venv; python3 says why above."
    say "Installing the locked dependencies"
    locked >"$venv/requirements.txt"
    pip_install "What requirements.lock names" --require-hashes --requirement "$venv/requirements.txt"
    stamp environment "$(environment_source)"
}

add_test_tools() {
    is_current test-tools "$(checksum "$root/tests/requirements.lock")" && return
    say "Installing the locked test tools"
    pip_install "What tests/requirements.lock names" --require-hashes --requirement "$root/tests/requirements.lock"
    stamp test-tools "$(checksum "$root/tests/requirements.lock")"
}

# The code itself is followed where it lies; only what pyproject.toml says of it (its commands, say) is copied. The build
# tool comes from the lock, so it is not isolated: isolation would fetch another one. The build also compiles the catalogues
# of the languages, so a changed text calls for it as well, and so does a compiled one that is missing.
install_kiosk() {
    is_current kiosk "$(kiosk_source)" && return
    pip_install "The kiosk" --no-build-isolation --editable "$root"
    stamp kiosk "$(kiosk_source)"
}

kiosk_source() {
    cat "$root/pyproject.toml" "$root"/kiosk/i18n/locales/*/LC_MESSAGES/kiosk.po | sha256sum
    find "$root/kiosk/i18n/locales" -name kiosk.mo | sort
}

# ----------------------------------------------------------------------------------------------------------- commands

# set_up PACKAGE...: all that comes before the kiosk can start.
set_up() {
    refuse_old_python
    need_packages "$@"
    make_environment
    install_kiosk
}

# check NAME COMMAND...: one of the checks before the tests. The first that fails ends everything, with its exit status.
check() {
    printf '== %s\n' "$1"
    shift
    tool=$1
    shift
    "$venv/bin/$tool" "$@"
}

demo() {
    # shellcheck disable=SC2086  # a list of package names, one word each
    set_up $RUN_PACKAGES
    exec "$venv/bin/kiosk" demo "$@"
}

run_tests() {
    # shellcheck disable=SC2086  # a list of package names, one word each
    set_up $RUN_PACKAGES $TEST_PACKAGES
    add_test_tools
    cd "$root"
    check "Lint" ruff check --quiet
    check "Format" ruff format --check
    check "Types" mypy
    check "Walls" lint-imports --no-logo
    # Last, so that its summary is the last thing to be read.
    echo "== Tests"
    # Many tests start commands, and each command would compile the kiosk anew where Python is told to write no bytecode.
    "$venv/bin/python" -m compileall -q kiosk
    # All of them on all processors, with two to spare for those that wait; a few of them, or pictures that are taken anew,
    # as whoever asks for them says.
    [ $# -gt 0 ] || set -- --numprocesses "$(($(nproc) + 2))" --dist worksteal
    exec "$venv/bin/pytest" "$@"
}

# compile FILE ARGUMENT...: resolves for every Linux that the kiosk runs on, not for this machine alone. Pins of the present
# file are kept where they still fit, unless uv is told to upgrade.
compile() {
    file=$1
    shift
    cp "$root/$file" "$scratch/lock" 2>/dev/null || : >"$scratch/lock"
    "$scratch/bin/uv" --quiet --system-certs pip compile --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --output-file "$scratch/lock" "$@" >/dev/null
    {
        echo "# $lock_title Written by \"sh systemd/setup.sh lock\" from pyproject.toml;"
        echo "# \"sh systemd/setup.sh lock --upgrade\" takes the newest releases. For Python 3.11 and newer on Linux, any processor."
        # Every line would say that it is for Linux; nothing else is.
        sed -e "s/ ; sys_platform == 'linux'//" -e "s/ and sys_platform == 'linux'//" "$scratch/lock"
    } >"$root/$file"
}

make_locks() {
    refuse_old_python
    need_packages python3 python3-venv ca-certificates
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    python3 -m venv "$scratch"
    "$scratch/bin/pip" --quiet --disable-pip-version-check install 'uv>=0.9,<1'
    cd "$root"
    lock_title="What the kiosk runs on, and what installs it."
    compile requirements.lock --group build pyproject.toml "$@"
    # The test tools are installed on top, so what both need is named in the first file only.
    named=$(sed -n 's/==.*//p' requirements.lock)
    for package in $named; do
        set -- "$@" --no-emit-package "$package"
    done
    lock_title="What the tests need on top of requirements.lock."
    compile tests/requirements.lock --group test --constraint requirements.lock "$@"
}

# shellcheck source=systemd/device.sh
. "$root/systemd/device.sh"
# shellcheck source=systemd/update.sh
. "$root/systemd/update.sh"

command=${1-}
[ $# -eq 0 ] || shift
case $command in
demo) demo "$@" ;;
test) run_tests "$@" ;;
install) install_device "$@" ;;
update) update_device "$@" ;;
uninstall) uninstall_device "$@" ;;
lock) make_locks "$@" ;;
help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
