package io.cta.server.launch;

import io.cta.broker.MessageBroker;
import io.cta.domain.AskedExecution;
import io.cta.message.QueueNames;
import io.cta.server.aggregation.AggregationVerticle;
import io.cta.server.api.RestApi;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.http.ApiSettings;
import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.clock.WallClockVerticle;
import io.cta.server.cluster.CatchUpVerticle;
import io.cta.server.cluster.ClusterMembers;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.cluster.EventRelayVerticle;
import io.cta.server.cluster.SingletonVerticle;
import io.cta.server.config.ServerConfig;
import io.cta.server.config.ServerConfig.StoreType;
import io.cta.server.disk.DiskState;
import io.cta.server.disk.DiskVerticle;
import io.cta.server.dispatch.DispatchSettings;
import io.cta.server.dispatch.DispatchVerticle;
import io.cta.server.dispatch.StandbyDispatchVerticle;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.gateway.AgentGateway;
import io.cta.server.gateway.EventBusPeerGateways;
import io.cta.server.gateway.GatewayLimits;
import io.cta.server.gateway.PeerGateways;
import io.cta.server.http.HttpLimits;
import io.cta.server.http.PublicAddress;
import io.cta.server.ingress.IngressVerticle;
import io.cta.server.live.LiveLimits;
import io.cta.server.live.LiveVerticle;
import io.cta.server.notify.NotifySettings;
import io.cta.server.notify.NotifyVerticle;
import io.cta.server.outgoing.AddressGuard;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.SystemHostResolver;
import io.cta.server.push.ResultPusher;
import io.cta.server.registration.RegistrationSettings;
import io.cta.server.registration.RegistrationVerticle;
import io.cta.server.retention.RetentionPolicy;
import io.cta.server.retention.RetentionVerticle;
import io.cta.server.schedule.ScheduleSettings;
import io.cta.server.schedule.ScheduleVerticle;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.security.AccessControl;
import io.cta.server.store.StoreRepositories;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.TrackingVerticle;
import io.cta.server.webhook.ChannelKeys;
import io.cta.server.webhook.ChannelSafety;
import io.cta.time.TimeSource;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Creates the parts of a server and defines the order in which they start. */
final class ServerComponents {
  private static final String DISPATCH = "dispatch";
  private static final Duration CATCH_UP_PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ServerConfig config;
  private final StoreRepositories stores;
  private final MessageBroker broker;
  private final AccessControl security;
  private final SecretCipher cipher;
  private final ClusterNode node;
  private final ClusterMembers members = new ClusterMembers();
  private final TimeSource time;
  private final Future<ApiContract> contract;
  private final PublicAddress address;
  private final TaskWriter writer;
  private final DiskVerticle disk;
  private final ExecutionStarter starter;
  private final OutgoingClient outgoing;
  private final ChannelSafety channels;
  private final ArtifactServices artifacts;
  private final LiveVerticle live;
  private final IngressVerticle ingress;
  private volatile AgentGateway gateway;

  ServerComponents(
      Vertx vertx,
      ServerConfig config,
      StoreRepositories stores,
      MessageBroker broker,
      AccessControl security,
      SecretCipher cipher,
      ClusterNode node,
      TimeSource time,
      Future<ApiContract> contract) {
    this.node = node;
    this.contract = contract;
    this.time = time;
    this.vertx = vertx;
    this.config = config;
    this.stores = stores;
    this.broker = broker;
    this.security = security;
    this.cipher = cipher;
    address = new PublicAddress(config.http().publicUrl());
    writer = new TaskWriter(vertx, stores);
    ingress = new IngressVerticle(broker, config.tracking().partitions());
    // any other store's disk is not on this machine
    disk = config.store().type() == StoreType.SQLITE ? new DiskVerticle(config.data()) : null;
    starter =
        new ExecutionStarter(
            vertx, stores, time.wall(), disk == null ? () -> {} : disk::requireRoom);
    AddressGuard guard = new AddressGuard(config.outgoing().allow());
    outgoing = new OutgoingClient(vertx, new SystemHostResolver(vertx), guard);
    channels = new ChannelSafety(new ChannelKeys(cipher), guard, config.mail().host().isPresent());
    artifacts = ArtifactServicesFactory.of(vertx, config, node.alone(), stores, time);
    live =
        new LiveVerticle(
            stores, security.authenticator(address), LiveLimits.DEFAULT, time.ticker());
  }

