package io.cta.server.schedule;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Schedule;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires due schedules. Any number of instances, on any number of nodes, may run in parallel. */
public final class ScheduleVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ScheduleVerticle.class);
  private static final int PAGE = 200;

  private final StoreRepositories stores;
  private final Function<String, Future<String>> starter;
  private final TimeSource time;
  private final ScheduleSettings settings;
  private final ScenarioScheduleSync scenarioSchedules;
  private boolean ticking;
  private Long scannedAt;
  private boolean reviewed;

  /**
   * @param starter starts an execution of the scenario with the given id or name; answers the
   *     execution's id
   */
  public ScheduleVerticle(
      StoreRepositories stores,
      Function<String, Future<String>> starter,
      TimeSource time,
      ScheduleSettings settings) {
    this.stores = stores;
    this.starter = starter;
    this.time = time;
    this.settings = settings;
    this.scenarioSchedules = new ScenarioScheduleSync(stores);
  }

  @Override
  public Future<?> start() {
    BusAdapter.<Long>hear(vertx, BusAddresses.WALL_CLOCK_STEPPED, step -> reviewed = false);
    vertx.setPeriodic(settings.tick().toMillis(), id -> tick());
    return Future.succeededFuture();
  }

  private void tick() {
    if (ticking) {
      return;
    }
    ticking = true;
    scan()
        .compose(v -> review())
        .compose(v -> each(unset()))
        .compose(v -> each(due()))
        .onFailure(e -> log.warn("checking schedules failed", e))
        .onComplete(v -> ticking = false);
  }

  private Future<Void> scan() {
    long now = time.nanos();
    if (scannedAt != null && now - scannedAt < settings.scan().toNanos()) {
      return Future.succeededFuture();
    }
    return scenarioSchedules.apply(time.now()).onSuccess(v -> scannedAt = now);
  }

  /** Runs at the start and after the wall clock was set, since it may have been set back. */
  private Future<Void> review() {
    if (reviewed) {
      return Future.succeededFuture();
    }
    reviewed = true;
    return stores
        .schedules
        .pages(DocumentQuery.of(StoreCollections.SCHEDULES, enabled(), PAGE), this::review)
        .onFailure(e -> reviewed = false);
  }

  private Future<Void> review(List<VersionedEntity<Schedule>> page) {
    return Future.join(page.stream().map(this::review).toList()).mapEmpty();
  }

  private Future<Void> review(VersionedEntity<Schedule> versionedEntity) {
    Schedule known = versionedEntity.value();
    Schedule next;
    try {
      next = FiringDecision.reviewed(known, time.now());
    } catch (ServiceFailure e) {
      return Future.succeededFuture(); // an invalid rule; it is disabled when it is due
    }
    return next == known
        ? Future.succeededFuture()
        : stores.schedules.replace(known.id(), versionedEntity, next).mapEmpty();
  }

  private static DocumentFilter enabled() {
    return DocumentFilter.eq("enabled", true);
  }

  private static DocumentFilter unset() {
    return enabled().and("nextAt", DocumentFilter.Op.MISSING);
  }

  private DocumentFilter due() {
    String now = JsonMapping.mapper().convertValue(time.now(), String.class);
    return enabled().and("nextAt", DocumentFilter.Op.LTE, now);
  }

  private Future<Void> each(DocumentFilter which) {
    return stores
        .schedules
        .find(DocumentQuery.of(StoreCollections.SCHEDULES, which, PAGE))
        .compose(
            page -> {
              List<Future<Void>> all = page.items().stream().map(this::advance).toList();
              return Future.join(all).mapEmpty();
            });
  }

  /** Moves the schedule on by compare-and-set; only the instance that succeeds fires it. */
  private Future<Void> advance(VersionedEntity<Schedule> versionedEntity) {
    FiringDecision firingDecision = decide(versionedEntity.value());
    String id = versionedEntity.value().id();
    return stores
        .schedules
        .replace(id, versionedEntity, firingDecision.next())
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE && firingDecision.fires()
                    ? fire(versionedEntity.value())
                    : Future.succeededFuture());
  }

  private FiringDecision decide(Schedule schedule) {
    try {
      return FiringDecision.of(schedule, time.now());
    } catch (ServiceFailure e) {
      log.warn("schedule switched off [schedule: {}, text: {}]", schedule.name(), e.getMessage());
      return new FiringDecision(FiringDecision.off(schedule), false);
    }
  }

  private Future<Void> fire(Schedule schedule) {
    return starter
        .apply(schedule.scenario())
        .onSuccess(
            id -> log.info("schedule fired [schedule: {}, execution: {}]", schedule.name(), id))
        .onFailure(e -> log.warn("schedule could not start [schedule: {}]", schedule.name(), e))
        .transform(done -> Future.succeededFuture());
  }
}
