package io.cta.server.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests go to addresses that were checked, and answers are read as far as they are of use. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OutgoingClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final RecordingReceiver receiver = new RecordingReceiver(vertx);

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private OutgoingClient held;

  private final OutgoingAllow loopback = OutgoingAllow.parse("127.0.0.1");

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theNameIsInTheHostHeaderAndTheBodyArrivesAsItIs() {
    OutgoingAnswer answer =
        client(loopback, List.of("127.0.0.1"))
            .post(url("/a?b=c"), Map.of("X-A", "1"), body("ü"), LONG)
            .await();
    assertEquals(200, answer.status());
    assertEquals("/a?b=c", receiver.messages.get(0).path());
    assertEquals(
        "hooks.example:" + receiver.port(), receiver.messages.get(0).headers().get("Host"));
    assertEquals("1", receiver.messages.get(0).headers().get("X-A"));
    assertEquals("ü", receiver.messages.get(0).text());
  }

  @Test
  void aNameThatIsPublicFirstAndPrivateThenIsNotCalled() {
    List<List<String>> turns = List.of(List.of("93.184.216.34"), List.of("127.0.0.1"));
    Iterator<List<String>> each = turns.iterator();
    List<String> asked = new ArrayList<>();
    AddressGuard guard = new AddressGuard(OutgoingAllow.NOTHING);
    HostResolver resolver =
        host -> {
          asked.add(host);
          return Future.succeededFuture(addresses(each.next()));
        };
    // the first answer is what a check beforehand would have seen
    assertTrue(guard.mayCall("hooks.example", resolver.resolve("hooks.example").await().get(0)));
    OutgoingClient client = new OutgoingClient(vertx, resolver, guard);
    OutgoingFailure failure = failure(client, url("/"), LONG);
    assertTrue(failure.getMessage().contains("private address 127.0.0.1"), failure.getMessage());
    assertEquals(List.of("hooks.example", "hooks.example"), asked);
    assertEquals(List.of(), receiver.messages);
  }

  @Test
  void onePrivateAddressAmongManyIsEnoughToRefuse() {
    OutgoingClient client =
        client(OutgoingAllow.NOTHING, List.of("93.184.216.34", "2606:4700::1111", "::1"));
    assertTrue(failure(client, url("/"), LONG).getMessage().contains("private address"));
    assertEquals(List.of(), receiver.messages);
  }

  @Test
  void aPrivateAddressThatIsWrittenIsRefusedToo() {
    OutgoingUrl url = OutgoingUrl.parse("url", "http://127.0.0.1:" + receiver.port() + "/");
    OutgoingClient client = client(OutgoingAllow.NOTHING, List.of());
    assertTrue(failure(client, url, LONG).getMessage().contains("outgoing.allow"));
    assertEquals(List.of(), receiver.messages);
  }

  @Test
  void theNextAddressIsTriedWhenOneDoesNotListen() {
    OutgoingClient client =
        client(OutgoingAllow.parse("127.0.0.0/8"), List.of("127.0.0.9", "127.0.0.1"));
    assertEquals(200, client.post(url("/"), Map.of(), body("x"), LONG).await().status());
  }

  @Test
  void aRedirectIsAnAnswerAndNothingElse() {
    receiver.answers(
        (request, number) ->
            request.response().setStatusCode(302).putHeader("Location", "/elsewhere").end("moved"));
    OutgoingAnswer answer =
        client(loopback, List.of("127.0.0.1")).post(url("/"), Map.of(), body("x"), LONG).await();
    assertEquals(302, answer.status());
    assertEquals(1, receiver.messages.size());
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    receiver.answers(
        (request, number) -> {
          request.response().setChunked(true);
          vertx.setPeriodic(1, id -> request.response().write("x".repeat(8_000)));
        });
    OutgoingAnswer answer =
        client(loopback, List.of("127.0.0.1")).post(url("/"), Map.of(), body("x"), LONG).await();
    assertEquals("x".repeat(AnswerReader.MAX_TEXT), answer.text());
  }

  @Test
  void controlCharactersInAnAnswerBecomeBlanks() {
    assertEquals(
        "a b c [31m d",
        AnswerReader.text(
            "a\u0000b\r\nc\u001b[31m\u202ed\u0007"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals(
        300,
        AnswerReader.text("🚀".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .length()
            / 2);
    assertEquals("", AnswerReader.text(new byte[] {(byte) 0xff, 0}));
  }

  @Test
  void whoDoesNotAnswerInTimeIsGivenUp() {
    receiver.answers((request, number) -> {});
    OutgoingFailure failure =
        failure(client(loopback, List.of("127.0.0.1")), url("/"), Duration.ofMillis(300));
    assertTrue(failure.getMessage().contains("no whole answer"), failure.getMessage());
  }

  @Test
  void aNameThatNobodyKnowsAndAPortThatIsClosedSaySo() {
    OutgoingClient unknown =
        new OutgoingClient(
            vertx,
            host -> Future.failedFuture(new UnknownHostException(host)),
            new AddressGuard(loopback));
    assertEquals("there is no host hooks.example", failure(unknown, url("/"), LONG).getMessage());
    OutgoingUrl url = url("/");
    receiver.close().await();
    assertTrue(
        failure(client(loopback, List.of("127.0.0.1")), url, LONG)
            .getMessage()
            .startsWith("cannot connect to hooks.example:"));
  }

  @Test
  void theSystemsResolverKnowsThisMachine() {
    assertTrue(
        new SystemHostResolver(vertx)
            .resolve("localhost").await().stream().allMatch(InetAddress::isLoopbackAddress));
  }

  private OutgoingUrl url(String target) {
    return OutgoingUrl.parse("url", "http://hooks.example:" + receiver.port() + target);
  }

  private OutgoingClient client(OutgoingAllow allow, List<String> addresses) {
    held =
        new OutgoingClient(
            vertx, host -> Future.succeededFuture(addresses(addresses)), new AddressGuard(allow));
    return held;
  }

  private OutgoingFailure failure(OutgoingClient client, OutgoingUrl url, Duration timeout) {
    held = client;
    return assertThrows(
        OutgoingFailure.class, () -> client.post(url, Map.of(), body("x"), timeout).await());
  }

  private static Buffer body(String text) {
    return Buffer.buffer(text);
  }

  private static List<InetAddress> addresses(List<String> literals) {
    return literals.stream()
        .map(
            literal -> {
              try {
                return InetAddress.getByName(literal);
              } catch (UnknownHostException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
