package io.cta.server.archive;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes that go into an archive, in the format of {@code -XX:SharedClassListFile}.
 *
 * @param lines each once, in the order in which they were loaded first
 */
record ClassList(List<String> lines) {
  ClassList {
    lines = List.copyOf(lines);
  }

  /**
   * Joins what several processes have loaded. Java numbers the classes of each process by itself,
   * for the sake of those that a program's own loader defines: both are left out.
   */
  static ClassList joined(Collection<List<String>> processes) {
    Set<String> all = new LinkedHashSet<>();
    for (List<String> process : processes) {
      process.stream()
          .filter(line -> !line.contains(" source: "))
          .map(line -> line.replaceFirst(" id: \\d+$", ""))
          .forEach(all::add);
    }
    return new ClassList(List.copyOf(all));
  }
}
