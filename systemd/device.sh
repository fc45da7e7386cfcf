# shellcheck shell=sh
# The kiosk as the whole purpose of a device: install and uninstall; update.sh has the rest. Read by setup.sh, whose functions
# it uses.
#
# A version is a folder of its own, /opt/kiosk/NAME: a virtual environment with the kiosk in it, and the files of systemd
# that belong to it. The link /opt/kiosk/current says which one runs. So an update is made beside the version that runs, and
# going back is to point the link back.

# shellcheck disable=SC2154  # root and BITS are setup.sh's
: "${root:?}" "${BITS:?}"

DISPLAY_PACKAGES="cage foot seatd dbus bluez"
PLACE=/opt/kiosk
SETTINGS=/etc/kiosk/kiosk.toml
KEY=/etc/kiosk/nexudus-kiosk/pin.key
STATE=/var/lib/kiosk
UNITS="kiosk.service kiosk-restart.timer"

# Another folder in place of / (empty: this machine), and whether steps are only told.
dest='' dry=''

# What goes where, and with which mode. The sources are those of a version.
deployed() {
    cat <<'FILES'
files/kiosk.service /etc/systemd/system/kiosk.service 644
files/kiosk-restart.service /etc/systemd/system/kiosk-restart.service 644
files/kiosk-restart.timer /etc/systemd/system/kiosk-restart.timer 644
files/kiosk.sysusers /etc/sysusers.d/kiosk.conf 644
files/kiosk.tmpfiles /etc/tmpfiles.d/kiosk.conf 644
files/kiosk.rules /etc/udev/rules.d/70-kiosk.rules 644
files/logind.conf /etc/systemd/logind.conf.d/kiosk.conf 644
files/system.conf /etc/systemd/system.conf.d/kiosk.conf 644
files/sysctl.conf /etc/sysctl.d/90-kiosk.conf 644
as-kiosk.sh /usr/local/bin/kiosk 755
FILES
}

# Nothing listens to Ctrl-Alt-Del, and no console but the first has a prompt.
masked() {
    printf '%s\n' /etc/systemd/system/ctrl-alt-del.target /etc/systemd/system/autovt@.service
}

# ------------------------------------------------------------------------------------------------------------- steps

# act WORDS COMMAND...: one step. It is told, and done unless it is only to be told.
act() {
    if [ -n "$dry" ]; then
        say "  would $1"
    else
        say "  $1"
        shift
        "$@"
    fi
}

# put SOURCE TARGET MODE: a file as it should be.
put() {
    if cmp -s "$1" "$dest$2" && [ "$(stat -c %a "$dest$2")" = "$3" ]; then
        return
    fi
    act "write $2" install -D -m "$3" "$1" "$dest$2"
}

# point LINK TO: a symbolic link as it should be. It is there at every moment, old or new.
point() {
    [ "$(readlink "$dest$1" 2>/dev/null)" = "$2" ] || act "point $1 to $2" replace_link "$dest$1" "$2"
}

replace_link() {
    mkdir -p "$(dirname "$1")"
    rm -f "$1.new"
    ln -s "$2" "$1.new"
    mv -T "$1.new" "$1"
    sync -f "$(dirname "$1")"
}

# take_away PATH...: what should not be there.
take_away() {
    for path; do
        if [ -e "$dest$path" ] || [ -L "$dest$path" ]; then
            act "remove $path" rm -rf "$dest$path"
        fi
    done
}

# Whether systemd runs the machine that this is about; not in a folder, nor in a chroot.
is_live() {
    [ -d "$dest/run/systemd/system" ]
}

# ctl ARGUMENT...: systemctl for what is on the disk.
ctl() {
    systemctl ${dest:+--root="$dest"} "$@"
}

# --------------------------------------------------------------------------------------------------------- conditions

