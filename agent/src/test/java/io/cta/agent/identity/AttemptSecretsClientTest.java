package io.cta.agent.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.AttemptRef;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that has just connected asks for secrets while its token is renewed. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AttemptSecretsClientTest {
  private static final AttemptRef ATTEMPT = new AttemptRef("T-0", 1, "fence");

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile int refusal;
  private HttpServer server;
  private DataDirectory data;
  private AgentSecret secret;

  @BeforeEach
  void start() throws Exception {
    data = DataDirectory.open(dir);
    secret = new AgentSecret(data, new AgentIdentity("m", "old", null, null));
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  String token = request.getHeader("Authorization");
                  tokens.add(token);
                  boolean refused = token.equals("Bearer old") && refusal != 0;
                  request
                      .response()
                      .setStatusCode(refused ? refusal : 200)
                      .end(
                          refused ? "{\"detail\":\"no\"}" : "{\"secrets\":{\"a\":\"value of a\"}}");
                })
            .listen(0, "127.0.0.1")
            .await();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await();
    data.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 410, 503})
  void aTokenThatIsReplacedMeanwhileIsAskedWithAnew(int status) throws Exception {
    refusal = status;
    Future<Map<String, String>> asked = open();
    while (tokens.isEmpty()) {
      Thread.onSpinWait();
    }
    secret.keep("new");
    assertEquals(Map.of("a", "value of a"), asked.await());
    assertEquals("Bearer new", tokens.get(tokens.size() - 1));
  }

  @Test
  void anAttemptThatIsAnothersIsRefusedAtOnce() {
    refusal = 409;
    Future<Map<String, String>> asked = open();
    ServiceFailure refused = assertThrows(ServiceFailure.class, asked::await);
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals(1, tokens.size());
  }

  private Future<Map<String, String>> open() {
    URI address = URI.create("http://127.0.0.1:" + server.actualPort());
    return new AttemptSecretsClient(vertx, List.of(address), secret).open(ATTEMPT);
  }
}
