package io.cta.server.live;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;

/** Runs the feed on its own event loop; deploy it before the HTTP server opens. */
public final class LiveVerticle extends VerticleBase implements HttpEndpoint {
  private static final int MAX_TASKS = 10_000;

  private final StoreRepositories stores;
  private final LiveLimits limits;
  private final MonotonicClock ticker;
  private final ViewerAuthenticator viewerAuthenticator;
  private final ViewerQuota viewerQuota;
  private LiveFeed liveFeed;

  public LiveVerticle(
      StoreRepositories stores,
      RequestAuthenticator authenticator,
      LiveLimits limits,
      MonotonicClock ticker) {
    this.stores = stores;
    this.limits = limits;
    this.ticker = ticker;
    viewerAuthenticator = new ViewerAuthenticator(authenticator);
    viewerQuota = new ViewerQuota(limits.viewers());
  }

  @Override
  public Future<?> start() {
    liveFeed = new LiveFeed(vertx, limits, new TopicExistenceCheck(stores.documents), ticker);
    BusAdapter.hear(vertx, BusAddresses.MACHINE_CHANGED, (MachineChanged c) -> liveFeed.heard(c));
    BusAdapter.hear(vertx, BusAddresses.TASK_CHANGED, (TaskChanged c) -> liveFeed.heard(c));
    BusAdapter.hear(
        vertx, BusAddresses.EXECUTION_CHANGED, (ExecutionChanged c) -> liveFeed.heard(c));
    BusAdapter.hear(vertx, BusAddresses.STATUSES_STORED, (StatusesStored c) -> liveFeed.heard(c));
    BusAdapter.hear(vertx, BusAddresses.LOG_STORED, (LogStored c) -> liveFeed.heard(c));
    BusAdapter.hear(vertx, BusAddresses.NEWS_MISSED, (String node) -> liveFeed.missed());
    DocumentFilter busy = DocumentFilter.ALL.and("state", DocumentFilter.Op.IN, "acked", "running");
    return stores
        .tasks
        .find(
            DocumentQuery.of(StoreCollections.TASKS, busy, MAX_TASKS)
                .omitting("testIds", "attemptTestIds"))
        .onSuccess(
            page -> liveFeed.recovered(page.items().stream().map(VersionedEntity::value).toList()));
  }

  @Override
  public void mount(Router root) {
    if (liveFeed == null) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, "deploy the live feed before mounting it");
    }
    LiveRoute plain =
        new LiveRoute(
            vertx, context, limits, liveFeed.channels(), viewerAuthenticator, viewerQuota);
    SockJsRoute bridge =
        new SockJsRoute(
            vertx, context, limits, liveFeed.channels(), viewerAuthenticator, viewerQuota);
    root.get("/api/v1/live").handler(plain::handle);
    root.route("/eventbus/*").handler(bridge::admit);
    root.route("/eventbus/*").subRouter(bridge.router());
  }
}