# take_options WHAT ARGUMENT...: the same for all three commands.
take_options() {
    what=$1
    shift
    while [ $# -gt 0 ]; do
        case $1 in
        --dry-run) dry=yes ;;
        --root)
            [ $# -ge 2 ] || fail "--root needs a folder."
            dest=$2
            shift
            ;;
        --root=*) dest=${1#--root=} ;;
        *) fail "$what takes --dry-run and --root FOLDER, not $1." ;;
        esac
        shift
    done
    if [ -n "$dest" ]; then
        [ -d "$dest" ] || fail "$dest is no folder."
        dest=$(CDPATH='' cd -- "$dest" && pwd -P)
        [ "$dest" != / ] || dest=''
    fi
    [ -n "$dry$dest" ] || [ "$(id -u)" -eq 0 ] || fail "$what changes the whole device: give it as root, with sudo."
    # Whoever gives the command may keep what they make to themselves; the kiosk's user has to read it.
    umask 022
}

# Debian 12's terminal knows no touch.
refuse_old_debian() {
    release=$(sed -n 's/^VERSION_ID="*\([0-9]*\).*/\1/p' "$dest/etc/os-release" 2>/dev/null)
    [ "${release:-0}" -ge 13 ] || fail \
        "The kiosk's display needs Debian 13 or Raspberry Pi OS of the same age; this is ${release:-another system}."
}

# ----------------------------------------------------------------------------------------------------------- versions

# The version that this checkout would be installed as: the same name for the same content alone.
version_name() {
    mark=$(
        cd "$root" || exit
        {
            find kiosk systemd pyproject.toml requirements.lock -type f ! -path '*/__pycache__/*' -print0 |
                LC_ALL=C sort -z | xargs -0 sha256sum
            python_version python3
            system_packages
        } | sha256sum | cut -c 1-10
    )
    echo "$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/kiosk/__init__.py")-$mark"
}

current_version() {
    readlink "$dest$PLACE/current" 2>/dev/null || true
}

# make_version NAME: complete, or made anew from nothing. The mark of completeness is written last.
make_version() {
    venv=$dest$PLACE/$1
    [ -e "$venv/complete" ] || act "make $PLACE/$1 with everything in it; this takes some minutes" fill_version
}

fill_version() {
    rm -rf "$venv"
    mkdir -p "$dest$PLACE"
    # shellcheck disable=SC2046  # one word or none
    python3 -m venv $(system_packages) "$venv" || fail "No virtual environment can be made in $venv; python3 says why above."
    locked >"$venv/requirements.txt"
    pip_install "What requirements.lock names" --require-hashes --requirement "$venv/requirements.txt"
    pip_install "The kiosk" --no-build-isolation "$root"
    cp -R "$root/systemd" "$venv/systemd"
    cp "$root/README.md" "$root/LICENSE" "$venv"
    sync -f "$venv"
    : >"$venv/complete"
}

# deploy NAME: the files of a version to their places in the system.
deploy() {
    sources=$dest$PLACE/$1/systemd
    [ -d "$sources" ] || sources=$root/systemd # a version that would be made
    while read -r source target mode; do
        put "$sources/$source" "$target" "$mode"
    done <<FILES
$(deployed)
FILES
}

