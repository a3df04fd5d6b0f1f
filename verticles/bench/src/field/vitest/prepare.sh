[ -x "$TOOLS/vitest/node_modules/.bin/vitest" ] && exit 0
command -v npm >/dev/null || { echo "there is no npm on the PATH"; exit 1; }
mkdir -p "$TOOLS/vitest" && cd "$TOOLS/vitest" && npm install --silent --no-audit --no-fund vitest@3 vite@6
