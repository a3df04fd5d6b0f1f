package io.cta.server.registration;

import io.cta.domain.Machine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The notice on a machine's page that an agent with a copy of its identity was refused. Pure. */
final class DuplicateIdentityNotice {
  /** How long the latest notice is shown. */
  static final Duration SHOWN = Duration.ofDays(1);

  /** Least time between two stored notices of the same copy, which may start again and again. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final String PREFIX = "a copy of its identity was refused at ";
  private static final String FROM = " from ";

  private DuplicateIdentityNotice() {}

  /** The document with the notice; the same instance when there is an equal recent one. */
  static Machine added(Machine machine, String address, Instant now) {
    for (String notice : machine.notices()) {
      Instant notedAt = noticeTime(notice);
      boolean same = notice.endsWith(FROM + host(address));
      if (notedAt != null && same && Duration.between(notedAt, now).abs().compareTo(PAUSE) < 0) {
        return machine;
      }
    }
    List<String> notices = new ArrayList<>(machine.notices());
    notices.removeIf(notice -> noticeTime(notice) != null);
    notices.add(PREFIX + now.truncatedTo(ChronoUnit.SECONDS) + FROM + host(address));
    return new MachineEdit(machine).notices(notices).done();
  }

  /** The machine's notices about copies that are not too old. */
  static List<String> current(Machine machine, Instant now) {
    return machine.notices().stream().filter(notice -> isFresh(noticeTime(notice), now)).toList();
  }

  private static boolean isFresh(Instant notedAt, Instant now) {
    return notedAt != null && Duration.between(notedAt, now).compareTo(SHOWN) <= 0;
  }

  /** The address without its port, which differs each time. */
  private static String host(String address) {
    return address.replaceAll(":\\d+$", "");
  }

  private static Instant noticeTime(String notice) {
    int end = notice.lastIndexOf(FROM);
    if (!notice.startsWith(PREFIX) || end < PREFIX.length()) {
      return null;
    }
    try {
      return Instant.parse(notice.substring(PREFIX.length(), end));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
