package io.cta.cli.mcp;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.WaitClock;
import io.modelcontextprotocol.server.McpSyncServer;

/** Runs the server of the protocol on this process's input and output. */
public final class ToolServerRunner {
  private ToolServerRunner() {}

  /** Blocks until the input has ended. */
  public static void run(ApiClient api, WaitClock clock) throws InterruptedException {
    EndNotice input = new EndNotice(System.in);
    String version = ToolServerRunner.class.getPackage().getImplementationVersion();
    McpSyncServer server =
        new ToolServer(api, clock)
            .start(input, StandardOutput.real(), version == null ? "development" : version);
    input.await();
    server.close();
  }
}
