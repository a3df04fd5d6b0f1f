package io.cta.agent.identity;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for an identity, with the registration token. Tries again for as long as the
 * server is not there; gives up when it says no.
 */
public final class Enrolment {
  private static final Logger log = LoggerFactory.getLogger(Enrolment.class);
  private static final long FIRST_PAUSE = 200;
  private static final long LONGEST_PAUSE = 10_000;
  private static final long TIMEOUT_SECONDS = 20;

  /** The server said no. */
  public static final class Refused extends RuntimeException {
    Refused(String text) {
      super(text, null, false, false);
    }
  }

  private final Vertx vertx;
  private final HttpClient client;
  private final List<URI> servers;
  private int at;
  private final String token;

  /**
   * @param servers equal ones: when one is not there, the next is asked
   */
  public Enrolment(Vertx vertx, List<URI> servers, String token) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.servers = List.copyOf(servers);
    this.token = token;
  }

  /** Completes with the identity; fails with {@link Refused}. */
  public Future<Identity> enrol(JsonObject request) {
    Promise<Identity> done = Promise.promise();
    attempt(request, FIRST_PAUSE, done);
    return done.future().eventually(client::close);
  }

  private void attempt(JsonObject request, long pause, Promise<Identity> done) {
    ask(request)
        .onSuccess(done::complete)
        .onFailure(
            e -> {
              if (e instanceof Refused) {
                done.fail(e);
                return;
              }
              log.info("not enrolled yet [server: {}, reason: {}]", server(), e.getMessage());
              at = (at + 1) % servers.size();
              long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
              // grows slowly: a server that was started with its agents is there in seconds
              vertx.setTimer(
                  Math.max(1, jittered),
                  ignored -> attempt(request, Math.min(LONGEST_PAUSE, pause * 3 / 2), done));
            });
  }

  private URI server() {
    return servers.get(at);
  }

  private Future<Identity> ask(JsonObject request) {
    String base = server().toString().replaceAll("/+$", "");
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(base + "/api/v1/agents/enrol")
            .putHeader("authorization", "Bearer " + token)
            .putHeader("content-type", "application/json")
            .setConnectTimeout(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    return client
        .request(options)
        .compose(asked -> asked.send(request.toBuffer()))
        .compose(answer -> answer.body().map(body -> read(answer.statusCode(), body)))
        .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private static Identity read(int status, Buffer body) {
    if (status / 100 != 2) {
      String text = "the server answered " + status + detail(body);
      boolean later = status >= 500 || status == 429 || status == 408;
      throw later ? new ServiceFailure(ErrorCode.UNAVAILABLE, text) : new Refused(text);
    }
    try {
      JsonObject answer = body.toJsonObject();
      String heartbeat = answer.getString("heartbeat");
      return new Identity(
          required(answer, "machineId"),
          required(answer, "token"),
          heartbeat == null ? null : Durations.parse("heartbeat", heartbeat));
    } catch (DecodeException | ClassCastException | ServiceFailure e) {
      throw new Refused("the server's answer is not understood: " + e.getMessage());
    }
  }

  private static String required(JsonObject answer, String field) {
    String value = answer.getString(field);
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is missing");
    }
    return value;
  }

  private static String detail(Buffer body) {
    try {
      return ": " + body.toJsonObject().getString("detail", "");
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }
}
