package io.cta.bench.chaos;

import io.cta.bench.history.DroppedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds in the logs of servers and agents what the store does not tell. */
final class LogFiles {
  private static final Pattern CONFIRMED =
      Pattern.compile("confirmed \\[task: (\\S+), attempt: (\\d+), statuses: ([\\d ]+)]");
  private static final Pattern REFUSED =
      Pattern.compile("event of a stale attempt \\[task: (\\S+)] \\[attempt: (\\d+)]");
  private static final Pattern GIVEN_UP =
      Pattern.compile("message dead-lettered|dead letter dropped|message refused and dropped");

  private final Set<String> confirmed = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final List<DroppedMessage> givenUp = new ArrayList<>();

  static LogFiles read(Map<String, Path> servers, Map<String, Path> agents) throws IOException {
    LogFiles logs = new LogFiles();
    for (Map<String, Path> some : List.of(servers, agents)) {
      for (Map.Entry<String, Path> log : some.entrySet()) {
        try (Stream<String> lines = Files.lines(log.getValue())) {
          lines.forEach(line -> logs.line(log.getKey(), line));
        }
      }
    }
    return logs;
  }

  /** Ids of the statuses whose confirmation an agent logged. */
  Set<String> confirmed() {
    return confirmed;
  }

  /** Attempts, as {@code taskId.attempt}, of which a server logged that it refused an event. */
  Set<String> refused() {
    return refused;
  }

  List<DroppedMessage> givenUp() {
    return givenUp;
  }

  private void line(String part, String line) {
    Matcher told = CONFIRMED.matcher(line);
    if (told.find()) {
      for (String index : told.group(3).split(" ")) {
        confirmed.add(told.group(1) + "." + told.group(2) + "." + index);
      }
    }
    Matcher stale = REFUSED.matcher(line);
    if (stale.find()) {
      refused.add(stale.group(1) + "." + stale.group(2));
    }
    if (GIVEN_UP.matcher(line).find()) {
      givenUp.add(new DroppedMessage(part, line));
    }
  }
}
