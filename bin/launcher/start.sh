#!/bin/sh
# Finds a Python recent enough for the launcher. The versions we test come first, a newer one is a last resort.
here=$(dirname -- "$(readlink -f -- "$0")")
for newest in 13 99; do
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))" 2>/dev/null; then
            exec "$python" "$here" "$@"
        fi
    done
done
cat >&2 <<'MESSAGE'
Le portail demande Python 3.11, 3.12 ou 3.13, introuvable ici (ni python3, ni python3.13, python3.12, python3.11).
Sous Debian 12 ou plus récent : apt-get install python3 python3-venv
MESSAGE
exit 2
