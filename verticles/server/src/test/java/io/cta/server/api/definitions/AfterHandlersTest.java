package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After-handlers are checked when somebody writes them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AfterHandlersTest {
  private static final String PATH = "/api/v1/scenarios";

  private final ApiServer server = new ApiServer();
  private final TestApiClient admin = server.admin();

  @BeforeEach
  void start() {
    server.nightly();
    JsonObject channel = new JsonObject().put("name", "team").put("url", "https://example.org");
    admin.post("/api/v1/channels", channel).is(201);
    JsonObject forge = new JsonObject().put("name", "lab").put("url", "https://8.8.8.8");
    admin.post("/api/v1/forges", forge.put("type", "gitlab")).is(201);
    forge.put("name", "ci").put("type", "jenkins").put("user", "cta");
    admin.post("/api/v1/forges", forge).is(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};after[0];exactly one action",
        "{'notify':{'channels':['team']},'start':{'scenario':'nightly'}};after[0];exactly one",
        "{'notify':{}};after[0].notify.channels;at least one",
        "{'notify':{'channels':['none']}};after[0].notify.channels[0];names no channel",
        "{'notify':{'email':'a@example.org, b@example.org'}};after[0].notify.email[0];an e-mail",
        "{'notify':{'email':['a@b.org','Ann <a@b.org>']}};after[0].notify.email[1];an e-mail",
        "{'notify':{'sms':'x'}};after[0].notify.sms;not known",
        "{'report':{'gitlab':'x'}};after[0].report.gitlab;not known",
        "{'report':{}};after[0].report.forge;is required",
        "{'report':{'forge':'none'}};after[0].report.forge;names no forge",
        "{'report':{'forge':'ci'}};after[0].report.forge;no statuses of commits",
        "{'report':{'forge':'lab','project':'a b'}};after[0].report.project;path of a project",
        "{'report':{'forge':'lab','name':'a:b'}};after[0].report.name;letters, digits",
        "{'report':{'forge':'lab'},'push':{'to':{'type':'http','url':'https://8.8.8.8/'}}};"
            + "after[0];exactly one",
        "{'push':{}};after[0].push.to;is required",
        "{'push':{'to':{'type':'git','url':'https://8.8.8.8/r','ref':'b'}}};after[0].push.to.type;"
            + "must be s3 or http",
        "{'push':{'to':{'type':'http'}}};after[0].push.to.url;is required",
        "{'push':{'to':{'type':'http','url':'http://10.0.0.1/x'}}};after[0].push.to.url;private",
        "{'push':{'to':{'type':'http','url':'https://8.8.8.8/?a=b'}}};after[0].push.to.url;? or #",
        "{'push':{'to':{'type':'http','url':'https://8.8.8.8/${source.branch}'}}};"
            + "after[0].push.to.url;no placeholders",
        "{'push':{'to':{'type':'s3','url':'s3://team/x'}}};after[0].push.to.accessKey;is required",
        "{'push':{'to':{'type':'s3','url':'s3://team/x','accessKey':'a','secretKey':'b',"
            + "'endpoint':'http://10.0.0.1:9000'}}};after[0].push.to.endpoint;private",
        "{'push':{'to':{'type':'http','url':'https://8.8.8.8/'},'formats':['pdf']}};"
            + "after[0].push.formats[0];one of",
        "{'start':{}};after[0].start.scenario;is required",
        "{'start':{'scenario':'none'}};after[0].start.scenario;names no scenario",
        "{'start':{'scenario':'nightly','ref':'${source.sha}'}};after[0].start.ref;no fact",
        "{'start':{'scenario':'nightly','parameters':{'A':'${x}'}}};"
            + "after[0].start.parameters.A;no fact",
        "{'when':'result = ok','notify':{'channels':'team'}};after[0].when;line 1, column 8",
        "{'when':'nobody','notify':{'channels':'team'}};after[0].when;line 1, column 1",
        "{'when':'true','on':'always','notify':{'channels':'team'}};after[0].on;together with when",
        "{'on':'sometimes','notify':{'channels':'team'}};after[0].on;one of",
        "{'start':{'scenario':'nightly'},'build':{'forge':'ci','job':'a'}};after[0];exactly one",
        "{'build':{'forge':'ci'}};after[0].build.job;is required",
        "{'build':{'forge':'none','job':'a'}};after[0].build.forge;names no forge",
        "{'build':{'forge':'lab','job':'a'}};after[0].build.forge;must be of type jenkins",
        "{'build':{'forge':'ci','job':'a//b'}};after[0].build.job;name of a job",
        "{'build':{'forge':'ci','job':'../b'}};after[0].build.job;name of a job",
        "{'build':{'forge':'ci','job':'a','follow':'25h'}};after[0].build.follow;1s to 24h",
        "{'build':{'forge':'ci','job':'a','parameters':{'A':'${x}'}}};"
            + "after[0].build.parameters.A;no fact",
        "{'build':{'forge':'ci','job':'a','parameters':{'CTA_EXECUTION_ID':'1'}}};"
            + "after[0].build.parameters.CTA_EXECUTION_ID;set by CTA",
        "{'build':{'forge':'ci','job':'a','wait':true}};after[0].build.wait;not known",
      })
  void whatIsWrongIsRefusedWithItsField(String handler, String field, String rule) {
    JsonObject scenario = scenario("s", handler);
    TestApiClient.ReceivedResponse answer = admin.post(PATH, scenario).is(400);
    assertEquals(field, answer.field());
    assertTrue(answer.rule().contains(rule), answer.rule());
    TestApiClient.ReceivedResponse applied = apply(scenario).is(400);
    assertEquals("documents[0]." + field, applied.field());
  }

  @Test
  void aConditionMayHaveAThousandCharacters() {
    String condition = "result != ok" + " ".repeat(988);
    admin
        .post(PATH, scenario("s", "{'when':'" + condition + "','notify':{'channels':'team'}}"))
        .is(201);
    assertEquals(
        "after[0].when",
        admin
            .post(PATH, scenario("t", "{'when':'" + condition + " ','notify':{'channels':'team'}}"))
            .is(400)
            .field());
  }

  @Test
  void theSecondHandlerIsNamedAsSuch() {
    JsonObject scenario = scenario("s", "{'notify':{'channels':'team'}}");
    scenario
        .getJsonArray("after")
        .add(new JsonObject("{\"when\":\"x\",\"notify\":{\"channels\":[\"team\"]}}"));
    assertEquals("after[1].when", admin.post(PATH, scenario).is(400).field());
  }

  @Test
  void addressesAreTakenWithoutChannels() {
    JsonObject scenario = scenario("s", "{'on':'change','notify':{'email':['ann@example.org']}}");
    apply(scenario).is(200);
    assertEquals(
        scenario.getJsonArray("after"),
        admin.get(PATH + "/s").is(200).json().getJsonArray("after"));
  }

  @Test
  void aJobIsBuiltByOneHandlerOnly() {
    JsonObject scenario = scenario("s", "{'build':{'forge':'ci','job':'folder/a'}}");
    JsonObject second = new JsonObject().put("forge", "ci").put("job", "folder/b");
    scenario.getJsonArray("after").add(new JsonObject().put("build", second));
    admin.post(PATH, scenario).is(201);
    second.put("job", "folder/a");
    scenario.put("name", "t");
    assertEquals("after[1].build.job", admin.post(PATH, scenario).is(400).field());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'push':{'to':{'type':'http','url':'https://8.8.8.8/x','to':'.'},'formats':['csv']}}",
        "{'on':'recovery','report':{'forge':'lab','project':'group/app','name':'released'}}",
        "{'when':'result != ok','start':{'scenario':'nightly','parameters':{'A':'${execution.id}'}}}",
        "{'build':{'forge':'ci','job':'a/b','parameters':{'A':'${execution.id}'},'follow':'1h'}}"
      })
  void whatIsWrittenComesBackAndIsUnchangedTheSecondTime(String handler) {
    JsonObject scenario = scenario("s", handler);
    apply(scenario).is(200);
    assertEquals(
        scenario.getJsonArray("after"),
        admin.get(PATH + "/s").is(200).json().getJsonArray("after"));
    assertEquals(
        "unchanged",
        apply(scenario)
            .is(200)
            .json()
            .getJsonArray("documents")
            .getJsonObject(0)
            .getString("action"));
  }

  @Test
  void aHandlerReportsUnderAnotherNameThanTheScenarioThere() {
    JsonObject scenario = scenario("s", "{'report':{'forge':'lab'}}");
    admin.post(PATH, scenario).is(201);
    scenario.put("name", "t").put("report", new JsonObject().put("forge", "lab"));
    assertEquals("after[0].report.name", admin.post(PATH, scenario).is(400).field());
    scenario.getJsonArray("after").getJsonObject(0).getJsonObject("report").put("name", "end");
    admin.post(PATH, scenario).is(201);
  }

  @Test
  void aForgeToWhichAHandlerReportsIsNotDeleted() {
    admin.post(PATH, scenario("s", "{'report':{'forge':'lab'}}")).is(201);
    assertTrue(admin.delete("/api/v1/forges/lab").is(409).response().body().contains("scenario s"));
  }

  @Test
  void aSecretWithWhichResultsArePushedIsNotDeleted() {
    JsonObject secret = new JsonObject().put("name", "upload").put("value", "upload-token");
    admin.post("/api/v1/secrets", secret).is(201);
    String to = "{'type':'http','url':'https://8.8.8.8/x','token':'upload'}";
    admin.post(PATH, scenario("s", "{'push':{'to':" + to + "}}")).is(201);
    assertTrue(
        admin.delete("/api/v1/secrets/upload").is(409).response().body().contains("scenario s"));
  }

  @Test
  void anExecutionWhoseResultsCouldNotBePushedIsNotStarted() {
    String to = "{'type':'http','url':'https://8.8.8.8/x','token':'nobodys'}";
    admin.post(PATH, scenario("s", "{'push':{'to':" + to + "}}")).is(201);
    assertEquals(
        "after[0].push.to.token",
        admin.post("/api/v1/executions", new JsonObject().put("scenario", "s")).is(400).field());
  }

  @Test
  void aScenarioThatIsStartedByAnotherIsNotDeleted() {
    admin.post(PATH, scenario("s", "{'start':{'scenario':'nightly'}}")).is(201);
    assertTrue(admin.delete(PATH + "/nightly").is(409).response().body().contains("scenario s"));
  }

  private TestApiClient.ReceivedResponse apply(JsonObject... scenarios) {
    JsonArray documents = new JsonArray();
    for (JsonObject scenario : scenarios) {
      documents.add(scenario.copy().put("kind", "Scenario"));
    }
    return admin.post("/api/v1/apply", new JsonObject().put("documents", documents));
  }

  private static JsonObject scenario(String name, String handler) {
    return ApiServer.scenario(name, "suite", "any")
        .put("after", new JsonArray().add(new JsonObject(handler.replace('\'', '"'))));
  }
}
