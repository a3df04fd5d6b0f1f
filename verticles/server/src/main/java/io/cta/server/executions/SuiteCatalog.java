package io.cta.server.executions;

import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import java.util.Map;

/** Suites and tests by the word with which a suite names them; what is not there is missing. */
record SuiteCatalog(Map<String, TestSuite> suites, Map<String, Test> tests) {
  SuiteCatalog {
    suites = Map.copyOf(suites);
    tests = Map.copyOf(tests);
  }
}
