package io.cta.bench.history;

import static io.cta.bench.history.ExecutionInvariant.I1;
import static io.cta.bench.history.ExecutionInvariant.I2;
import static io.cta.bench.history.ExecutionInvariant.I3;
import static io.cta.bench.history.ExecutionInvariant.I4;
import static io.cta.bench.history.ExecutionInvariant.I5;
import static io.cta.bench.history.ExecutionInvariant.I6;
import static io.cta.bench.history.ExecutionInvariant.I7;
import static io.cta.bench.history.HistoryBuilder.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good histories pass, and whatever is wrong with one is found. */
@Timeout(60)
class HistoryCheckerTest {
  private static final int STORIES = 200;

  /** One thing that is wrong, and what it breaks. */
  record Wrong(String name, ExecutionInvariant broken, Consumer<HistoryBuilder> spoil) {
    @Override
    public String toString() {
      return broken + " " + name;
    }
  }

  static List<Wrong> wrongs() {
    List<Wrong> all = new ArrayList<>(lostAndLate());
    all.addAll(statuses());
    all.addAll(attempts());
    all.addAll(outcomes());
    all.addAll(stopsAndMessages());
    return all;
  }

  private static List<Wrong> lostAndLate() {
    return List.of(
        new Wrong("an execution is lost", I1, s -> s.executions.remove(0)),
        new Wrong("nobody asked for it", I1, s -> s.asked.remove(0)),
        new Wrong("an execution is there twice", I1, s -> s.executions.add(s.execution(0))),
        new Wrong("never ends", I1, s -> s.execution(0).put("state", "running")),
        new Wrong("has no result", I1, s -> s.execution(0).remove("result")),
        new Wrong("does not say when", I1, s -> s.execution(0).remove("finishedAt")),
        new Wrong("ends late", I1, s -> s.execution(0).put("finishedAt", at(211).toString())),
        new Wrong("a task is missing", I1, s -> s.tasks.remove(0)),
        new Wrong("a task is not counted", I1, s -> s.execution(0).put("tasksDone", 0)),
        new Wrong("a task never ends", I1, s -> s.task("E0-0").put("state", "acked")),
        new Wrong("has another state", I1, s -> s.execution(1).put("state", "finished")));
  }

  private static List<Wrong> statuses() {
    return List.of(
        new Wrong("a confirmed status is lost", I2, s -> s.statuses.remove(s.status("E0-0.2.1"))),
        new Wrong(
            "a confirmed status of a broken attempt is lost",
            I2,
            s -> {
              s.statuses.remove(s.status("E0-0.1.1"));
              s.refused.clear();
            }),
        new Wrong("one of no task was confirmed", I2, s -> s.confirmed.add("E9-0.1.1")),
        new Wrong("an attempt is not told to its end", I2, s -> s.untold.add("E0-0.2 of m2")),
        new Wrong("a status is there twice", I2, s -> s.statuses.add(s.status("E0-0.2.1"))),
        new Wrong("an exit is told twice", I2, s -> again(s, "E0-0.2.1", "E0-0.2.7", 7)),
        new Wrong("a task counts wrongly", I2, s -> counts(s.task("E0-0")).put("ok", 2)),
        new Wrong("an execution counts wrongly", I2, s -> counts(s.execution(0)).put("ok", 2)));
  }

  private static List<Wrong> attempts() {
    return List.of(
        new Wrong("an attempt is there twice", I3, s -> attempt(s, 1).put("number", 1)),
        new Wrong("the last attempt is forgotten", I3, s -> s.task("E0-0").put("attempt", 3)),
        new Wrong("two attempts count", I3, s -> attempt(s, 0).put("infra", false)),
        new Wrong("broken too often", I3, s -> s.task("E0-0").put("infraRetries", -1)),
        new Wrong("a status of no attempt", I3, s -> s.status("E0-0.2.1").put("attempt", 9)),
        new Wrong("another machine's", I3, s -> s.status("E0-0.2.1").put("machineId", "m9")),
        new Wrong("run without a task", I3, s -> run(s, "E9-0", 1, "t0", "m1", 2)),
        new Wrong("run as no attempt", I3, s -> run(s, "E0-0", 3, "t0", "m1", 2)),
        new Wrong("a test is begun twice", I3, s -> run(s, "E0-0", 2, "t0", "m2", 2)),
        new Wrong("run on two machines", I3, s -> run(s, "E0-0", 2, "t9", "m9", 2)));
  }

