#!/bin/sh
# Staff's commands ("sudo kiosk status") as the kiosk's own user, on the state and with the key of the kiosk of this device.
set -eu

STATE_DIRECTORY=/var/lib/kiosk
CONFIGURATION_DIRECTORY=/etc/kiosk
export STATE_DIRECTORY CONFIGURATION_DIRECTORY
# -P: what lies in the folder where the command is given is not taken for the kiosk.
python=/opt/kiosk/current/bin/python

case $(id -un) in
kiosk) exec "$python" -P -m kiosk "$@" ;;
root) exec runuser -u kiosk -- "$python" -P -m kiosk "$@" ;;
*) exec sudo -- "$0" "$@" ;;
esac
