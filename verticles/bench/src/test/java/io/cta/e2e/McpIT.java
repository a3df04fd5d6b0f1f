package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coding agent, with the official client, starts a scenario and reads why it failed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class McpIT {
  private static final String FAILING =
      """
      for i in $(seq 1 100); do echo "step $i"; done
      printf 'Error: the answer is 41\\n\\342\\200\\250not 42\\n'
      for i in $(seq 1 100); do echo "clean-up $i"; done
      cat > report.xml <<EOF
      <testsuite name="s">$(seq -f '<testcase classname="c" name="n%%g"><failure message="wrong &#10;answer">x</failure></testcase>' 1 600)</testsuite>
      EOF
      exit 1
      """
          .replace("%%", "%");

  @TempDir Path dir;
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    fleet = new ProcessFleet(dir).startServers().startAgent("a").online(1);
    fleet.api.apply(
        named("TestSuite", "broken")
            .put(
                "tests",
                ProcessFleet.tests(
                    ProcessFleet.test("script", FAILING),
                    ProcessFleet.test("reported", FAILING)
                        .put("report", new JsonObject().put("junit", "report.xml")))),
        named("TestSuite", "slow")
            .put("tests", ProcessFleet.tests(ProcessFleet.test("sleep", "sleep 14"))),
        named("Configuration", "any"),
        named("Scenario", "broken").put("suite", "broken").put("configuration", "any"),
        named("Scenario", "slow").put("suite", "slow").put("configuration", "any"));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void anAgentStartsAScenarioWaitsAndReadsWhyItFailed() {
    try (McpSyncClient client = client()) {
      client.initialize();
      JsonObject scenarios = call(client, "list_scenarios", Map.of());
      assertEquals(2, scenarios.getInteger("total"));
      String id =
          call(client, "start_scenario", Map.of("scenario", "broken")).getString("execution");
      JsonObject end = waited(client, id);
      assertEquals("failed", end.getString("result"), end::encode);
      JsonObject first = call(client, "list_failures", Map.of("execution", id));
      assertEquals(601, first.getInteger("total"), first::encode);
      JsonObject script = find(first, "script");
      assertTrue(script.getString("log").contains("Error: the answer is 41"), script::encode);
      int seen = first.getInteger("shown");
      int calls = 1;
      Integer next = first.getInteger("next");
      while (next != null) {
        JsonObject more = call(client, "list_failures", Map.of("execution", id, "from", next));
        seen += more.getInteger("shown");
        next = more.getInteger("next");
        calls++;
      }
      assertEquals(601, seen);
      assertTrue(calls <= 6, calls + " calls");
      JsonObject log =
          call(
              client,
              "read_log",
              Map.of("task", script.getString("task"), "test", "script", "lines", 3));
      assertEquals("clean-up 100", log.getJsonArray("lines").getString(2));
    }
  }

  @Test
  void aWaitEndsInTimeTellsProgressAndIsNoErrorWhileItRuns() {
    try (McpSyncClient client = client()) {
      client.initialize();
      String id = call(client, "start_scenario", Map.of("scenario", "slow")).getString("execution");
      Map<String, Object> some = Map.of("execution", id, "seconds", 6);
      assertFalse(call(client, "wait_for_execution", some).getBoolean("terminal"));
      assertEquals(List.of(), progress, "nobody asked for it");
      McpSchema.CallToolResult result =
          client.callTool(
              McpSchema.CallToolRequest.builder("wait_for_execution")
                  .arguments(some)
                  .meta(Map.of("progressToken", "p"))
                  .build());
      JsonObject now = text(result);
      assertFalse(now.getBoolean("terminal"));
      assertTrue(now.getString("hint").contains("again"), now::encode);
      assertEquals(List.of("running, 0 of 1 tasks done"), progress);
      assertEquals("ok", waited(client, id).getString("result"));
      assertRefused(client, "get_execution", Map.of("execution", "none"), "none");
      assertRefused(client, "get_execution", Map.of("id", "none"), "execution");
    }
  }

  @Test
  void everyLineOfItsOutputIsAMessageAndItEndsWithItsInput() throws Exception {
    onlyMessages(new ProcessBuilder("java", "-jar", ShippedJars.SERVER.toString(), "mcp"));
  }

  @Test
  void whatJavaItselfSaysIsNoLineOfTheOutputOfTheScript() throws Exception {
    ProcessBuilder script = new ProcessBuilder(ShippedJars.source("cta").toString(), "mcp");
    script.environment().put("JAVA_TOOL_OPTIONS", "-Xverify:none -Xlog:gc*");
    onlyMessages(script);
    String said = Files.readString(dir.resolve("mcp.err"));
    assertTrue(said.contains("warning"), said);
  }

  private void onlyMessages(ProcessBuilder command) throws Exception {
    Process mcp = command.redirectError(dir.resolve("mcp.err").toFile()).start();
    try (BufferedReader out = mcp.inputReader()) {
      JsonObject answer;
      try (Writer in = mcp.outputWriter()) {
        in.write("\nno message\n");
        in.flush();
        assertEquals(
            -32700, new JsonObject(out.readLine()).getJsonObject("error").getInteger("code"));
        in.write(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n");
        in.flush();
        answer = new JsonObject(out.readLine());
      }
      JsonObject server = answer.getJsonObject("result").getJsonObject("serverInfo");
      assertEquals("cta", server.getString("name"));
      assertTrue(mcp.waitFor(10, TimeUnit.SECONDS), "ends with its input");
      assertEquals(null, out.readLine());
    } finally {
      mcp.destroyForcibly();
    }
  }

  private JsonObject waited(McpSyncClient client, String id) {
    for (int i = 0; i < 5; i++) {
      JsonObject now = call(client, "wait_for_execution", Map.of("execution", id));
      if (now.getBoolean("terminal")) {
        return now;
      }
    }
    throw new AssertionError("not over");
  }

  private static JsonObject find(JsonObject answer, String test) {
    return answer.getJsonArray("failures").stream()
        .map(JsonObject.class::cast)
        .filter(failure -> test.equals(failure.getString("test")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.encode()));
  }

  private static void assertRefused(
      McpSyncClient client, String tool, Map<String, Object> arguments, String why) {
    McpSchema.CallToolResult result =
        client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    String text = ((McpSchema.TextContent) result.content().get(0)).text();
    assertTrue(result.isError() && text.contains(why), text);
  }

  private static JsonObject call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    return text(
        client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()));
  }

  private static JsonObject text(McpSchema.CallToolResult result) {
    String text = ((McpSchema.TextContent) result.content().get(0)).text();
    assertFalse(Boolean.TRUE.equals(result.isError()), text);
    assertTrue(text.length() <= 40_000, "answer of " + text.length());
    return new JsonObject(text);
  }

  private McpSyncClient client() {
    ServerParameters command =
        ServerParameters.builder("java")
            .args("-jar", ShippedJars.SERVER.toString(), "mcp", "--server", fleet.url())
            .addEnvVar("CTA_TOKEN", fleet.adminToken())
            .build();
    return McpClient.sync(new StdioClientTransport(command, McpJsonDefaults.getMapper()))
        .requestTimeout(Duration.ofSeconds(60))
        .initializationTimeout(Duration.ofSeconds(60))
        .jsonSchemaValidator(new NoValidator())
        .progressConsumer(told -> progress.add(told.message()))
        .build();
  }

  private static JsonObject named(String kind, String name) {
    return new JsonObject().put("kind", kind).put("name", name);
  }

  /** The client's own validator needs another version of a library than the server has. */
  private static final class NoValidator implements JsonSchemaValidator {
    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
      return ValidationResponse.asValid("");
    }
  }
}
