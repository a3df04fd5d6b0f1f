package io.cta.server.api.hooks;

import io.cta.domain.Hook;
import io.cta.server.hooks.HookFacts;
import io.cta.server.security.TokenText;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds what makes two calls the same. Pure. */
final class HookKeys {
  private static final List<String> HEADERS =
      List.of(
          "Idempotency-Key",
          "X-GitHub-Delivery",
          "X-Forgejo-Delivery",
          "X-Gitea-Delivery",
          "webhook-id");

  private HookKeys() {}

  /**
   * The id of the event. A pipeline counts once, however often it ends well: a status that CTA
   * reports lets it end anew. GitLab before 17.4 does not number its calls.
   */
  static String of(Hook hook, HookFacts facts, UnaryOperator<String> headers) {
    if (facts.event().equals("pipeline")) {
      return digest(hook, "pipeline " + facts.project() + " " + facts.pipelineId());
    }
    for (String name : HEADERS) {
      String value = headers.apply(name);
      if (value != null && !value.isBlank()) {
        return digest(hook, name + " " + value);
      }
    }
    return digest(hook, "facts " + facts.same());
  }

  private static String digest(Hook hook, String what) {
    return TokenText.digest(hook.id() + "\n" + what);
  }
}
