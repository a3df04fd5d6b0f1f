package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.TaskBuilder;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExportTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient viewer = server.as(AccessRole.VIEWER);
  private String id;

  @BeforeEach
  void execution() {
    server.nightly();
    JsonObject order = new JsonObject().put("scenario", "nightly");
    id = server.admin().post("/api/v1/executions", order).is(202).json().getString("id");
    String task = id + "-0";
    ApiServer.wait(
        server.stores.tasks.insert(
            task,
            TaskBuilder.builder()
                .id(task)
                .executionId(id)
                .testIds(List.of("one"))
                .state(State.FINISHED)
                .build()));
    for (int i = 1; i <= 2_500; i++) {
      status(task, i, i == 2_345 ? Result.FAILED : Result.OK);
    }
    ApiServer.wait(
        server.stores.executions.update(
            id,
            e -> ExecutionBuilder.builder(e).state(State.FINISHED).result(Result.FAILED).build()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyFormatHasAllCasesAndTheirSum() {
    String junit = export("junit", "application/xml; charset=utf-8");
    assertTrue(
        junit.contains("tests=\"2500\" failures=\"1\" errors=\"0\""), junit.substring(0, 400));
    assertEquals(2_501, export("csv", "text/csv; charset=utf-8; header=present").lines().count());
    JsonObject json = new JsonObject(export("json", "application/json"));
    assertEquals(2_500, json.getJsonArray("statuses").size());
    JsonObject ctrf = new JsonObject(export("ctrf", "application/json"));
    assertEquals(1, ctrf.getJsonObject("results").getJsonObject("summary").getInteger("failed"));
  }

  @Test
  void aFileHasANameAndIsNoPage() {
    var response = viewer.get("/api/v1/executions/" + id + "/export");
    assertEquals(
        "attachment; filename=\"cta-" + id + ".xml\"", response.header("Content-Disposition"));
    assertEquals("nosniff", response.header("X-Content-Type-Options"));
  }

  @Test
  void anUnknownFormatOrExecutionIsRefused() {
    String text =
        viewer.get("/api/v1/executions/" + id + "/export?format=pdf").is(400).response().body();
    assertTrue(text.contains("format"), text);
    viewer.get("/api/v1/executions/none/export").is(404);
    server.nobody().get("/api/v1/executions/" + id + "/export").is(401);
  }

  private String export(String format, String type) {
    var response = viewer.get("/api/v1/executions/" + id + "/export?format=" + format).is(200);
    assertEquals(type, response.header("Content-Type"));
    assertFalse(response.response().body().isEmpty());
    return response.response().body();
  }

  private void status(String task, int index, Result result) {
    String status = Status.id(task, 1, index);
    ApiServer.wait(
        server.stores.statuses.insert(
            status,
            StatusBuilder.builder()
                .id(status)
                .executionId(id)
                .taskId(task)
                .attempt(1)
                .testId("one")
                .testName("one")
                .name("case-" + index)
                .index(index)
                .result(result)
                .source(StatusSource.REPORT)
                .build()));
  }
}
