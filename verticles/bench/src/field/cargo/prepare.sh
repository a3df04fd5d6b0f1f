command -v cargo >/dev/null || { echo "there is no cargo on the PATH"; exit 1; }
