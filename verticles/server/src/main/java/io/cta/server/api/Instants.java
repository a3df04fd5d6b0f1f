package io.cta.server.api;

import io.cta.json.Json;
import java.time.Instant;

/** The written form of instants, as everywhere in CTA's JSON. */
final class Instants {
  private Instants() {}

  static String text(Instant at) {
    return Json.mapper().convertValue(at, String.class);
  }
}
