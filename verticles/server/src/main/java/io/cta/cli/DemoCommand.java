package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ReadinessPoller;
import io.cta.cli.client.WaitClock;
import io.cta.cli.demo.DemoRun;
import io.cta.cli.yaml.YamlDocumentReader;
import io.cta.domain.Execution;
import io.cta.domain.ResultCounts;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Drives {@code ./cta demo} once its processes run: waits for the server, applies the examples,
 * runs scenarios one after the other, compares every count with the JUnit reports, and shows what
 * happens after an execution.
 */
@Command(name = "demo-drive", hidden = true, description = "Used by ./cta demo.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Option(names = "--examples", required = true)
  private List<String> examples;

  @Option(names = "--keep", required = true)
  private Path keep;

  @Option(names = "--server-pid")
  private Long serverPid;

  @Option(names = "--machines", defaultValue = "1")
  private int machines;

  @Option(names = "--integrations")
  private Path integrations;

  @Parameters private List<String> scenarios;

  private boolean first = true;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient api = server.api();
    new ReadinessPoller(api, serverPid, WaitClock.REAL).await(machines);
    List<String> applied =
        ApplySummary.lines(
            ApplyCommand.apply(api, YamlDocumentReader.read(examples, System.in), false));
    out.println("definitions of " + String.join(", ", examples) + ": " + last(applied));
    int code = ExitCode.OK;
    for (String scenario : scenarios) {
      int one = run(api, scenario, out);
      code = code == ExitCode.OK ? one : code;
    }
    if (integrations != null) {
      int one = new IntegrationsDemo(api, integrations, out).run();
      code = code == ExitCode.OK ? one : code;
    }
    return code;
  }

  private int run(ApiClient api, String scenario, PrintWriter out) {
    Path reports = keep.resolve(scenario).toAbsolutePath();
    out.println();
    JsonObject parameters = new JsonObject().put("KEEP_REPORTS", reports.toString());
    JsonObject request = new JsonObject().put("scenario", scenario).put("parameters", parameters);
    Execution end = DemoRun.follow(api, request, out);
    boolean same = compare(end.counts(), KeptReports.count(reports), out);
    if (first) {
      printTimeToFirstProcess(end, out);
    }
    first = false;
    out.flush();
    int code = ExitCode.of(end);
    return same || code != ExitCode.OK ? code : ExitCode.FAILED;
  }

  private void printTimeToFirstProcess(Execution execution, PrintWriter out) {
    Optional<Instant> serverStart =
        Optional.ofNullable(serverPid)
            .flatMap(ProcessHandle::of)
            .flatMap(process -> process.info().startInstant());
    if (serverStart.isPresent() && execution.startedAt() != null) {
      long ms = Duration.between(serverStart.get(), execution.startedAt()).toMillis();
      out.println(
          String.format(Locale.ROOT, "  first process %.1f s after the server's start", ms / 1e3));
    }
  }

  private static boolean compare(ResultCounts counts, JUnitCount reports, PrintWriter out) {
    boolean same =
        counts.ok() == reports.ok()
            && counts.failed() == reports.failed()
            && counts.skipped() == reports.skipped()
            && counts.total() == reports.total();
    out.println(
        "  the JUnit reports, counted by themselves: "
            + reports
            + (same ? ": the same" : ": NOT THE SAME"));
    return same;
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }
}
