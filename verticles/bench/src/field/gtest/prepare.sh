command -v g++ >/dev/null || { echo "there is no g++ on the PATH"; exit 1; }
echo '#include <gtest/gtest.h>' | g++ -E -x c++ - >/dev/null 2>&1 || { echo "there are no headers of GoogleTest"; exit 1; }