  private static List<Wrong> outcomes() {
    return List.of(
        new Wrong("a test has no status", I4, s -> s.statuses.remove(s.status("E0-0.2.2"))),
        new Wrong(
            "a test that no task has",
            I4,
            s -> {
              s.task("E0-0").getJsonArray("testIds").remove(0);
            }),
        new Wrong("ok, and never ran", I4, s -> s.traces.remove(s.trace("E0-0.2", "t0"))),
        new Wrong("ok, and did not get to its end", I4, s -> exits(s, "E0-0.2", "t0", null)),
        new Wrong("ok, and exited with 3", I4, s -> exits(s, "E0-0.2", "t0", 3)),
        new Wrong("failed, and exited with 0", I4, s -> exits(s, "E0-0.2", "t1", 0)),
        new Wrong(
            "inconclusive, and exited with 0",
            I4,
            s -> s.status("E0-0.2.1").put("result", "inconclusive")),
        new Wrong(
            "ok by the server's word", I4, s -> s.status("E1-0.1.1000000001").put("result", "ok")),
        new Wrong("a task says another result", I4, s -> s.task("E0-0").put("result", "ok")),
        new Wrong("an execution says another", I4, s -> s.execution(0).put("result", "ok")),
        new Wrong(
            "given up too early", I7, s -> s.task("E0-0").getJsonArray("attempts").remove(1)));
  }

  private static List<Wrong> stopsAndMessages() {
    return List.of(
        new Wrong("a cancel is forgotten", I5, s -> s.execution(1).remove("cancelRequestedAt")),
        new Wrong(
            "a cancelled task ends late",
            I5,
            s -> s.task("E1-0").put("finishedAt", at(93).toString())),
        new Wrong(
            "a cancelled task goes on",
            I5,
            s -> s.task("E1-0").put("finishedAt", at(33).toString()).put("state", "finished")),
        new Wrong("a process is left", I5, s -> left(s, "E1-0", 33)),
        new Wrong("a process of a finished execution is left", I5, s -> left(s, "E0-0", 38)),
        new Wrong("begun after its cancel", I5, s -> run(s, "E1-0", 1, "t9", "m1", 33)),
        new Wrong(
            "a message is given up", I6, s -> s.givenUp.add(new DroppedMessage("server", "…"))),
        new Wrong("dead letters without a word", I6, s -> s.deadLettered = 1));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void whatIsWrongIsFound(Wrong wrong) {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    wrong.spoil.accept(historyBuilder);
    List<InvariantViolation> found = HistoryChecker.check(historyBuilder.history());
    assertTrue(
        found.stream().anyMatch(b -> b.invariant() == wrong.broken), () -> "found only " + found);
  }

  @Test
  void aGoodHistoryPasses() {
    assertEquals(List.of(), HistoryChecker.check(HistoryBuilder.plain().history()));
  }

  @Test
  void whateverGoodHistoryPasses() {
    for (int seed = 0; seed < STORIES; seed++) {
      int number = seed;
      assertEquals(
          List.of(),
          HistoryChecker.check(HistoryBuilder.any(random(seed)).history()),
          () -> "story " + number);
    }
  }

  @Test
  void whateverIsLostOfAnyHistoryIsFound() {
    for (int seed = 0; seed < STORIES; seed++) {
      RandomGenerator random = random(seed);
      HistoryBuilder historyBuilder = HistoryBuilder.any(random);
      String lost = loseOne(historyBuilder, random);
      assertTrue(
          !HistoryChecker.check(historyBuilder.history()).isEmpty(),
          () -> "lost without a word: " + lost);
    }
  }

  /** Takes away one document or trace that counts. */
  private static String loseOne(HistoryBuilder historyBuilder, RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> any(historyBuilder.executions, random);
      case 1 -> any(historyBuilder.tasks, random);
      default ->
          any(
              historyBuilder.statuses.stream().filter(s -> effective(historyBuilder, s)).toList(),
              historyBuilder,
              random);
    };
  }

  private static boolean effective(HistoryBuilder historyBuilder, JsonObject status) {
    return historyBuilder.task(status.getString("taskId")).getInteger("attempt")
        == status.getInteger("attempt").intValue();
  }

