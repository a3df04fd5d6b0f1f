package io.cta.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes messages as a program of somebody else would, and believes only what is signed after
 * Standard Webhooks. Listens on loopback alone, on a thread of its own.
 */
public final class DemoReceiver implements AutoCloseable {
  /** A message whose signature is right. */
  public record Message(String id, JsonObject body) {}

  private static final int MAX_MESSAGES = 100;
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_AGE_SECONDS = 300;
  private static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];
  private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(MAX_MESSAGES);
  private final HttpServer server;

  private DemoReceiver(HttpServer server) {
    this.server = server;
    new SecureRandom().nextBytes(key);
    server.createContext("/", this::take);
  }

  public static DemoReceiver start() {
    try {
      DemoReceiver made =
          new DemoReceiver(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      made.server.start();
      return made;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.FAULT, "no webhook can be received: " + e.getMessage());
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/cta";
  }

  /** The key that signs, as a channel has it. */
  public String key() {
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  /** The next message; empty when none has come in time. */
  public Optional<Message> next(long seconds) throws InterruptedException {
    return Optional.ofNullable(messages.poll(seconds, TimeUnit.SECONDS));
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
      boolean taken =
          isSigned(exchange, body)
              && messages.offer(
                  new Message(
                      exchange.getRequestHeaders().getFirst("webhook-id"),
                      new JsonObject(new String(body, StandardCharsets.UTF_8))));
      exchange.sendResponseHeaders(taken ? 204 : 401, -1);
    }
  }

  private boolean isSigned(HttpExchange exchange, byte[] body) {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
    if (id == null || at == null || signatures == null || !at.matches("\\d{1,12}")) {
      return false;
    }
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(at)) > MAX_AGE_SECONDS) {
      return false;
    }
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    byte[] wanted =
        ("v1," + Base64.getEncoder().encodeToString(mac(signed.toByteArray())))
            .getBytes(StandardCharsets.UTF_8);
    for (String one : signatures.split(" ")) {
      if (MessageDigest.isEqual(wanted, one.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
