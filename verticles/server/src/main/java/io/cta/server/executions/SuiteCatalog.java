package io.cta.server.executions;

import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import java.util.Map;

/**
 * Suites and tests by the id or name with which a suite refers to them; has no entry for one that
 * does not exist.
 */
record SuiteCatalog(Map<String, TestSuite> suites, Map<String, Test> tests) {
  SuiteCatalog {
    suites = Map.copyOf(suites);
    tests = Map.copyOf(tests);
  }
}