  /** Services come before their callers; the ingress, which lets events in, comes last. */
  List<Deployable> inOrder() {
    int partitions = config.tracking().partitions();
    List<Deployable> all = new ArrayList<>();
    if (disk != null) {
      all.add(disk);
    }
    if (!node.alone()) {
      all.add(new EventRelayVerticle(node, members, time.ticker()));
      all.add(new CatchUpVerticle(stores, CATCH_UP_PAUSE));
    }
    all.add(live);
    for (int i = 0; i < partitions; i++) {
      all.add(
          new PartitionOwner(
              List.of(
                  new AggregationVerticle(i, partitions, stores, time.ticker()),
                  new TrackingVerticle(i, partitions, stores, writer, time, node))));
    }
    all.add(new RegistrationVerticle(stores, writer, broker, time, registration(), node));
    all.add(
        node.alone()
            ? dispatcher()
            : new SingletonVerticle(
                DISPATCH,
                stores.documents,
                node,
                this::dispatcher,
                () -> new StandbyDispatchVerticle(broker),
                time.ticker()));
    all.add(new ScheduleVerticle(stores, this::scheduled, time, ScheduleSettings.DEFAULT));
    all.add(
        new NotifyVerticle(
            stores,
            request -> starter.start(request).map(AskedExecution::id),
            channels.keys(),
            new ForgeTokens(cipher),
            this::link,
            outgoing,
            MailSenderFactory.of(vertx, config.mail()),
            pusher(),
            node,
            time,
            NotifySettings.DEFAULT));
    all.add(
        new RetentionVerticle(
            stores.documents,
            retention(),
            artifacts,
            executionId -> broker.delete(QueueNames.group(executionId)),
            config.retention().interval(),
            time.wall()));
    all.add(new WallClockVerticle(time));
    all.add(ingress);
    return all;
  }

  /** Called when the broker has ended the subscription of a queue. */
  void lost(String queue) {
    ingress.lost(queue);
    if (gateway != null) {
      gateway.lost(queue);
    }
  }

  /** The verticle of the HTTP port with all endpoints; created last. */
  Future<HttpVerticle> http(HealthEndpoint health) {
    gateway =
        new AgentGateway(
            vertx,
            broker,
            security.authenticator(address),
            new MachineMatchPolicy(stores),
            GatewayLimits.STANDARD,
            node.alone()
                ? PeerGateways.NONE
                : new EventBusPeerGateways(vertx, node.id(), members::others),
            time);
    ApiSettings limits =
        new ApiSettings(
            config.http().maxBody(),
            ApiSettings.DEFAULTS.maxFollowers(),
            config.agents().heartbeat(),
            config.security().secureCookies(),
            address,
            httpLimits());
    return contract
        .map(
            read ->
                new RestApi(
                    vertx,
                    read,
                    stores,
                    security,
                    cipher,
                    limits,
                    time.wall(),
                    starter,
                    channels,
                    artifacts))
        .map(api -> List.of(health, gateway, live, api, new DashboardEndpoint()))
        .map(parts -> new HttpVerticle(config.http(), httpLimits(), parts, time));
  }

  private HttpLimits httpLimits() {
    ServerConfig.HttpBounds l = config.http().limits();
    return new HttpLimits(
        l.connections(),
        l.connectionsPerAddress(),
        l.bodies(),
        l.bodiesPerAddress(),
        l.bodyBytes(),
        l.bodyBytesPerAddress(),
        l.headerTimeout(),
        l.bodyTimeout());
  }

  private ResultPusher pusher() {
    return new ResultPusher(
        vertx, stores, cipher, outgoing, config.data().resolve("pushes"), this::link, time.wall());
  }

  private String link(String executionId) {
    return address.link("/#/executions/" + executionId);
  }

  /** State of the store's disk; OK when the store is on another machine. */
  DiskState disk() {
    return disk == null ? DiskState.OK : disk.state();
  }

  /** The other nodes of the cluster; empty for a single server. */
  ClusterMembers members() {
    return members;
  }

  private DispatchVerticle dispatcher() {
    return new DispatchVerticle(stores, writer, broker, time, dispatch(), node);
  }

  private Future<Void> scheduled(String executionId, String scenario, String requestedBy) {
    return starter
        .start(ScenarioStartRequest.asDefined(executionId, scenario, requestedBy))
        .mapEmpty();
  }

  private RegistrationSettings registration() {
    RegistrationSettings standard = RegistrationSettings.DEFAULT;
    return new RegistrationSettings(
        config.agents().lease(), standard.sweep(), standard.announce(), standard.store());
  }

  private DispatchSettings dispatch() {
    DispatchSettings standard = DispatchSettings.DEFAULT;
    return new DispatchSettings(
        standard.sweep(),
        config.agents().resendAfter(),
        config.agents().lease(),
        standard.obey(),
        standard.maxTasks(),
        config.logs().maxPerTask());
  }

  private RetentionPolicy retention() {
    return new RetentionPolicy(config.retention().age(), config.retention().executions());
  }
}
