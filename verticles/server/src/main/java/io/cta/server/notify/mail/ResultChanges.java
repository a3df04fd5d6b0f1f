package io.cta.server.notify.mail;

import io.cta.domain.Status;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an execution did otherwise than the one before it.
 *
 * @param before result of the one before, as a word; null when there was none
 * @param newlyFailing tests and cases that failed now and not before
 * @param repaired those that failed before and are ok now
 * @param known false when there were too many failures to compare
 */
public record ResultChanges(
    String before, List<String> newlyFailing, List<String> repaired, boolean known) {
  /** There was none before. */
  public static final ResultChanges NONE = new ResultChanges(null, List.of(), List.of(), true);

  public ResultChanges {
    newlyFailing = List.copyOf(newlyFailing);
    repaired = List.copyOf(repaired);
  }

  /** What people call a test or a case, on whatever machine it ran. */
  public static String name(Status status) {
    String suite = status.suite() == null ? "" : status.suite() + " > ";
    return status.testName() + (status.name() == null ? "" : ": " + suite + status.name());
  }

  /** The names of the first that are not of the second, in order. */
  public static List<String> without(List<Status> these, List<Status> those) {
    Set<String> names = new TreeSet<>(these.stream().map(ResultChanges::name).toList());
    those.forEach(status -> names.remove(name(status)));
    return List.copyOf(names);
  }
}
