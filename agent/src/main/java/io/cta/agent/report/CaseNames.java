package io.cta.agent.report;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives every case a name of its own. The second case of an identity becomes {@code name #2}, or
 * the next number that is free; a later case that really is called {@code name #2} gets another
 * name, so no case overwrites another. Not safe from several threads.
 */
public final class CaseNames {
  private record Identity(String suite, String fullName) {}

  /** The number that the latest case of an identity got. */
  private final Map<Identity, Integer> numbers = new HashMap<>();

  public TestCase unique(TestCase one) {
    Identity identity = new Identity(one.suite(), one.fullName());
    Integer known = numbers.get(identity);
    if (known == null) {
      numbers.put(identity, 1);
      return one;
    }
    int number = known;
    if (!one.again()) {
      do {
        number++;
      } while (numbers.containsKey(
          new Identity(one.suite(), one.named(numbered(one.name(), number)).fullName())));
    }
    TestCase named = number == 1 ? one : one.named(numbered(one.name(), number));
    numbers.put(identity, number);
    numbers.putIfAbsent(new Identity(named.suite(), named.fullName()), 1);
    return named;
  }

  private static String numbered(String name, int number) {
    return name + " #" + number;
  }
}
