package io.cta.server.api.http;

import io.cta.json.InstantText;
import java.time.Instant;

/** The text form of instants in CTA's JSON. */
public final class InstantFormat {
  private InstantFormat() {}

  public static String text(Instant at) {
    return InstantText.format(at);
  }
}
