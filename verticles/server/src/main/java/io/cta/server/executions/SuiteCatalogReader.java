package io.cta.server.executions;

import io.cta.domain.SuiteEntry;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads everything a suite refers to, directly or through other suites; each thing once. */
final class SuiteCatalogReader {
  private static final int MAX_NAMED = 5000;

  private final StoreRepositories stores;
  private final DefinitionLookup definitionLookup;
  private final Map<String, TestSuite> suites = new HashMap<>();
  private final Map<String, Test> tests = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<SuiteEntry> waiting = new ArrayDeque<>();

  private SuiteCatalogReader(StoreRepositories stores, DefinitionLookup definitionLookup) {
    this.stores = stores;
    this.definitionLookup = definitionLookup;
  }

  static Future<SuiteCatalog> read(
      StoreRepositories stores, DefinitionLookup definitionLookup, TestSuite root) {
    SuiteCatalogReader reader = new SuiteCatalogReader(stores, definitionLookup);
    reader.enqueue(root);
    return reader.next();
  }

  private void enqueue(TestSuite suite) {
    for (SuiteEntry entry : suite.tests()) {
      String key = entry.suite() != null ? "s " + entry.suite() : "t " + entry.ref();
      if (entry.test() == null && seen.add(key)) {
        waiting.add(entry);
      }
    }
  }

  private Future<SuiteCatalog> next() {
    if (seen.size() > MAX_NAMED) {
      return Future.failedFuture(
          ServiceFailure.invalid("tests", "name more than " + MAX_NAMED + " suites and tests"));
    }
    SuiteEntry entry = waiting.poll();
    if (entry == null) {
      return Future.succeededFuture(new SuiteCatalog(suites, tests));
    }
    Future<?> read = entry.suite() != null ? readSuite(entry.suite()) : readTest(entry.ref());
    return read.compose(done -> next());
  }

  private Future<Void> readSuite(String key) {
    return definitionLookup
        .find(stores.testsuites, key)
        .map(
            found -> {
              found.ifPresent(
                  suite -> {
                    suites.put(key, suite);
                    enqueue(suite);
                  });
              return null;
            });
  }

  private Future<Void> readTest(String key) {
    return definitionLookup
        .find(stores.tests, key)
        .map(
            found -> {
              found.ifPresent(test -> tests.put(key, test));
              return null;
            });
  }
}
