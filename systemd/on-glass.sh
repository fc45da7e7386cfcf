#!/bin/sh
# Runs the kiosk on this terminal and ends with its status. Where it cannot even begin (a broken installation, a card that
# wears out), the glass still says where people find help; nothing of the reason is drawn, and the journal has it.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
seconds=${CLOSED_SECONDS:-30}

# A kiosk that ran so long has been seen; what ends it then is no failure to start.
LONG_ENOUGH=20
DONE=0 NOT_STARTED=75 LEFT=77
# 128 and the number of the signal: told to end before it could listen.
HANGUP=129 TERMINATED=143

# centred LINE ROW: a line in the middle of the glass.
centred() {
    printf '\033[%d;%dH%s' "$2" "$(((columns - ${#1}) / 2 + 1))" "$1"
}

closed() {
    size=$(stty size 2>/dev/null)
    rows=${size% *} columns=${size#* }
    case $rows:$columns in
    *[!0-9:]* | :* | *:) rows=24 columns=80 ;;
    esac
    # No key ends this, none is shown, and the terminal is ours whatever state it was left in.
    stty -isig -icanon -echo 2>/dev/null
    printf '\033c\033[?25l'
    centred "Please see reception" $((rows / 2))
    centred "This kiosk is closed at the moment." $((rows / 2 + 2))
    centred "For staff: $(uname -n), code K$1" "$((rows - 1))"
    sleep "$seconds"
}

began=$(date +%s)
"$here/../bin/python" -P -m kiosk run
status=$?
case $status in
"$DONE" | "$NOT_STARTED" | "$LEFT" | "$HANGUP" | "$TERMINATED") exit "$status" ;;
esac
# Clocks jump as they are set: only a short time that has passed forward counts as short.
ran=$(($(date +%s) - began))
if [ "$ran" -ge 0 ] && [ "$ran" -lt "$LONG_ENOUGH" ]; then
    logger -p user.crit -t kiosk "the kiosk ended with status $status at its start; the glass shows code K$status" 2>/dev/null
    closed "$status"
fi
exit "$status"
