package io.cta.cli.client;

import io.cta.domain.Execution;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Sends the request to start a scenario. However often it is sent, its idempotency key lets it
 * start one execution only.
 */
public final class StartRequestSender {
  private final ApiClient api;
  private final String path;
  private final JsonObject body;
  private final Map<String, String> headers = new HashMap<>();

  /**
   * @param body as the contract's {@code ExecutionOrder}
   * @param chain what a test that runs this has as {@code CTA_CHAIN}; null elsewhere
   */
  public StartRequestSender(ApiClient api, JsonObject body, String chain) {
    this(api, "/api/v1/executions", body, chain);
  }

  /**
   * @param path of another operation that starts an execution
   */
  public StartRequestSender(ApiClient api, String path, JsonObject body, String chain) {
    this.api = api;
    this.path = path;
    this.body = body;
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    if (chain != null && !chain.isBlank()) {
      headers.put("X-CTA-Chain", chain);
    }
  }

  /** Sends it, and a second time when no answer came: the answer may have been lost. */
  public Execution send() {
    try {
      return sendOnce();
    } catch (ServerUnreachable e) {
      return sendOnce();
    }
  }

  /** Sends it until there is an answer, or the retry policy gives up. */
  public Execution send(ServerRetryPolicy retryPolicy, WaitClock clock) {
    while (true) {
      try {
        Execution started = sendOnce();
        retryPolicy.answered();
        return started;
      } catch (ServerUnreachable e) {
        clock.restOrEnd(retryPolicy.unanswered(e));
      }
    }
  }

  private Execution sendOnce() {
    return AnswerReader.execution(api.post(path, body, headers));
  }
}
