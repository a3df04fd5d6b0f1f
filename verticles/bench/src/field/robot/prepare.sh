[ -x "$TOOLS/python/bin/robot" ] && exit 0
[ -d "$TOOLS/python" ] || python3 -m venv "$TOOLS/python" || exit 1
"$TOOLS/python/bin/pip" install -q robotframework
