package io.cta.server.webhook;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Seals a key by keeping it in memory: what is stored has nothing of it. */
public final class MemoryKeyStorage implements KeyStorage {
  private final Map<String, String> kept = new ConcurrentHashMap<>();

  @Override
  public String seal(String plain) {
    String sealed = "sealed-" + UUID.randomUUID();
    kept.put(sealed, plain);
    return sealed;
  }

  @Override
  public String open(String sealed) {
    String plain = kept.get(sealed);
    if (plain == null) {
      throw new ServiceFailure(ErrorCode.CONFLICT, "sealed elsewhere");
    }
    return plain;
  }
}
