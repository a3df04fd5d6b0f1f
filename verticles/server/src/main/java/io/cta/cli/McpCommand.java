package io.cta.cli;

import io.cta.cli.client.ExitCode;
import io.cta.cli.client.WaitClock;
import io.cta.cli.mcp.ToolServerRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mcp}: serves coding agents by the Model Context Protocol. */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Serve a coding agent by the Model Context Protocol, on standard input and output:",
      "it lists and starts scenarios, waits, and reads why they failed. Ends with its input."
    })
final class McpCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;

  private final WaitClock clock;

  McpCommand(WaitClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ToolServerRunner.run(server.api(), clock);
    return ExitCode.OK;
  }
}
