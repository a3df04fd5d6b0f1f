package io.cta.agent.output;

import io.cta.masking.SecretMasker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The maskers of the attempts that run now, for texts that belong to no attempt alone, such as the
 * agent's log. Any thread.
 */
public final class ActiveMaskers {
  private static final Map<Object, SecretMasker> ACTIVE = new ConcurrentHashMap<>();

  private ActiveMaskers() {}

  /**
   * @param owner removes it again
   */
  public static void add(Object owner, SecretMasker masker) {
    if (!masker.isEmpty()) {
      ACTIVE.put(owner, masker);
    }
  }

  public static void remove(Object owner) {
    ACTIVE.remove(owner);
  }

  public static String mask(String text) {
    String out = text;
    for (SecretMasker masker : ACTIVE.values()) {
      out = masker.mask(out);
    }
    return out;
  }
}
