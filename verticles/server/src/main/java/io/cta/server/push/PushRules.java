package io.cta.server.push;

import io.cta.domain.AfterPush;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryRules;
import io.cta.error.ServiceFailure;
import io.cta.server.outgoing.AddressGuard;
import io.cta.server.outgoing.OutgoingUrl;

/** Which places the server pushes to. Pure. */
public final class PushRules {
  private PushRules() {}

  /**
   * Throws INVALID, naming the field.
   *
   * @param at what goes before a field's name, for example {@code after[0].push}
   * @param guard knows which addresses may be called
   */
  public static void check(String at, AfterPush push, AddressGuard guard) {
    Repository to = push.to();
    if (to == null) {
      throw ServiceFailure.invalid(at + ".to", "is required");
    }
    if (!to.type().equals("s3") && !to.type().equals("http")) {
      throw ServiceFailure.invalid(
          at + ".to.type",
          "must be s3 or http: the server pushes nowhere else, outputs of a suite do");
    }
    if (to.url() != null && to.url().contains("${")) {
      throw ServiceFailure.invalid(
          at + ".to.url", "has no placeholders: scenario and execution are added to it");
    }
    RepositoryRules.checkOutput(at + ".to.", to, text -> false);
    if (to.type().equals("s3") && to.accessKey() == null) {
      throw ServiceFailure.invalid(
          at + ".to.accessKey", "is required: the server's own credentials are not for scenarios");
    }
    String field = at + (to.type().equals("http") ? ".to.url" : ".to.endpoint");
    String address = to.type().equals("http") ? to.url() : to.endpoint();
    if (address != null) { // else it is Amazon's
      guard.check(field, OutgoingUrl.parse(field, address));
    }
  }
}
