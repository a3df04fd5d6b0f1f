command -v mvn >/dev/null || { echo "there is no mvn on the PATH"; exit 1; }
# the first build brings the plugins, which no test should wait for
mvn -q -B -f pom.xml test -Dtest='Green' -Dmaven.test.failure.ignore=true >prepare.log 2>&1 || { tail -n 3 prepare.log; exit 1; }
