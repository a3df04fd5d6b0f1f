package io.cta.server.export;

import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names cases so that no two of a file have the same class and name: GitLab shows only the first of
 * them. A test that several machines ran has its machine in the class. One thread at a time.
 */
final class CaseNaming {
  private final Set<String> onSeveral = new HashSet<>();
  private final Map<String, Integer> seen = new HashMap<>();

  /** What a report calls a case. */
  record CaseName(String className, String name) {}

  CaseNaming(List<TaskView> tasks) {
    Set<String> once = new HashSet<>();
    for (TaskView task : tasks) {
      task.testIds().stream().filter(test -> !once.add(test)).forEach(onSeveral::add);
    }
  }

  /** The next case; never a name that was given before. */
  CaseName next(StatusView status) {
    String name = status.name() == null ? status.testName() : status.name();
    String inClass = "";
    int hash = name == null ? -1 : name.indexOf('#');
    if (status.name() != null && hash > 0) {
      inClass = name.substring(0, hash);
      name = name.substring(hash + 1);
    }
    String test = status.testName() == null ? status.testId() : status.testName();
    StringBuilder className = new StringBuilder();
    if (onSeveral.contains(status.testId()) && status.machineName() != null) {
      className.append(status.machineName()).append('.');
    }
    className.append(test);
    if (!inClass.isEmpty()) {
      className.append('.').append(inClass);
    } else if (status.suite() != null) {
      className.append('.').append(status.suite());
    }
    return unique(className.toString(), name == null ? test : name, status);
  }

  private CaseName unique(String className, String name, StatusView status) {
    if (seen.putIfAbsent(className + "\0" + name, 1) == null) {
      return new CaseName(className, name);
    }
    String longer = status.suite() == null ? className : className + "." + status.suite();
    int count = 1;
    String next = name;
    while (seen.putIfAbsent(longer + "\0" + next, 1) != null) {
      count = seen.merge(longer + "\0" + name, 1, Integer::sum);
      next = name + " (" + count + ")";
    }
    return new CaseName(longer, next);
  }
}
