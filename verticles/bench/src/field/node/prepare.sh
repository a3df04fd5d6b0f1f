command -v node >/dev/null || { echo "there is no node on the PATH"; exit 1; }
case $(node --version) in v1[0-9].*) echo "node is older than 20"; exit 1 ;; esac
