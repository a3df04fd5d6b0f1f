package io.cta.server.executions;

import io.cta.domain.Repository;
import io.cta.domain.ShellKind;
import io.cta.domain.SuiteEntry;
import io.cta.domain.SuiteParameter;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a suite into the flat list of its enabled tests. Every test gets the path of names that
 * leads to it as its id. Pure; one instance flattens one suite.
 */
final class SuiteFlattener {
  static final int MAX_TESTS = 2000;
  private static final int MAX_DEPTH = 32;
  // bounds the work for suites without tests, which MAX_TESTS does not stop
  private static final int MAX_NESTINGS = 2000;

  /**
   * The flattened suite.
   *
   * @param parameters that it and the suites in it declare; the outer one's wins
   * @param parameterized whether a text has a parameter in it
   * @param secrets names of secrets by variable, of it and the suites in it; the outer one's wins
   */
  record FlatSuite(
      List<Repository> inputs,
      List<Repository> outputs,
      List<Test> tests,
      Map<String, SuiteParameter> parameters,
      boolean parameterized,
      Map<String, String> secrets) {}

  /**
   * Where an entry is in the nested suites.
   *
   * @param prefix of the ids of its tests
   * @param way the names of the suites that lead to it
   * @param shell of the nearest suite that sets one, or null
   * @param outer names of the parameters that the suites around it declare
   * @param declared those, and its own suite's
   */
  private record Place(
      String prefix, List<String> way, ShellKind shell, Set<String> outer, Set<String> declared) {
    static Place root(TestSuite suite) {
      Set<String> names = suite.parameters().keySet();
      return new Place("", List.of(suite.name()), suite.shell(), Set.of(), names);
    }

    Place below(TestSuite suite, List<String> further) {
      Set<String> names = new HashSet<>(declared);
      names.addAll(suite.parameters().keySet());
      ShellKind nearest = suite.shell() == null ? shell : suite.shell();
      return new Place(prefix + suite.name() + "/", further, nearest, declared, names);
    }
  }

  private final SuiteCatalog suiteCatalog;
  private final Set<Repository> inputs = new LinkedHashSet<>();
  private final Set<Repository> outputs = new LinkedHashSet<>();
  private final Set<String> ids = new HashSet<>();
  private final List<Test> tests = new ArrayList<>();
  private final Map<String, SuiteParameter> parameters = new LinkedHashMap<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private boolean parameterized;
  private int nestings;

  private SuiteFlattener(SuiteCatalog suiteCatalog) {
    this.suiteCatalog = suiteCatalog;
  }

  /** Fails with INVALID, naming the field, when the suite cannot be run as it is. */
  static FlatSuite flatten(TestSuite suite, SuiteCatalog suiteCatalog) {
    SuiteFlattener work = new SuiteFlattener(suiteCatalog);
    work.add(suite, Place.root(suite), null);
    SecretReferences.check(work.secrets, work.parameters);
    return new FlatSuite(
        List.copyOf(work.inputs),
        List.copyOf(work.outputs),
        List.copyOf(work.tests),
        Collections.unmodifiableMap(work.parameters),
        work.parameterized,
        Collections.unmodifiableMap(work.secrets));
  }

  private void add(TestSuite suite, Place place, String field) {
    suite.parameters().forEach((name, one) -> declare(name, one, place, field));
    suite.secrets().forEach(secrets::putIfAbsent);
    for (int i = 0; i < suite.inputs().size(); i++) {
      String at = field == null ? "inputs[" + i + "]" : field;
      Repository input = suite.inputs().get(i);
      ParameterFields.change(at, input, (where, text) -> declared(where, text, place));
      InputRules.check(at, input);
      inputs.add(input);
    }
    for (int i = 0; i < suite.outputs().size(); i++) {
      String at = field == null ? "outputs[" + i + "]" : field;
      Repository output = suite.outputs().get(i);
      ParameterFields.change(at, output, (where, text) -> declared(where, text, place));
      InputRules.checkOutput(at, output);
      outputs.add(output);
    }
    for (int i = 0; i < suite.tests().size(); i++) {
      // errors in a nested suite are reported at the entry that names it
      add(suite.tests().get(i), place, field == null ? "tests[" + i + "]" : field);
    }
  }

  private void add(SuiteEntry entry, Place place, String field) {
    if (entry.suite() != null) {
      nested(entry.suite(), place, field);
    } else if (entry.ref() != null) {
      Test stored = suiteCatalog.tests().get(entry.ref());
      if (stored == null) {
        throw ServiceFailure.invalid(field + ".ref", "names no test: " + entry.ref());
      }
      add(stored, place, field);
    } else {
      add(entry.test(), place, field);
    }
  }

  private void nested(String key, Place place, String field) {
    TestSuite suite = suiteCatalog.suites().get(key);
    if (suite == null) {
      throw ServiceFailure.invalid(field + ".suite", "names no test suite: " + key);
    }
    List<String> further = new ArrayList<>(place.way());
    further.add(suite.name());
    if (place.way().contains(suite.name())) {
      throw ServiceFailure.invalid(
          field + ".suite", "makes a circle: " + String.join(" > ", further));
    }
    if (further.size() > MAX_DEPTH || ++nestings > MAX_NESTINGS) {
      throw ServiceFailure.invalid(field + ".suite", "nests too many suites");
    }
    add(suite, place.below(suite, further), field);
  }

  /** Two suites beside each other must agree; a suite around them decides for both. */
  private void declare(String name, SuiteParameter one, Place place, String field) {
    SuiteParameter known = place.outer().contains(name) ? one : parameters.putIfAbsent(name, one);
    if (known != null && !known.equals(one)) {
      throw ServiceFailure.invalid(field, "declares parameter " + name + " unlike another suite");
    }
  }

  /** Takes a text as it is; throws INVALID when it names a parameter that nobody declares. */
  private String declared(String field, String text, Place place) {
    parameterized |= PlaceholderText.has(text);
    PlaceholderText.replace(field, text, name -> place.declared().contains(name) ? "" : null);
    return text;
  }

  private void add(Test test, Place place, String field) {
    if (!test.enabled()) {
      return;
    }
    if (test.stages().isEmpty()) {
      throw ServiceFailure.invalid(field + ".stages", "must have at least one stage");
    }
    String id = place.prefix() + test.name();
    if (!ids.add(id)) {
      throw ServiceFailure.invalid(field + ".name", "is there twice: " + id);
    }
    if (tests.size() == MAX_TESTS) {
      throw ServiceFailure.invalid("tests", "are more than " + MAX_TESTS);
    }
    Test whole = withShell(test, place.shell(), field).withId(id);
    ParameterFields.change(field, whole, (where, text) -> declared(where, text, place));
    tests.add(whole);
  }

  private static Test withShell(Test test, ShellKind shell, String field) {
    try {
      return test.withDefault(shell);
    } catch (ServiceFailure e) {
      throw ServiceFailure.invalid(field + ".stages", e.getMessage());
    }
  }
}
