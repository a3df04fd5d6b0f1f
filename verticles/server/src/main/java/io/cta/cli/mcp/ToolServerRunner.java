package io.cta.cli.mcp;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.WaitClock;
import io.modelcontextprotocol.server.McpSyncServer;

/** Runs the server of the protocol on this process's input and output. */
public final class ToolServerRunner {
  private ToolServerRunner() {}

  /** Blocks until the input has ended. */
  public static void run(ApiClient api, WaitClock clock) throws InterruptedException {
    MessageOutput output = new MessageOutput(StandardOutput.real());
    MessageInput input = new MessageInput(System.in, output::message);
    String version = ToolServerRunner.class.getPackage().getImplementationVersion();
    McpSyncServer server =
        new ToolServer(api, clock).start(input, output, version == null ? "development" : version);
    input.awaitEnd();
    server.close();
  }
}
