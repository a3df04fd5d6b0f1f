package io.cta.server.notify;

import io.cta.domain.Channel;
import io.cta.domain.ChannelType;
import io.cta.domain.Delivery;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.ChainClaim;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.OutgoingFailure;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.server.webhook.ChannelKeys;
import io.cta.server.webhook.SigningKey;
import io.cta.server.webhook.WebhookHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends a stored message to its channel, signed anew each time. Safe from any event loop. */
final class MessageSender {
  private final OutgoingClient client;
  private final ChannelKeys keys;
  private final Duration timeout;

  MessageSender(OutgoingClient client, ChannelKeys keys, Duration timeout) {
    this.client = client;
    this.keys = keys;
    this.timeout = timeout;
  }

  /** Completes with the answer; fails, with a text for people, when none came. */
  Future<OutgoingAnswer> send(Delivery delivery, Channel channel, Instant now) {
    OutgoingUrl url;
    List<SigningKey> signing;
    boolean signs = channel.type() == ChannelType.WEBHOOK;
    try {
      url = OutgoingUrl.parse("url", signs ? channel.url() : keys.openAddress(channel.key()));
      signing = signs ? keys.signing(channel, now) : List.of();
    } catch (ServiceFailure e) {
      return Future.failedFuture(e);
    } catch (RuntimeException e) {
      return Future.failedFuture(new OutgoingFailure("the channel cannot be used: " + e));
    }
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "CTA");
    if (signs) {
      headers.putAll(WebhookHeaders.of(delivery.messageId(), now, body, signing));
      headers.put(
          ChainClaim.HEADER, new ChainClaim(delivery.executionId(), delivery.depth()).text());
    }
    return client.post(url, headers, Buffer.buffer(body), timeout);
  }
}
