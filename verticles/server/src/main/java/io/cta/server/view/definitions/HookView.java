package io.cta.server.view.definitions;

import io.cta.domain.Hook;
import io.cta.domain.HookType;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;

/**
 * A hook.
 *
 * @param path where forges call it, below the address of this server
 * @param secret null but in the answer to the request for which the server made it
 */
public record HookView(
    String id,
    String name,
    String description,
    String group,
    HookType type,
    String path,
    String secret,
    String forge,
    Boolean note,
    List<HookTriggerView> triggers,
    Instant lastEventAt,
    String lastOutcome,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static final String PATH = "/api/v1/hooks/";
  private static final String NEVER = "no delivery seen yet";

  public static HookView of(Hook hook) {
    return withSecret(hook, null);
  }

  /** As {@link #of}, with the secret for whoever had it made. */
  public static HookView withSecret(Hook h, String secret) {
    return new HookView(
        h.id(),
        h.name(),
        h.description(),
        h.group(),
        h.type(),
        PATH + h.id(),
        secret,
        h.forge(),
        h.note(),
        h.triggers().stream().map(HookTriggerView::of).toList(),
        h.lastEventAt(),
        h.lastEventAt() == null ? NEVER : h.lastOutcome(),
        h.createdAt(),
        h.updatedAt());
  }
}
