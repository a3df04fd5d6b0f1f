package io.cta.server.schedule;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.IdGenerator;
import io.cta.domain.OverlapPolicy;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires due schedules. Any number of instances, on any number of nodes, may run in parallel. */
public final class ScheduleVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ScheduleVerticle.class);
  private static final int PAGE = 200;
  private static final DateTimeFormatter FOR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private final StoreRepositories stores;
  private final ScheduleStarter starter;
  private final TimeSource time;
  private final ScheduleSettings settings;
  private final ScenarioScheduleSync scenarioSchedules;
  private final Set<String> busy = new HashSet<>();
  private boolean ticking;
  private Long scannedAt;
  private boolean reviewed;

  public ScheduleVerticle(
      StoreRepositories stores,
      ScheduleStarter starter,
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
        .map(
            page -> {
              page.items().forEach(this::advance);
              return null;
            });
  }

  /** Begins to fire a schedule; a slow start keeps no other one waiting. */
  private void advance(VersionedEntity<Schedule> found) {
    String id = found.value().id();
    if (!busy.add(id)) {
      return;
    }
    isActive(found.value())
        .compose(active -> carryOut(found, decide(found.value(), active)))
        .onFailure(e -> log.warn("a schedule was not checked [schedule: {}]", id, e))
        .onComplete(done -> busy.remove(id));
  }

  private Future<Boolean> isActive(Schedule schedule) {
    return schedule.execution() == null || schedule.overlap() == OverlapPolicy.ALLOW
        ? Future.succeededFuture(false)
        : stores
            .executions
            .find(schedule.execution())
            .map(found -> found.isPresent() && !found.get().value().state().terminal());
  }

  /**
   * Starts first and moves the schedule on then: after a crash in between, or on another node, the
   * same ids start nothing again.
   */
  private Future<Void> carryOut(VersionedEntity<Schedule> found, FiringDecision decision) {
    Schedule schedule = found.value();
    if (decision.next().equals(schedule)) {
      return Future.succeededFuture();
    }
    Future<Schedule> next = Future.succeededFuture(decision.next());
    for (Instant instant : decision.fires()) {
      next = next.compose(so -> fire(so, instant));
    }
    return next.compose(so -> stores.schedules.replace(schedule.id(), found, so)).mapEmpty();
  }

  private FiringDecision decide(Schedule schedule, boolean active) {
    try {
      return FiringDecision.of(schedule, time.now(), active);
    } catch (ServiceFailure e) {
      log.warn("schedule switched off [schedule: {}, text: {}]", schedule.name(), e.getMessage());
      return new FiringDecision(FiringDecision.off(schedule), List.of());
    }
  }

  /** Fails only when it must be tried again. */
  private Future<Schedule> fire(Schedule schedule, Instant instant) {
    String executionId = IdGenerator.derived(instant, "schedule " + schedule.id() + " " + instant);
    String requestedBy =
        "schedule "
            + schedule.name()
            + " for "
            + FOR.format(instant.atZone(ZoneId.of(schedule.zone())));
    return starter
        .start(executionId, schedule.scenario(), requestedBy)
        .map(
            started -> {
              log.info(
                  "schedule fired [schedule: {}, execution: {}]", schedule.name(), executionId);
              return ScheduleBuilder.builder(schedule).execution(executionId).build();
            })
        .recover(
            e -> {
              log.warn("schedule could not start [schedule: {}]", schedule.name(), e);
              boolean later =
                  ServiceFailure.is(e, ErrorCode.UNAVAILABLE)
                      || ServiceFailure.is(e, ErrorCode.TIMEOUT);
              return later
                  ? Future.failedFuture(e)
                  : Future.succeededFuture(
                      ScheduleBuilder.builder(schedule)
                          .note("not started for " + instant + ": " + e.getMessage())
                          .build());
            });
  }
}
