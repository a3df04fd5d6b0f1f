#!/bin/sh
# Builds the Gitea that GiteaIT starts, out of its module, into ~/.cache/cta-test. It needs Go, a C
# compiler (for SQLite), about 8 minutes of processor time, and 4 GB below Go's caches.
set -eu

cd "$(dirname "$0")"
version=$(awk '$2 == "code.gitea.io/gitea" && $1 == "require" { print substr($3, 2) }' go.mod)
target=${CTA_TEST_GITEA:-$HOME/.cache/cta-test/gitea-$version}
[ ! -x "$target/gitea" ] || { echo "$target/gitea is there"; exit 0; }

mkdir -p "$target"
nice go build -buildvcs=false -tags 'sqlite sqlite_unlock_notify' -o "$target/gitea.new" \
  code.gitea.io/gitea
# it reads these at run time; of the pages' assets only the icons are in the module
module=$(go list -m -f '{{.Dir}}' code.gitea.io/gitea)
cp -R "$module/templates" "$module/options" "$module/public" "$target/"
chmod -R u+w "$target"
mv "$target/gitea.new" "$target/gitea"
echo "built $target/gitea"
