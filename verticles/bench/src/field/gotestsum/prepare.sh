[ -x "$TOOLS/go/bin/gotestsum" ] && exit 0
command -v go >/dev/null || { echo "there is no go on the PATH"; exit 1; }
GOBIN="$TOOLS/go/bin" go install gotest.tools/gotestsum@v1.13.0
