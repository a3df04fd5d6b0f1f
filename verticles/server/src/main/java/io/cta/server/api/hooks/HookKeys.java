package io.cta.server.api.hooks;

import io.cta.domain.Hook;
import io.cta.domain.HookType;
import io.cta.server.hooks.HookFacts;
import io.cta.server.hooks.HookFactsBuilder;
import io.cta.server.security.TokenText;
import io.vertx.core.buffer.Buffer;
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
   * What tells a call from others of its hook: the body's digest where a forge numbers a call anew
   * when somebody has it made again (Gitea's {@code models/webhook/hooktask.go}, ReplayHookTask).
   * Such a body names when the repository was changed, so two pushes do not have the same.
   */
  static HookFacts told(Hook hook, HookFacts facts, Buffer body) {
    return numbersAnew(hook)
        ? HookFactsBuilder.builder(facts)
            .same(facts.event() + " " + TokenText.digest(body.toString()))
            .build()
        : facts;
  }

  /**
   * The id of the event. A pipeline counts once, however often it ends well: a status that CTA
   * reports lets it end anew. GitLab before 17.4 does not number its calls.
   */
  static String of(Hook hook, HookFacts facts, UnaryOperator<String> headers) {
    if (facts.event().equals("pipeline")) {
      return digest(hook, "pipeline " + facts.project() + " " + facts.pipelineId());
    }
    for (String name : numbersAnew(hook) ? HEADERS.subList(0, 1) : HEADERS) {
      String value = headers.apply(name);
      if (value != null && !value.isBlank()) {
        return digest(hook, name + " " + value);
      }
    }
    return digest(hook, "facts " + facts.same());
  }

  private static boolean numbersAnew(Hook hook) {
    return hook.type() == HookType.GITEA || hook.type() == HookType.FORGEJO;
  }

  private static String digest(Hook hook, String what) {
    return TokenText.digest(hook.id() + "\n" + what);
  }
}
