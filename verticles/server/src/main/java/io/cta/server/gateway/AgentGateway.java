package io.cta.server.gateway;

import io.cta.broker.MessageBroker;
import io.cta.broker.websocket.LinkFrame;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.IdentityRefused;
import io.cta.bus.MachineChanged;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.ProblemResponse;
import io.cta.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the agents' connections, keeps one live session per machine, and publishes {@code
 * machine.gone} when a session ends.
 */
public final class AgentGateway implements HttpEndpoint {
  private static final Logger log = LoggerFactory.getLogger(AgentGateway.class);

  private static final long UPGRADE_SECONDS = 10;

  private final Vertx vertx;
  private final MessageBroker broker;
  private final HandshakeAuthenticator handshakeAuthenticator;
  private final GroupQueuePolicy groupQueuePolicy;
  private final GatewayLimits limits;
  private final PeerGateways peerGateways;
  private final TimeSource time;
  private final GatewayCounters counts = new GatewayCounters();
  private final LinkSessionRegistry sessions;
  private final HeartbeatBatch heartbeats;
  private volatile Context context;
  private boolean closing;

  public AgentGateway(
      Vertx vertx,
      MessageBroker broker,
      RequestAuthenticator authenticator,
      GroupQueuePolicy groupQueuePolicy,
      TimeSource time) {
    this(vertx, broker, authenticator, groupQueuePolicy, GatewayLimits.STANDARD, time);
  }

  public AgentGateway(
      Vertx vertx,
      MessageBroker broker,
      RequestAuthenticator authenticator,
      GroupQueuePolicy groupQueuePolicy,
      GatewayLimits limits,
      TimeSource time) {
    this(vertx, broker, authenticator, groupQueuePolicy, limits, PeerGateways.NONE, time);
  }

  /**
   * @param peerGateways the gateways of the other nodes, where a machine may have its session
   */
  public AgentGateway(
      Vertx vertx,
      MessageBroker broker,
      RequestAuthenticator authenticator,
      GroupQueuePolicy groupQueuePolicy,
      GatewayLimits limits,
      PeerGateways peerGateways,
      TimeSource time) {
    this.time = time;
    this.peerGateways = peerGateways;
    this.vertx = vertx;
    this.broker = broker;
    this.handshakeAuthenticator = new HandshakeAuthenticator(authenticator, time.wall());
    this.groupQueuePolicy = groupQueuePolicy;
    this.limits = limits;
    this.heartbeats = new HeartbeatBatch(vertx);
    this.sessions = new LinkSessionRegistry(vertx, limits.probe(), peerGateways);
  }

  public GatewayCounters counts() {
    return counts;
  }

  @Override
  public void mount(Router root) {
    // other nodes' questions are answered on the context that owns the sessions
    context = vertx.getOrCreateContext();
    peerGateways.answer(
        (machineId, session) -> {
          Promise<Void> answer = Promise.promise();
          context.runOnContext(v -> sessions.askedByPeer(machineId, session).onComplete(answer));
          return answer.future();
        });
    root.get(LinkFrame.PATH).handler(this::accept);
    BusAdapter.<MachineChanged>hear(
        vertx, BusAddresses.MACHINE_CHANGED, changed -> deleted(changed.machine()));
  }

  /** A deleted machine has no token any more, so its connection is closed too. */
  private void deleted(Machine machine) {
    if (machine.health() == Health.RETIRED && MachineChanged.DELETED.equals(machine.healthNote())) {
      sessions.close(machine.id(), "the machine was deleted");
    }
  }

  /** Called when the broker has ended the subscriptions of a queue. Any thread. */
  public void lost(String queue) {
    Context current = context;
    if (current != null) {
      current.runOnContext(v -> sessions.lost(queue));
    }
  }

  /** Ends every session without publishing {@code machine.gone}: the agents will reconnect. */
  @Override
  public void close() {
    closing = true;
    sessions.closeAll("the server is going down");
  }

  private void accept(RoutingContext ctx) {
    // authentication is asynchronous; nothing of the request may get lost meanwhile
    ctx.request().pause();
    handshakeAuthenticator
        .identify(ctx.request())
        .compose(
            agentConnection ->
                sessions
                    .reserve(agentConnection)
                    .onFailure(e -> announceDuplicate(agentConnection, e))
                    .compose(v -> upgrade(ctx, agentConnection)))
        .onFailure(e -> refuse(ctx, e));
  }

  /** On SESSION_TAKEN: two agents of one machine are alive, so one of them must be a copy. */
  private void announceDuplicate(AgentConnection agentConnection, Throwable why) {
    if (ServiceFailure.is(why, ErrorCode.SESSION_TAKEN)) {
      BusAdapter.announce(
          vertx,
          BusAddresses.IDENTITY_REFUSED,
          new IdentityRefused(agentConnection.machineId(), agentConnection.address()));
      BusAdapter.announce(vertx, BusAddresses.SECRET_SHARED, agentConnection.machineId());
    }
  }

  private Future<Void> upgrade(RoutingContext ctx, AgentConnection agentConnection) {
    Future<ServerWebSocket> upgrade = ctx.request().toWebSocket();
    return upgrade
        .timeout(UPGRADE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(
            socket -> {
              ConnectionGuard.trust(ctx);
              startSession(agentConnection, socket);
            })
        .onFailure(
            e -> {
              sessions.release(agentConnection);
              upgrade.onSuccess(ServerWebSocket::close);
            })
        .mapEmpty();
  }

  private void startSession(AgentConnection agentConnection, ServerWebSocket socket) {
    QueuePermissions rights = new QueuePermissions(agentConnection.machineId(), groupQueuePolicy);
    LinkSession session =
        new LinkSession(
            vertx,
            agentConnection,
            socket,
            broker,
            rights,
            limits,
            counts,
            heartbeats,
            time.ticker(),
            this::ended);
    sessions.add(session);
    counts.accepted.incrementAndGet();
    counts.connected.incrementAndGet();
    log.info("agent connected [{}]", agentConnection);
    session.socket().start();
  }

  private void ended(LinkSession session, String reason) {
    AgentConnection agentConnection = session.agentConnection();
    counts.connected.decrementAndGet();
    sessions.remove(session);
    log.info("agent disconnected [{}, reason: {}]", agentConnection, reason);
    if (!closing && !session.replaced()) {
      MachineGone gone =
          new MachineGone(agentConnection.machineId(), agentConnection.session(), reason);
      broker
          .publish(
              QueueNames.REGISTRATION,
              MessageEnvelope.of(MessageTypes.MACHINE_GONE, MessageSource.GATEWAY, gone).encode())
          .onFailure(
              e ->
                  log.warn(
                      "machine.gone was not published [{}, cause: {}]",
                      agentConnection,
                      e.getMessage()));
    }
  }

  private void refuse(RoutingContext ctx, Throwable why) {
    counts.refused.incrementAndGet();
    if (why instanceof ServiceFailure) {
      log.info(
          "agent refused [address: {}, text: {}]",
          ClientAddress.text(ctx.request().remoteAddress()),
          why.getMessage());
    }
    ProblemResponse.refuse(ctx, why);
  }
}
