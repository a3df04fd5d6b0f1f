package io.cta.server.executions;

import io.cta.domain.SuiteEntry;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads everything a suite names, directly or through other suites; each thing once. */
final class CatalogReader {
  private static final int MAX_NAMED = 5000;

  private final Stores stores;
  private final Definitions definitions;
  private final Map<String, TestSuite> suites = new HashMap<>();
  private final Map<String, Test> tests = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<SuiteEntry> waiting = new ArrayDeque<>();

  private CatalogReader(Stores stores, Definitions definitions) {
    this.stores = stores;
    this.definitions = definitions;
  }

  static Future<Catalog> read(Stores stores, Definitions definitions, TestSuite root) {
    CatalogReader reader = new CatalogReader(stores, definitions);
    reader.note(root);
    return reader.next();
  }

  private void note(TestSuite suite) {
    for (SuiteEntry entry : suite.tests()) {
      String mark = entry.suite() != null ? "s " + entry.suite() : "t " + entry.ref();
      if (entry.test() == null && seen.add(mark)) {
        waiting.add(entry);
      }
    }
  }

  private Future<Catalog> next() {
    if (seen.size() > MAX_NAMED) {
      return Future.failedFuture(
          ServiceFailure.invalid("tests", "name more than " + MAX_NAMED + " suites and tests"));
    }
    SuiteEntry entry = waiting.poll();
    if (entry == null) {
      return Future.succeededFuture(new Catalog(suites, tests));
    }
    Future<?> read = entry.suite() != null ? readSuite(entry.suite()) : readTest(entry.ref());
    return read.compose(done -> next());
  }

  private Future<Void> readSuite(String key) {
    return definitions
        .find(stores.testsuites, key)
        .map(
            found -> {
              found.ifPresent(
                  suite -> {
                    suites.put(key, suite);
                    note(suite);
                  });
              return null;
            });
  }

  private Future<Void> readTest(String key) {
    return definitions
        .find(stores.tests, key)
        .map(
            found -> {
              found.ifPresent(test -> tests.put(key, test));
              return null;
            });
  }
}