  private static String any(List<JsonObject> from, RandomGenerator random) {
    return from.remove(random.nextInt(from.size())).encode();
  }

  private static String any(
      List<JsonObject> counting, HistoryBuilder historyBuilder, RandomGenerator random) {
    JsonObject one = counting.get(random.nextInt(counting.size()));
    historyBuilder.statuses.remove(one);
    return one.encode();
  }

  @Test
  void theTimeOfAnOutageDoesNotCountAgainstAStop() {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    left(historyBuilder, "E1-0", 40);
    assertEquals(1, HistoryChecker.check(historyBuilder.history()).size());
    historyBuilder.outages.add(new OutagePeriod("agent-1", at(22), at(33)));
    assertEquals(List.of(), HistoryChecker.check(historyBuilder.history()));
  }

  @Test
  void aStampOfAClockThatWasWrongIsReadAsWhatItWas() {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    Duration ahead = Duration.ofHours(2);
    JsonObject e = historyBuilder.execution(0);
    Instant ended = Instant.parse(e.getString("finishedAt"));
    e.put("finishedAt", ended.plus(ahead).toString());
    assertEquals(1, HistoryChecker.check(historyBuilder.history()).size());
    historyBuilder.outages.add(
        new OutagePeriod("server", ended.minusSeconds(1), ended.plusSeconds(1), ahead));
    assertEquals(List.of(), HistoryChecker.check(historyBuilder.history()));
    e.put("finishedAt", ended.plus(ahead).plusSeconds(500).toString());
    assertEquals(1, HistoryChecker.check(historyBuilder.history()).size());
  }

  @Test
  void anEndThatWasStampedByAClockAheadIsNotBeforeThatOfTheLastTask() {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    Duration ahead = Duration.ofHours(2);
    historyBuilder.execution(0).put("finishedAt", at(-60).plus(ahead).toString());
    historyBuilder.outages.add(new OutagePeriod("server", at(-61), at(-59), ahead));
    assertEquals(List.of(), HistoryChecker.check(historyBuilder.history()));
    historyBuilder.task("E0-0").remove("finishedAt");
    assertFalse(HistoryChecker.check(historyBuilder.history()).isEmpty());
  }

  @Test
  void aMachineThatIsNamedMayDisobey() {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    left(historyBuilder, "E1-0", 40);
    historyBuilder.task("E1-0").put("reason", "machineDidNotObey");
    assertEquals(List.of(), HistoryChecker.check(historyBuilder.history()));
  }

  @Test
  void anAttemptMayReachTwoMachinesWhenOneOfThemIsRefused() {
    HistoryBuilder historyBuilder = HistoryBuilder.plain();
    run(historyBuilder, "E0-0", 2, "t0", "m9", 2);
    historyBuilder.refused.add("E0-0.2");
    assertEquals(List.of(), HistoryChecker.check(historyBuilder.history()));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static JsonObject counts(JsonObject document) {
    return document.getJsonObject("counts");
  }

  private static JsonObject attempt(HistoryBuilder historyBuilder, int i) {
    return historyBuilder.task("E0-0").getJsonArray("attempts").getJsonObject(i);
  }

  private static void again(HistoryBuilder historyBuilder, String id, String newId, int index) {
    historyBuilder.statuses.add(
        historyBuilder.status(id).copy().put("id", newId).put("index", index));
  }

  private static void run(
      HistoryBuilder historyBuilder,
      String task,
      int attempt,
      String test,
      String machine,
      int seconds) {
    historyBuilder.traces.add(new ProcessTrace(task, attempt, test, 1, machine, at(seconds), 0));
  }

  private static void exits(HistoryBuilder historyBuilder, String run, String test, Integer exit) {
    ProcessTrace t = historyBuilder.trace(run, test);
    historyBuilder.traces.remove(t);
    historyBuilder.traces.add(
        new ProcessTrace(t.taskId(), t.attempt(), test, t.pid(), t.machine(), t.begunAt(), exit));
  }

  private static void left(HistoryBuilder historyBuilder, String task, int seconds) {
    historyBuilder.leftovers.add(new LeftoverProcess(task, 1, 1, at(seconds)));
  }
}
