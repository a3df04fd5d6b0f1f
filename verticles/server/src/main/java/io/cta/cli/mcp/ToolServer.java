package io.cta.cli.mcp;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A server of the Model Context Protocol over standard input and output. Its tools call the REST
 * interface, one request at a time each.
 */
final class ToolServer {
  private static final String INSTRUCTIONS =
      "CTA runs tests on a fleet of machines. list_scenarios names what can be run; start_scenario"
          + " starts one and returns an execution; wait_for_execution waits up to 25 s and is called"
          + " again until terminal is true; list_failures says what is not ok and why, with lines of"
          + " output; read_log reads more. Lists have total, shown and, when there is more, next:"
          + " give it back as from.";

  private final ScenarioTools scenarios;
  private final ExecutionTools executions;

  ToolServer(ApiClient api, WaitClock clock) {
    scenarios = new ScenarioTools(api);
    executions = new ExecutionTools(api, clock);
  }

  /** Serves in threads of its own, until the server is closed. */
  McpSyncServer start(InputStream in, OutputStream out, String version) {
    StdioServerTransportProvider transport =
        new StdioServerTransportProvider(McpJsonDefaults.getMapper(), in, out);
    return McpServer.sync(transport)
        .serverInfo("cta", version)
        .jsonSchemaValidator(new ArgumentValidator())
        .instructions(INSTRUCTIONS)
        .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
        .tools(tools())
        .build();
  }

  private List<SyncToolSpecification> tools() {
    return List.of(
        tool(
            "list_scenarios",
            "List the scenarios that can be started",
            true,
            new ToolSchema()
                .optional("search", "string", "only those whose name contains it")
                .optional("from", "integer", "the next of an earlier answer"),
            scenarios::list),
        tool(
            "start_scenario",
            "Start a scenario; returns its execution at once",
            false,
            new ToolSchema()
                .required("scenario", "string", "name or id")
                .optional("ref", "string", "branch, tag or commit to test")
                .texts("parameters", "values of the suite's parameters")
                .texts("inputs", "refs or versions of inputs, by the names of the inputs"),
            scenarios::start),
        waiting(),
        tool("get_execution", "How an execution stands", true, execution(), executions::get),
        tool(
            "list_failures",
            "What is not ok in an execution and why, the worst first, with output lines",
            true,
            execution()
                .optional("from", "integer", "the next of an earlier answer")
                .optional("logLines", "integer", "output lines of each, default 40, 0 for none"),
            executions::failures),
        tool(
            "read_log",
            "Lines of a task's output",
            true,
            new ToolSchema()
                .required("task", "string", "the task that a failure names")
                .optional("attempt", "integer", "default: the current one")
                .optional("test", "string", "only what this test wrote")
                .optional("lines", "integer", "1 to 500, default 100")
                .choice("around", "the end, or the first trouble; default end", "end", "trouble"),
            executions::log),
        tool(
            "rerun_execution",
            "Repeat an execution with the same commits; returns the new execution",
            false,
            execution().optional("onlyFailed", "boolean", "only the tests that are not ok"),
            scenarios::rerun),
        tool(
            "cancel_execution",
            "Cancel an execution: its processes are ended",
            false,
            execution(),
            executions::cancel));
  }

  private static ToolSchema execution() {
    return new ToolSchema().required("execution", "string", "its id");
  }

  private SyncToolSpecification waiting() {
    return specification(
        "wait_for_execution",
        "Wait until an execution is over, 25 s at most; call it again while terminal is false",
        true,
        execution().optional("seconds", "integer", "1 to 25, default 25"),
        (exchange, request) ->
            executions.await(
                arguments(request),
                (count, now) -> progress(exchange, request.progressToken(), count, now)));
  }

  private static void progress(
      McpSyncServerExchange exchange, Object token, int count, JsonObject now) {
    if (token != null) {
      String text =
          now.getString("state", "unknown")
              + ", "
              + now.getInteger("tasksDone", 0)
              + " of "
              + now.getInteger("tasks", 0)
              + " tasks done";
      exchange.progressNotification(
          McpSchema.ProgressNotification.builder(token, count).message(text).build());
    }
  }

  private static SyncToolSpecification tool(
      String name,
      String description,
      boolean reads,
      ToolSchema schema,
      Function<JsonObject, JsonObject> handler) {
    return specification(
        name, description, reads, schema, (exchange, request) -> handler.apply(arguments(request)));
  }

  private static SyncToolSpecification specification(
      String name,
      String description,
      boolean reads,
      ToolSchema schema,
      BiFunction<McpSyncServerExchange, McpSchema.CallToolRequest, JsonObject> handler) {
    McpSchema.ToolAnnotations annotations =
        McpSchema.ToolAnnotations.builder().readOnlyHint(reads).openWorldHint(false).build();
    McpSchema.Tool tool =
        McpSchema.Tool.builder(name, schema.schema())
            .description(description)
            .annotations(annotations)
            .build();
    return new SyncToolSpecification(
        tool, (exchange, request) -> answer(() -> handler.apply(exchange, request)));
  }

  /** A refusal, or a server that is away, is an answer that the coding agent can read. */
  private static McpSchema.CallToolResult answer(java.util.function.Supplier<JsonObject> handler) {
    try {
      return result(handler.get().encode(), false);
    } catch (CliFailure | ServerUnreachable e) {
      return result(e.getMessage(), true);
    } catch (RuntimeException e) {
      return result("a fault of cta mcp: " + e, true);
    }
  }

  private static McpSchema.CallToolResult result(String text, boolean isError) {
    return McpSchema.CallToolResult.builder().addTextContent(text).isError(isError).build();
  }

  private static JsonObject arguments(McpSchema.CallToolRequest request) {
    Map<String, Object> arguments = request.arguments();
    return arguments == null ? new JsonObject() : new JsonObject(arguments);
  }
}
