command -v prove >/dev/null || { echo "there is no prove on the PATH"; exit 1; }
