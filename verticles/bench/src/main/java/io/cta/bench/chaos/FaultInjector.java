package io.cta.bench.chaos;

import io.cta.bench.history.OutagePeriod;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Injects the faults of a plan, and leaves every part running in the end. */
final class FaultInjector implements AutoCloseable {
  private static final long RECOVERY_SECONDS = 240;

  private final Map<String, FaultTarget> parts;
  private final PrintStream out;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final List<CompletableFuture<OutagePeriod>> outages = new ArrayList<>();

  FaultInjector(List<FaultTarget> parts, PrintStream out) {
    this.parts = parts.stream().collect(Collectors.toMap(FaultTarget::name, Function.identity()));
    this.out = out;
  }

  void carryOut(List<PlannedFault> plan) {
    Instant begin = Instant.now();
    for (PlannedFault fault : plan) {
      Duration wait = Duration.between(Instant.now(), begin.plus(fault.at()));
      Executor then =
          CompletableFuture.delayedExecutor(
              Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS, threads);
      outages.add(CompletableFuture.supplyAsync(() -> hit(fault), then));
    }
  }

  /** Waits until every fault was injected and every part is up again. */
  List<OutagePeriod> finished(Duration planned) {
    List<OutagePeriod> all = new ArrayList<>();
    for (CompletableFuture<OutagePeriod> outage : outages) {
      try {
        all.add(outage.get(planned.toSeconds() + RECOVERY_SECONDS, TimeUnit.SECONDS));
      } catch (InterruptedException | TimeoutException e) {
        throw new IllegalStateException("the faults do not end", e);
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("a part did not come back", e.getCause());
      }
    }
    all.removeIf(Objects::isNull);
    return all;
  }

  /**
   * Injects one fault; returns null, and does nothing, if the part has not recovered from the fault
   * before.
   */
  private OutagePeriod hit(PlannedFault fault) {
    FaultTarget faultTarget = parts.get(fault.part());
    if (!away.add(faultTarget.name())) {
      out.println("  left out, as it is not back yet:  " + fault);
      return null;
    }
    Instant from = Instant.now();
    faultTarget.strike(fault);
    stayAway(fault.length());
    faultTarget.heal(fault);
    OutagePeriod outagePeriod =
        new OutagePeriod(faultTarget.name(), from, Instant.now(), fault.step());
    out.println("  done  " + fault + ", back after " + seconds(outagePeriod) + " s");
    away.remove(faultTarget.name());
    return outagePeriod;
  }

  private static double seconds(OutagePeriod outagePeriod) {
    return Duration.between(outagePeriod.from(), outagePeriod.to()).toMillis() / 1000.0;
  }

  private static void stayAway(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
