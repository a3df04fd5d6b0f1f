package io.cta.agent.identity;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for an identity, with the registration token. Tries again as long as no server
 * answers; gives up when a server refuses.
 */
public final class EnrolmentClient {
  private static final Logger log = LoggerFactory.getLogger(EnrolmentClient.class);

  /** The server refused this agent. */
  public static final class Refused extends RuntimeException {
    public Refused(String text) {
      super(text, null, false, false);
    }
  }

  private final Vertx vertx;
  private final AgentApiClient api;
  private final String token;
  private final RetryPause pause = new RetryPause();

  /**
   * @param servers equivalent ones: when one does not answer, the next is asked
   */
  public EnrolmentClient(Vertx vertx, List<URI> servers, String token) {
    this.vertx = vertx;
    this.api = new AgentApiClient(vertx, servers);
    this.token = token;
  }

  /** Completes with the identity; fails with {@link Refused} when the server refuses. */
  public Future<AgentIdentity> enrol(JsonObject request) {
    Promise<AgentIdentity> done = Promise.promise();
    attempt(request, done);
    return done.future().eventually(api::close);
  }

  private void attempt(JsonObject request, Promise<AgentIdentity> done) {
    ask(request)
        .onSuccess(done::complete)
        .onFailure(
            e -> {
              if (e instanceof Refused) {
                done.fail(e);
                return;
              }
              log.info("not enrolled yet [server: {}, reason: {}]", api.server(), e.getMessage());
              api.next();
              vertx.setTimer(pause.next(), ignored -> attempt(request, done));
            });
  }

  private Future<AgentIdentity> ask(JsonObject request) {
    return api.post("enrol", token, request).map(EnrolmentClient::read);
  }

  private static AgentIdentity read(AgentApiClient.Answer answered) {
    if (!answered.isOk()) {
      throw answered.isRetryable()
          ? new ServiceFailure(ErrorCode.UNAVAILABLE, answered.text())
          : new Refused(answered.text());
    }
    try {
      JsonObject answer = answered.json();
      String heartbeat = answer.getString("heartbeat");
      return new AgentIdentity(
          required(answer, "machineId"),
          required(answer, "token"),
          heartbeat == null ? null : DurationFormat.parse("heartbeat", heartbeat),
          null);
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
}
