package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.WaitClock;
import io.cta.cli.demo.DemoDefinitions;
import io.cta.cli.demo.DemoReceiver;
import io.cta.cli.demo.DemoRepository;
import io.cta.cli.demo.DemoRun;
import io.cta.cli.yaml.YamlDocumentReader;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows CTA among others: a scenario is fetched from a git repository, starts another one when it
 * is ok, has its results pushed to a directory and a signed webhook sent, and leaves a JUnit file.
 */
final class IntegrationsDemo {
  private static final int MAX_WAIT_SECONDS = 60;
  private static final Duration POLL = Duration.ofMillis(200);

  private final ApiClient api;
  private final Path directory;
  private final PrintWriter out;

  /**
   * @param directory where the repository, the results and the definitions are kept
   */
  IntegrationsDemo(ApiClient api, Path directory, PrintWriter out) {
    this.api = api;
    this.directory = directory.toAbsolutePath();
    this.out = out;
  }

  /** Returns the exit code: OK when all of it happened. */
  int run() throws InterruptedException {
    out.println();
    try {
      return shown();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "in " + directory + ": " + e);
    }
  }

  private int shown() throws InterruptedException, IOException {
    DemoRepository repository = DemoRepository.make(directory.resolve("repository"));
    Path results = Files.createDirectories(directory.resolve("results"));
    try (DemoReceiver receiver = DemoReceiver.start()) {
      apply(DemoDefinitions.write(repository.directory(), results, receiver));
      out.println("git repository " + repository.directory() + ", commit " + repository.commit());
      Execution end =
          DemoRun.follow(api, new JsonObject().put("scenario", DemoDefinitions.FIRST), out);
      boolean ok = told("commit", repository.commit().equals(end.source().commit()), "tested it");
      ok &= chained(end);
      ok &= received(receiver, end);
      ok &= pushed(results, end);
      ok &= exported(end);
      out.flush();
      return ok && end.result() == Result.OK ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void apply(String definitions) throws IOException {
    Path file = directory.resolve("definitions.yaml");
    Files.writeString(file, definitions);
    ApplyCommand.apply(api, YamlDocumentReader.read(List.of(file.toString()), System.in), false);
  }

  /** The next one is over and ok, and has tested the same commit. */
  private boolean chained(Execution first) {
    String path = "/api/v1/executions/" + first.id() + "/chain";
    JsonObject next = null;
    for (long left = Duration.ofSeconds(MAX_WAIT_SECONDS).dividedBy(POLL); left > 0; left--) {
      next =
          api.get(path).getJsonArray("executions").stream()
              .map(JsonObject.class::cast)
              .filter(one -> first.id().equals(one.getString("parent")))
              .findFirst()
              .orElse(null);
      if (next != null && next.getString("finishedAt") != null) {
        return told(
            "chain",
            "ok".equals(next.getString("result")),
            next.getString("scenarioName") + " after it: " + next.getString("result"));
      }
      WaitClock.REAL.restOrEnd(POLL);
    }
    return told("chain", false, next == null ? "nothing was started" : "it does not end");
  }

  private boolean received(DemoReceiver receiver, Execution first) throws InterruptedException {
    Optional<DemoReceiver.Message> message = receiver.next(MAX_WAIT_SECONDS);
    boolean right =
        message
            .map(one -> one.body().getJsonObject("data").getString("id").equals(first.id()))
            .orElse(false);
    return told(
        "webhook",
        right,
        message
            .map(one -> one.body().getString("type") + " " + one.id() + ", its signature is right")
            .orElse("none came that is signed"));
  }

  private boolean pushed(Path results, Execution first) throws IOException {
    try (Stream<Path> all = Files.walk(results)) {
      long files =
          all.filter(Files::isRegularFile).filter(f -> f.toString().contains(first.id())).count();
      return told("results", files > 1, files + " files pushed to " + results);
    }
  }

  private boolean exported(Execution first) throws IOException {
    Path file = directory.resolve("junit.xml");
    new ExportFile(api, first.id(), "junit").write(file);
    int cases = JUnitCount.of(file).total();
    return told("JUnit", cases > 0, cases + " cases in " + file);
  }

  private boolean told(String what, boolean right, String text) {
    out.println("  " + what + ": " + text + (right ? "" : ": NOT AS IT SHOULD BE"));
    return right;
  }
}
