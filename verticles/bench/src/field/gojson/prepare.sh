command -v go >/dev/null || { echo "there is no go on the PATH"; exit 1; }