# Other versions than the one that runs and the one before it, and what was left half made.
prune() {
    [ -n "$(current_version)" ] || return 0
    kept=" $(current_version) $(readlink "$dest$PLACE/previous" 2>/dev/null || true) "
    for folder in "$dest$PLACE"/*/; do
        old=$(basename "$folder")
        case $old:$kept in
        current:* | previous:* | *" $old "*) ;;
        *) take_away "$PLACE/$old" ;;
        esac
    done
}

# ------------------------------------------------------------------------------------------------------------ install

device_packages() {
    if [ -n "$dest" ]; then
        say "Packages are not installed into $dest; it needs: $RUN_PACKAGES $DISPLAY_PACKAGES"
        return
    fi
    # shellcheck disable=SC2086  # lists of package names, one word each
    set -- $RUN_PACKAGES $DISPLAY_PACKAGES
    # Raspberry Pi OS has the library of its camera; Debian has not.
    apt-cache show python3-picamera2 >/dev/null 2>&1 && set -- "$@" python3-picamera2
    if [ -z "$dry" ]; then
        need_packages "$@"
    elif [ -n "$(missing "$@")" ]; then
        say "Would install from Debian: $(missing "$@")"
    fi
}

make_people() {
    grep -q '^kiosk:' "$dest/etc/passwd" 2>/dev/null ||
        act "make the user kiosk and its groups" systemd-sysusers ${dest:+--root="$dest"} kiosk.conf
    [ -s "$dest$KEY" ] || act "make this device's key, $KEY" make_key
    # A link may lead to a file that is yet to come, as from a fleet's repository.
    [ -e "$dest$SETTINGS" ] || [ -L "$dest$SETTINGS" ] || put "$root/systemd/files/kiosk.toml" "$SETTINGS" 644
    # Says nothing and changes nothing where all is as it should be.
    [ -n "$dry" ] || systemd-tmpfiles ${dest:+--root="$dest"} --create kiosk.conf
}

make_key() {
    mkdir -p "$dest/etc/kiosk"
    [ -d "$(dirname "$dest$KEY")" ] || mkdir -m 700 "$(dirname "$dest$KEY")"
    (umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$dest$KEY.new")
    sync "$dest$KEY.new"
    mv "$dest$KEY.new" "$dest$KEY"
}

lock_down() {
    for unit in $(masked); do
        point "$unit" /dev/null
    done
    for unit in $UNITS; do
        ctl is-enabled --quiet "$unit" 2>/dev/null || act "enable $unit" ctl enable --quiet "$unit"
    done
    before=$(ctl get-default 2>/dev/null || true)
    if [ "$before" != graphical.target ]; then
        [ -n "$dry" ] || echo "${before:-multi-user.target}" >"$dest$PLACE/default-target-before"
        act "start the display with the machine" ctl set-default --quiet graphical.target
    fi
}

# Whoever read the old files reads the new ones.
reload() {
    is_live || return 0
    [ -z "$dry" ] || return 0
    systemctl daemon-reload
    udevadm control --reload 2>/dev/null || true
    udevadm trigger --subsystem-match=backlight --action=add 2>/dev/null || true
    sysctl --quiet --system >/dev/null 2>&1 || true
}

install_device() {
    take_options install "$@"
    refuse_old_debian
    refuse_old_python
    device_packages
    name=$(version_name)
    now=$(current_version)
    case $now in
    "$name" | '') ;;
    *) fail "$now is installed here, and this is $name. To change over: sudo sh systemd/setup.sh update" ;;
    esac
    make_version "$name"
    deploy "$name"
    make_people
    lock_down
    point "$PLACE/current" "$name"
    prune
    reload
    [ -z "$dry" ] || return 0
    cat >&2 <<NEXT

The kiosk $name is installed. Next:
  1. sudo kiosk setup        sign in to Nexudus and choose the location
  2. sudoedit $SETTINGS, where something should differ
  3. sudo reboot             the kiosk starts with the machine

Over SSH afterwards: sudo kiosk status, sudo kiosk doctor, journalctl -u kiosk
NEXT
}

# ---------------------------------------------------------------------------------------------------------- uninstall

uninstall_device() {
    take_options uninstall "$@"
    if is_live && [ -z "$dry" ]; then
        # shellcheck disable=SC2086  # names, one word each
        systemctl stop $UNITS 2>/dev/null || true
    fi
    for unit in $UNITS; do
        [ ! -e "$dest/etc/systemd/system/$unit" ] || act "disable $unit" ctl disable --quiet "$unit"
    done
    for link in $(masked); do
        [ "$(readlink "$dest$link" 2>/dev/null)" != /dev/null ] || take_away "$link"
    done
    before=$(cat "$dest$PLACE/default-target-before" 2>/dev/null || true)
    [ -z "$before" ] || act "start $before with the machine, as before" ctl set-default --quiet "$before"
    while read -r source target mode; do
        take_away "$target"
    done <<FILES
$(deployed)
FILES
    take_away "$PLACE"
    reload
    [ -z "$dry" ] || return 0
    cat >&2 <<LEFT
The kiosk is uninstalled. Left where they are, since they cannot be had again:
  $STATE          what was recorded, also what Nexudus has not heard of yet
  /etc/kiosk              settings and this device's key
and the user kiosk, and the Debian packages. To erase what was kept: rm -r $STATE /etc/kiosk
LEFT
}
