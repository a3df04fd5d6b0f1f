package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveAdmissionTest {
  private LiveServer server;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    LiveLimits limits =
        LiveLimitsBuilder.builder()
            .viewers(3)
            .topics(5)
            .inboundFrame(4_096)
            .unsentChars(65_536)
            .pending(100)
            .paceMillis(100)
            .helloMillis(1_000)
            .pingMillis(20_000)
            .recheckMillis(100)
            .build();
    server = new LiveServer(vertx).start(limits).toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aBearerTokenInTheHeaderIsAccepted() throws Exception {
    WatchingClient.asViewer(server, "fleet");
  }

  @Test
  void aSessionCookieFromThisServersPagesIsAccepted() throws Exception {
    open(cookie("good", "http://127.0.0.1:" + server.port())).subscribe("fleet");
  }

  @Test
  void aSessionCookieFromAForeignPageIsRefused() {
    assertEquals(403, refusal(cookie("good", "http://evil.example")));
  }

  @Test
  void anInvalidCookieAndAnUnknownTokenAreRefused() {
    assertEquals(401, refusal(cookie("bad", "http://127.0.0.1:" + server.port())));
    assertEquals(401, refusal(bearer("guessed")));
  }

  @Test
  void anAgentsTokenIsRefused() {
    assertEquals(403, refusal(bearer("agent")));
  }

  @Test
  void theFirstMessageMayCarryTheToken() throws Exception {
    WatchingClient client = open(plain());
    client.say(new JsonObject().put("auth", "viewer"));
    client.subscribe("fleet");
  }

  @Test
  void aTokenInTheUrlIsIgnored() {
    WebSocketConnectOptions inAddress =
        WatchingClient.at(server.port(), "/api/v1/live?access_token=viewer");
    assertEquals("4401 no {\"auth\": token} in time", open(inAddress).closed());
  }

  @Test
  void aViewerThatSubscribesBeforeItsTokenIsClosed() {
    WatchingClient client = open(plain());
    client.say(new JsonObject("{\"subscribe\":[\"fleet\"]}"));
    assertTrue(client.closed().startsWith("4401"));
  }

  @Test
  void aViewerWithAWrongTokenIsClosedWithTheReason() {
    WatchingClient client = open(plain());
    client.say(new JsonObject().put("auth", "guessed"));
    assertEquals("4401 unknown token", client.closed());
  }

  @Test
  void credentialsAreRecheckedWithinAMinuteAndAHalf() {
    assertTrue(LiveLimits.DEFAULT.recheckMillis() <= 90_000);
  }

  @Test
  void aRevokedTokenStopsWatching() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "fleet");
    server.revoked.add("viewer");
    assertEquals("4401 unknown token", client.closed());
  }

  @Test
  void theNumberOfViewersIsLimitedAndFreedAgain() throws Exception {
    WatchingClient first = WatchingClient.asViewer(server, "fleet");
    WatchingClient.asViewer(server, "fleet");
    WatchingClient.asViewer(server, "fleet");
    assertEquals(503, refusal(bearer("viewer")));
    first.socket.close();
    first.closed();
    // the viewer may see its end before the server does
    connected().close();
  }

  @Test
  void aConnectionThatIsResetFreesItsPlace() throws IOException {
    for (int round = 0; round < 20; round++) {
      Socket[] all = {connected(), connected(), connected()};
      for (Socket viewer : all) {
        // close with a reset instead of a regular end
        viewer.setSoLinger(true, 0);
        viewer.close();
      }
    }
  }

  /** Connects a viewer, retrying until the server has noticed that earlier ones are gone. */
  private Socket connected() throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < until) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(handshake().getBytes(StandardCharsets.US_ASCII));
      byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
      String answer = new String(head, StandardCharsets.US_ASCII);
      if (answer.endsWith("101")) {
        return socket;
      }
      socket.close();
      assertEquals("HTTP/1.1 503", answer);
    }
    throw new AssertionError("no seat within 10 s");
  }

  private String handshake() {
    return String.join(
        "\r\n",
        "GET /api/v1/live HTTP/1.1",
        "Host: 127.0.0.1:" + server.port(),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
        "Authorization: Bearer viewer",
        "",
        "");
  }

  @Test
  void anUnauthenticatedViewerTakesNoPlace() throws Exception {
    WatchingClient[] unknown = {open(plain()), open(plain()), open(plain()), open(plain())};
    WatchingClient.asViewer(server, "fleet");
    WatchingClient.asViewer(server, "fleet");
    WatchingClient.asViewer(server, "fleet");
    unknown[0].say(new JsonObject().put("auth", "viewer"));
    assertTrue(unknown[0].closed().startsWith("4429 too many watch"));
  }

  @Test
  void theNumberOfUnauthenticatedViewersIsLimited() throws Exception {
    WatchingClient[] unknown = new WatchingClient[8];
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = open(plain());
    }
    assertEquals(429, refusal(plain()));
    WatchingClient.asViewer(server, "fleet");
    unknown[0].say(new JsonObject().put("auth", "viewer"));
    unknown[0].subscribe("fleet");
    open(plain());
  }

  @Test
  void sockJsNeedsACredentialToo() {
    WebSocketConnectOptions noOne = WatchingClient.at(server.port(), "/eventbus/websocket");
    assertEquals(401, refusal(noOne));
    assertEquals(401, refusal(noOne.putHeader("Authorization", "Bearer guessed")));
  }

  private WebSocketConnectOptions plain() {
    return WatchingClient.at(server.port(), "/api/v1/live");
  }

  private WebSocketConnectOptions bearer(String token) {
    return plain().putHeader("Authorization", "Bearer " + token);
  }

  private WebSocketConnectOptions cookie(String value, String origin) {
    return plain().putHeader("Cookie", "cta_session=" + value).putHeader("Origin", origin);
  }

  private WatchingClient open(WebSocketConnectOptions options) {
    return WatchingClient.open(server, options);
  }

  private int refusal(WebSocketConnectOptions options) {
    Throwable e = assertThrows(CompletionException.class, () -> open(options)).getCause();
    return ((UpgradeRejectedException) e).getStatus();
  }
}
