package io.cta.agent;

import io.cta.agent.identity.DataDirectory;
import io.cta.agent.identity.EnrolmentClient;
import io.cta.agent.machine.MachineAddress;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Starts the agent program. */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /**
   * The code that the server's command line uses, too. Not 3: a JVM out of memory ends with that.
   */
  static final int REFUSED = 77;

  static final int IN_USE = 4;

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] args) {
    int code = run(args, System.getenv());
    // threads of tests that cannot be ended must not keep the process alive
    System.exit(code);
  }

  private static int run(String[] args, Map<String, String> env) {
    AgentOptions options = new AgentOptions();
    CommandLine line = new CommandLine(options);
    try {
      line.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      return usageError(List.of(e.getMessage()));
    }
    if (line.isUsageHelpRequested() || line.isVersionHelpRequested()) {
      if (line.isVersionHelpRequested()) {
        line.printVersionHelp(System.out);
      } else {
        line.usage(System.out);
      }
      return OK;
    }
    AgentSettingsParser check = new AgentSettingsParser(options, env, MachineAddress.hostname());
    AgentSettings settings = check.settings();
    if (options.token != null) {
      log.warn(
          "every user of this machine can see the token of --token: use --token-file or"
              + " CTA_AGENT_TOKEN");
    }
    warnOfLocale();
    return check.errors().isEmpty() ? run(settings) : usageError(check.errors());
  }

  private static void warnOfLocale() {
    Charset locale = Charset.defaultCharset();
    if (!locale.newEncoder().canEncode("\u20ac\u0939")) {
      log.warn(
          "the locale writes {} only: files and variables with other letters cannot be used;"
              + " start the agent with LC_ALL=C.UTF-8",
          locale);
    }
  }

  private static int run(AgentSettings settings) {
    try (DataDirectory data = DataDirectory.open(settings.data())) {
      AgentRunner agentRunner = new AgentRunner(settings, data);
      SignalListener.handle("TERM", agentRunner::leave);
      SignalListener.handle("INT", agentRunner::leave);
      return agentRunner.run();
    } catch (DataDirectory.InUse e) {
      System.err.println("cta-agent: " + e.getMessage());
      return IN_USE;
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (IOException | RuntimeException e) {
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int failed(Throwable e) {
    if (e instanceof EnrolmentClient.Refused) {
      System.err.println("cta-agent: the server refuses this machine: " + e.getMessage());
      return REFUSED;
    }
    log.error("the agent cannot work", e);
    System.err.println("cta-agent: " + e);
    return FAILED;
  }

  private static int usageError(List<String> errors) {
    errors.forEach(error -> System.err.println("cta-agent: " + error));
    System.err.println("cta-agent: --help says how to start it");
    return USAGE;
  }
}
