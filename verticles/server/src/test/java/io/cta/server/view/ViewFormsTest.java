package io.cta.server.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessToken;
import io.cta.domain.AskedExecution;
import io.cta.domain.Channel;
import io.cta.domain.Configuration;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Group;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.domain.TestSuite;
import io.cta.domain.User;
import io.cta.json.JsonMapping;
import io.cta.server.view.access.IssuedTokenView;
import io.cta.server.view.access.TokenView;
import io.cta.server.view.definitions.ChannelView;
import io.cta.server.view.definitions.ConfigurationView;
import io.cta.server.view.definitions.GroupView;
import io.cta.server.view.definitions.MachineView;
import io.cta.server.view.definitions.ScenarioView;
import io.cta.server.view.definitions.ScheduleView;
import io.cta.server.view.definitions.TestSuiteView;
import io.cta.server.view.definitions.TestView;
import io.cta.server.view.definitions.UserView;
import io.cta.server.view.executions.DeliveryView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A view's JSON equals that of the stored record, without the withheld fields. */
class ViewFormsTest {
  private static final JsonObject LITTLE =
      new JsonObject()
          .put("id", "1")
          .put("name", "n")
          .put("suite", "s")
          .put("configuration", "c")
          .put("scenario", "x")
          .put("url", "https://example.org")
          .put("cron", "0 2 * * *");

  @Test
  void executionsAreShownWithAndWithoutTheirSnapshot() {
    same(
        Execution.class,
        ExecutionView::withoutSnapshot,
        "running",
        "afterDue",
        "reportDue",
        "report.tokenRevision");
    for (int seed = 0; seed < FilledRecords.SEEDS; seed++) {
      AskedExecution asked =
          new AskedExecution(
              new FilledRecords(seed).of(Execution.class),
              new FilledRecords(seed).of(ExecutionSpec.class));
      JsonObject expected = JsonMapping.toObject(asked.execution());
      expected.remove("running");
      expected.remove("afterDue");
      expected.remove("reportDue");
      remove(expected, "report.tokenRevision");
      sayWhetherOver(expected, asked.execution());
      expected.put("snapshot", JsonMapping.toObject(asked.snapshot()));
      assertEquals(
          new JsonObject(expected.toBuffer()),
          new JsonObject(ViewEncoder.bytes(ExecutionView.of(asked))));
    }
  }

  @Test
  void tasksAreShownWithoutTheirToken() {
    same(Task.class, TaskView::of, "token");
    same(Task.class, TaskView::withoutTests, "token", "testIds", "attemptTestIds");
  }

  @Test
  void statusesAreShownWholeAndInBrief() {
    same(Status.class, StatusView::of);
    same(
        Status.class,
        status -> StatusView.brief(status.message(), status),
        "description",
        "custom",
        "details");
  }

  @Test
  void definitionsAreShownUnchanged() {
    same(Configuration.class, ConfigurationView::of);
    same(Group.class, GroupView::of);
    same(Machine.class, MachineView::of);
    same(Scenario.class, ScenarioView::of);
    same(Schedule.class, s -> ScheduleView.of(s, null));
    same(io.cta.domain.Test.class, TestView::of);
    same(TestSuite.class, TestSuiteView::of);
  }

  @Test
  void channelsAndDeliveriesAreShownWithoutKeysAndClaims() {
    same(Channel.class, ChannelView::of, "key", "previousKey", "revision");
    same(Delivery.class, DeliveryView::of, "line", "depth", "claimedBy", "waited");
    same(Delivery.class, DeliveryView::withoutBody, "body", "line", "depth", "claimedBy", "waited");
  }

  @Test
  void usersAndTokensAreShownWithoutTheirSecrets() {
    same(User.class, UserView::of, "passwordHash");
    same(AccessToken.class, TokenView::of, "hash", "identity", "nextHashes", "retired");
    same(
        AccessToken.class,
        token -> IssuedTokenView.of(token, null),
        "hash",
        "identity",
        "nextHashes",
        "retired",
        "machineId");
  }

  private static <T> void same(
      Class<T> type, Function<T, ? extends OutwardView> view, String... withheld) {
    for (int seed = 0; seed < FilledRecords.SEEDS; seed++) {
      compare(new FilledRecords(seed).of(type), view, withheld);
    }
    boolean hasState = type == Execution.class || type == Task.class;
    JsonObject little = hasState ? LITTLE.copy().put("state", "pending") : LITTLE;
    compare(JsonMapping.fromObject(little, type), view, withheld);
  }

  private static void remove(JsonObject from, String path) {
    String[] parts = path.split("\\.");
    JsonObject at = parts.length == 1 ? from : from.getJsonObject(parts[0]);
    if (at != null) {
      at.remove(parts[parts.length - 1]);
    }
  }

  /** An execution or a task says besides whether it is over. */
  private static void sayWhetherOver(JsonObject expected, Object record) {
    if (record instanceof Execution execution) {
      expected.put("terminal", execution.state().terminal());
    } else if (record instanceof Task task) {
      expected.put("terminal", task.state().terminal());
    }
  }

  private static <T> void compare(
      T record, Function<T, ? extends OutwardView> view, String... withheld) {
    JsonObject expected = new JsonObject(JsonMapping.encode(record));
    List.of(withheld).forEach(field -> remove(expected, field));
    sayWhetherOver(expected, record);
    OutwardView shown = view.apply(record);
    assertEquals(expected, new JsonObject(ViewEncoder.bytes(shown)));
    assertEquals(expected, new JsonObject(ViewEncoder.text(shown)));
    assertEquals(expected, ViewEncoder.tree(shown));
  }
}
