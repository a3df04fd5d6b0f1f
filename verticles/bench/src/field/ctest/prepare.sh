for tool in cmake ctest cc; do command -v $tool >/dev/null || { echo "there is no $tool on the PATH"; exit 1; }; done
