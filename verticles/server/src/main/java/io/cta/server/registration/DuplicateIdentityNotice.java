package io.cta.server.registration;

import io.cta.domain.Machine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a machine's page says of somebody else who has its identity. Pure. */
final class DuplicateIdentityNotice {
  /** How long the latest one is shown. */
  static final Duration SHOWN = Duration.ofDays(1);

  /** A copy that is started again and again is written down no more often. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final String BEGIN = "a copy of its identity was refused at ";
  private static final String FROM = " from ";

  private DuplicateIdentityNotice() {}

  /** The document with the notice; itself when the same was said just now. */
  static Machine added(Machine machine, String address, Instant now) {
    for (String notice : machine.notices()) {
      Instant said = at(notice);
      boolean same = notice.endsWith(FROM + host(address));
      if (said != null && same && Duration.between(said, now).abs().compareTo(PAUSE) < 0) {
        return machine;
      }
    }
    List<String> notices = new ArrayList<>(machine.notices());
    notices.removeIf(notice -> at(notice) != null);
    notices.add(BEGIN + now.truncatedTo(ChronoUnit.SECONDS) + FROM + host(address));
    return new MachineEdit(machine).notices(notices).done();
  }

  /** What of a machine's notices is of a copy, and not too old. */
  static List<String> standing(Machine machine, Instant now) {
    return machine.notices().stream().filter(notice -> isFresh(at(notice), now)).toList();
  }

  private static boolean isFresh(Instant said, Instant now) {
    return said != null && Duration.between(said, now).compareTo(SHOWN) <= 0;
  }

  /** Without the port, which is another one each time. */
  private static String host(String address) {
    return address.replaceAll(":\\d+$", "");
  }

  private static Instant at(String notice) {
    int end = notice.lastIndexOf(FROM);
    if (!notice.startsWith(BEGIN) || end < BEGIN.length()) {
      return null;
    }
    try {
      return Instant.parse(notice.substring(BEGIN.length(), end));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
