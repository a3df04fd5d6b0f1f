package io.cta.server.notify;

import io.cta.server.forges.ForgeCall;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries out calls of the API of a forge. Safe from any event loop. */
final class ForgeClient {
  private final OutgoingClient client;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param maxBytes after which an answer is cut off
   */
  ForgeClient(OutgoingClient client, Duration timeout, int maxBytes) {
    this.client = client;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  Future<OutgoingAnswer> call(ForgeCall call) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put("User-Agent", "CTA");
    headers.putIfAbsent("Accept", "application/json");
    Buffer body = Buffer.buffer();
    if (call.body() != null) {
      headers.put("Content-Type", "application/json");
      body = call.body().toBuffer();
    }
    return client.exchange(call.method(), call.url(), headers, body, timeout, maxBytes);
  }
}
