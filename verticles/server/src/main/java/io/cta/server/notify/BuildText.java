package io.cta.server.notify;

import io.cta.domain.BuildProgress;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryState;
import java.util.List;

/** Says how far a build is, for people. Pure. */
final class BuildText {
  private BuildText() {}

  static String of(Delivery row) {
    BuildProgress build = row.jenkinsBuild();
    String name = build.job() + (build.number() == null ? "" : " #" + build.number());
    List<DeliveryAttempt> made = row.attempts();
    String said = made.isEmpty() ? "" : made.get(made.size() - 1).text();
    if (row.state() != DeliveryState.WAITING) {
      return name + ": " + said;
    }
    if (build.acceptedAt() == null) {
      return name + (made.isEmpty() ? " is to be built" : " was not taken yet: " + said);
    }
    return name + place(row.channelName(), build) + trouble(build);
  }

  private static String place(String jenkins, BuildProgress build) {
    if (build.number() != null) {
      return " runs";
    }
    return build.queueItem() == null
        ? " was taken, " + jenkins + " did not say where"
        : " waits in the queue of " + jenkins + " as item " + build.queueItem();
  }

  private static String trouble(BuildProgress build) {
    return build.trouble() == null ? "" : "; the last look at it failed: " + build.trouble();
  }
}
