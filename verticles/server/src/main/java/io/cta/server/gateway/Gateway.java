package io.cta.server.gateway;

import io.cta.broker.Broker;
import io.cta.broker.websocket.Frame;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.IdentityRefused;
import io.cta.bus.MachineChanged;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.MachineGone;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.http.Mount;
import io.cta.server.security.Authenticator;
import io.cta.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door: lets agents in, one live session per machine, and says so when one has left. */
public final class Gateway implements Mount {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private static final long UPGRADE_SECONDS = 10;

  private final Vertx vertx;
  private final Broker broker;
  private final Doorman doorman;
  private final Admission admission;
  private final Limits limits;
  private final Neighbours neighbours;
  private final TimeSource time;
  private final Counts counts = new Counts();
  private final Sessions sessions;
  private volatile Context home;
  private boolean closing;

  public Gateway(
      Vertx vertx,
      Broker broker,
      Authenticator authenticator,
      Admission admission,
      TimeSource time) {
    this(vertx, broker, authenticator, admission, Limits.STANDARD, time);
  }

  public Gateway(
      Vertx vertx,
      Broker broker,
      Authenticator authenticator,
      Admission admission,
      Limits limits,
      TimeSource time) {
    this(vertx, broker, authenticator, admission, limits, Neighbours.NONE, time);
  }

  /**
   * @param neighbours the gateways of the other nodes, where a machine may have its session
   */
  public Gateway(
      Vertx vertx,
      Broker broker,
      Authenticator authenticator,
      Admission admission,
      Limits limits,
      Neighbours neighbours,
      TimeSource time) {
    this.time = time;
    this.neighbours = neighbours;
    this.vertx = vertx;
    this.broker = broker;
    this.doorman = new Doorman(authenticator, time.wall());
    this.admission = admission;
    this.limits = limits;
    this.sessions = new Sessions(vertx, limits.probe(), neighbours);
  }

  public Counts counts() {
    return counts;
  }

  @Override
  public void mount(Router root) {
    // knocks are answered where the sessions live
    home = vertx.getOrCreateContext();
    neighbours.answer(
        (machineId, session) -> {
          Promise<Void> answer = Promise.promise();
          home.runOnContext(v -> sessions.knocked(machineId, session).onComplete(answer));
          return answer.future();
        });
    root.get(Frame.PATH).handler(this::arrive);
    Consumers.<MachineChanged>hear(
        vertx, Addresses.MACHINE_CHANGED, changed -> deleted(changed.machine()));
  }

  /** A machine that was deleted has no token any more; its connection ends, too. */
  private void deleted(Machine machine) {
    if (machine.health() == Health.RETIRED && MachineChanged.DELETED.equals(machine.healthNote())) {
      sessions.close(machine.id(), "the machine was deleted");
    }
  }

  /** To be told when the broker has ended the subscriptions of a queue. Any thread. */
  public void lost(String queue) {
    Context at = home;
    if (at != null) {
      at.runOnContext(v -> sessions.lost(queue));
    }
  }

  /** Ends every session, without a word about the machines: they will be back. */
  @Override
  public void close() {
    closing = true;
    sessions.closeAll("the server is going down");
  }

  private void arrive(RoutingContext visit) {
    // what follows is asynchronous: nothing of the request may get lost meanwhile
    visit.request().pause();
    doorman
        .identify(visit.request())
        .compose(
            visitor ->
                sessions
                    .makeRoom(visitor)
                    .onFailure(e -> second(visitor, e))
                    .compose(v -> enter(visit, visitor)))
        .onFailure(e -> refuse(visit, e));
  }

  /** Of one machine two agents are alive: one of them must be a copy. */
  private void second(Visitor visitor, Throwable why) {
    if (why instanceof ServiceFailure known && known.code() == ErrorCode.CONFLICT) {
      Consumers.announce(
          vertx,
          Addresses.IDENTITY_REFUSED,
          new IdentityRefused(visitor.machineId(), visitor.address()));
      Consumers.announce(vertx, Addresses.SECRET_SHARED, visitor.machineId());
    }
  }

  private Future<Void> enter(RoutingContext visit, Visitor visitor) {
    Future<ServerWebSocket> upgrade = visit.request().toWebSocket();
    return upgrade
        .timeout(UPGRADE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(
            socket -> {
              ConnectionGuard.trust(visit);
              begin(visitor, socket);
            })
        .onFailure(
            e -> {
              sessions.turnBack(visitor);
              upgrade.onSuccess(ServerWebSocket::close);
            })
        .mapEmpty();
  }

  private void begin(Visitor visitor, ServerWebSocket socket) {
    Rights rights = new Rights(visitor.machineId(), admission);
    LinkSession session =
        new LinkSession(
            vertx, visitor, socket, broker, rights, limits, counts, time.ticker(), this::left);
    sessions.enter(session);
    counts.accepted.incrementAndGet();
    counts.connected.incrementAndGet();
    log.info("agent connected [{}]", visitor);
    session.socket().start();
  }

  private void left(LinkSession session, String reason) {
    Visitor visitor = session.visitor();
    counts.connected.decrementAndGet();
    sessions.leave(session);
    log.info("agent disconnected [{}, reason: {}]", visitor, reason);
    if (!closing && !session.replaced()) {
      MachineGone gone = new MachineGone(visitor.machineId(), visitor.session(), reason);
      broker
          .publish(
              Queues.REGISTRATION,
              Envelope.of(Types.MACHINE_GONE, MessageSource.GATEWAY, gone).encode())
          .onFailure(e -> log.warn("nobody was told [{}, cause: {}]", visitor, e.getMessage()));
    }
  }

  private void refuse(RoutingContext visit, Throwable why) {
    counts.refused.incrementAndGet();
    ServiceFailure failure =
        why instanceof ServiceFailure known
            ? known
            : new ServiceFailure(ErrorCode.INTERNAL, "internal error");
    if (failure.code() == ErrorCode.INTERNAL) {
      log.error("agent not let in", why);
    } else {
      log.info(
          "agent refused [address: {}, text: {}]",
          ClientAddress.text(visit.request().remoteAddress()),
          failure.getMessage());
    }
    HttpServerResponse response = visit.response();
    if (response.ended() || response.closed()) {
      return;
    }
    visit.request().resume();
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", failure.code().code())
            .put("status", failure.code().status())
            .put("code", failure.code().code())
            .put("detail", failure.getMessage());
    response
        .setStatusCode(failure.code().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(problem.toBuffer());
  }
}
