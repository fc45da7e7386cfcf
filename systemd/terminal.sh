#!/bin/sh
# The one program of the kiosk's display: a terminal whose letters are as large as 80 columns and 24 rows allow, or 45 and
# 40 on a display that stands upright, with the kiosk in it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

# mode: WIDTHxHEIGHT of the first display that is connected, as the kernel sees it.
mode() {
    for connector in "${DRM:-/sys/class/drm}"/*/status; do
        [ "$(cat "$connector" 2>/dev/null)" = connected ] || continue
        # The preferred mode is the first.
        head -n 1 "$(dirname -- "$connector")/modes"
        return
    done
}

size=$(mode)
width=${size%%x*}
height=${size#*x}
height=${height%%[!0-9]*}
# No display that tells its size: what the 7-inch panel has.
case $width:$height in
*[!0-9:]* | :* | *:) width=800 height=480 ;;
esac

if [ "$width" -ge "$height" ]; then
    columns=80 rows=24
else
    columns=45 rows=40
fi
# A letter of DejaVu Sans Mono is 0.602 of its size in width.
cell=$((width / columns))
letter=$((cell * 1000 / 602))
line=$((height / rows))

# Staff's own settings of the terminal, where there are any.
settings=/etc/kiosk/foot.ini
[ -f "$settings" ] || settings=$here/files/foot.ini

exec foot --config="$settings" \
    --override="font=DejaVu Sans Mono:pixelsize=$letter" --override="line-height=${line}px" -- "$here/on-glass.sh"
