"$TOOLS/python/bin/python" -c 'import xmlrunner' 2>/dev/null && exit 0
[ -d "$TOOLS/python" ] || python3 -m venv "$TOOLS/python" || exit 1
"$TOOLS/python/bin/pip" install -q unittest-xml-reporting
