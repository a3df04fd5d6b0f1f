package io.cta.e2e;

import java.util.Map;

/** With the embedded store. */
class HandlersOverKillsIT extends HandlersOverKills {
  @Override
  Map<String, String> store() {
    return Map.of();
  }
}
