package io.cta.broker;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/** The calls that ask the machine for the time, for the architecture rules of each module. */
public final class TimeCalls {
  private static final Set<String> CALLS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "io.cta.time.MonotonicClock.system",
          "io.cta.time.TimeSource.system");

  private TimeCalls() {}

  /** Matches these calls and references to them. */
  public static DescribedPredicate<JavaAccess<?>> any() {
    return DescribedPredicate.describe("ask the machine for the time", TimeCalls::asks);
  }

  private static boolean asks(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean date =
        owner.equals("java.util.Date")
            && access.getTarget().getFullName().equals("java.util.Date.<init>()");
    return date || CALLS.contains(owner + "." + access.getTarget().getName());
  }
}
