package io.cta.cli.client;

import io.cta.domain.Execution;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The wish to start a scenario once: however often it is sent, its key lets one execution come of
 * it.
 */
public final class StartRequestSender {
  private final ApiClient api;
  private final JsonObject body;
  private final Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());

  /**
   * @param priority null for the scenario's own
   */
  public StartRequestSender(
      ApiClient api, String scenario, Map<String, String> parameters, Integer priority) {
    this.api = api;
    this.body = new JsonObject().put("scenario", scenario);
    if (!parameters.isEmpty()) {
      body.put("parameters", new JsonObject(new LinkedHashMap<>(parameters)));
    }
    if (priority != null) {
      body.put("priority", priority);
    }
  }

  /** Sends it, and a second time when no answer came: it may have been lost on its way. */
  public Execution send() {
    try {
      return sendOnce();
    } catch (ServerUnreachable e) {
      return sendOnce();
    }
  }

  /** Sends it until there is an answer, or the patience is over. */
  public Execution send(ServerRetryPolicy serverRetryPolicy, WaitClock clock) {
    while (true) {
      try {
        Execution started = sendOnce();
        serverRetryPolicy.answered();
        return started;
      } catch (ServerUnreachable e) {
        clock.restOrEnd(serverRetryPolicy.unanswered(e));
      }
    }
  }

  private Execution sendOnce() {
    return JsonMapping.fromObject(api.post("/api/v1/executions", body, once), Execution.class);
  }
}
