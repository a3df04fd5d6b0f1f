package io.cta.server.live;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.Mount;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.Authenticator;
import io.cta.server.security.Principal;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Runs the feed on its own event loop; deploy it before the HTTP server opens. */
public final class LiveVerticle extends VerticleBase implements Mount {
  private static final int TASKS = 10_000;

  private final Stores stores;
  private final LiveLimits limits;
  private final Ticker ticker;
  private final Admission admission;
  private final Seats seats;
  private Feed feed;

  /**
   * @param address where people open the pages that ask
   * @param session who a browser's session cookie belongs to; an UNAUTHENTICATED failure otherwise
   */
  public LiveVerticle(
      Stores stores,
      Authenticator authenticator,
      Function<RoutingContext, Future<Principal>> session,
      PublicAddress address,
      LiveLimits limits,
      Ticker ticker) {
    this.stores = stores;
    this.limits = limits;
    this.ticker = ticker;
    admission = new Admission(authenticator, session, address);
    seats = new Seats(limits.viewers());
  }

  @Override
  public Future<?> start() {
    feed = new Feed(vertx, limits, new StoredThings(stores.documents), ticker);
    Consumers.hear(vertx, Addresses.MACHINE_CHANGED, (MachineChanged c) -> feed.heard(c));
    Consumers.hear(vertx, Addresses.TASK_CHANGED, (TaskChanged c) -> feed.heard(c));
    Consumers.hear(vertx, Addresses.EXECUTION_CHANGED, (ExecutionChanged c) -> feed.heard(c));
    Consumers.hear(vertx, Addresses.STATUSES_STORED, (StatusesStored c) -> feed.heard(c));
    Consumers.hear(vertx, Addresses.LOG_STORED, (LogStored c) -> feed.heard(c));
    Consumers.hear(vertx, Addresses.NEWS_MISSED, (String node) -> feed.missed());
    Filter busy = Filter.ALL.and("state", Filter.Op.IN, "acked", "running");
    return stores
        .tasks
        .find(Query.of(Collections.TASKS, busy, TASKS).omitting("testIds", "attemptTestIds"))
        .onSuccess(page -> feed.recovered(page.items().stream().map(Stored::value).toList()));
  }

  @Override
  public void mount(Router root) {
    if (feed == null) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, "deploy the live feed before mounting it");
    }
    LiveRoute plain = new LiveRoute(vertx, context, limits, feed.channels(), admission, seats);
    SockJsRoute bridge = new SockJsRoute(vertx, context, limits, feed.channels(), admission, seats);
    root.get("/api/v1/live").handler(plain::handle);
    root.route("/eventbus/*").handler(bridge::admit);
    root.route("/eventbus/*").subRouter(bridge.router());
  }
}
