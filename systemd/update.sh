# shellcheck shell=sh
# Another version in the place of the one that runs, and back again by itself if it does not open. Read by setup.sh after
# device.sh, whose functions it uses.

# shellcheck disable=SC2154  # device.sh's
: "${PLACE:?}" "${SETTINGS:?}" "${STATE:?}"

# How long a new version may take until its home screen is on the glass, in seconds, before the old one is taken again.
READY_SECONDS=60

# as_kiosk NAME ARGUMENT...: a command of a version, as the kiosk's user, on the kiosk's state.
as_kiosk() {
    python=$dest$PLACE/$1/bin/python
    shift
    runuser -u kiosk -- env STATE_DIRECTORY="$dest$STATE" CONFIGURATION_DIRECTORY="$dest/etc/kiosk" \
        "$python" -P -m kiosk "$@"
}

# suits NAME: whether a version can take the place of the one that runs, as far as can be told beforehand.
suits() {
    if [ -e "$dest$SETTINGS" ] && ! as_kiosk "$1" check-config "$dest$SETTINGS" >/dev/null; then
        say "The new version does not take this device's settings, as it says above."
        return 1
    fi
    said=$(as_kiosk "$1" doctor 2>&1) && return
    printf '%s\n' "$said" >&2
    # What was wrong before is no reason to keep the old version: the new one may be its cure.
    as_kiosk "$now" doctor >/dev/null 2>&1 && return 1
    say "The version that runs finds something wrong as well, so that is no reason to keep it."
}

# change_to NAME: everything that makes a version the one that runs, but for the start.
change_to() {
    deploy "$1"
    point "$PLACE/current" "$1"
    reload
}

# Stop and start rather than restart: a kiosk that is still open must not be taken for the one that is to come.
start_anew() {
    systemctl stop kiosk.service || true
    systemctl start --no-block kiosk.service
}

# Whether the home screen comes to the glass (READY=1, which systemd shows as "active"), and is still there a little later.
comes_up() {
    left=$READY_SECONDS
    while [ "$left" -gt 0 ]; do
        if systemctl is-active --quiet kiosk.service; then
            sleep 3
            systemctl is-active --quiet kiosk.service && return
        fi
        sleep 2
        left=$((left - 2))
    done
    return 1
}

update_device() {
    take_options update "$@"
    refuse_old_debian
    refuse_old_python
    now=$(current_version)
    [ -n "$now" ] || fail "No kiosk is installed here. To install one: sudo sh systemd/setup.sh install"
    device_packages
    name=$(version_name)
    if [ "$name" = "$now" ]; then
        say "$name is installed already, and nothing is to be done."
        return
    fi
    make_version "$name"
    if [ -n "$dry" ]; then
        say "Would run 'kiosk doctor' of $name, change over from $now, and go back if it is not ready in $READY_SECONDS s."
        return
    fi
    suits "$name" || fail "$now stays. Nothing has changed."
    was_open=''
    if is_live && systemctl is-active --quiet kiosk.service; then
        was_open=yes
    fi
    change_to "$name"
    if [ -z "$was_open" ]; then
        point "$PLACE/previous" "$now"
        prune
        say "$name is installed. The kiosk was not open before, so whether it opens was not waited for."
        return
    fi
    start_anew
    if comes_up; then
        point "$PLACE/previous" "$now"
        prune
        say "$name is open."
        return
    fi
    say "$name was not ready in $READY_SECONDS s. Going back to $now."
    change_to "$now"
    start_anew
    comes_up && fail "$now is open again. Why $name did not start: journalctl -u kiosk -t kiosk --since '-5 min'"
    fail "$now does not open either. See: systemctl status kiosk; journalctl -u kiosk -t kiosk --since '-5 min'"
}
