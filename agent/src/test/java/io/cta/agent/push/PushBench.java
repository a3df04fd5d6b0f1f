package io.cta.agent.push;

import io.cta.agent.artifact.ArtifactLimits;
import io.cta.agent.artifact.ArtifactRefused;
import io.cta.agent.artifact.ArtifactStaging;
import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.InputSecrets;
import io.cta.agent.fetch.PlainCommandRunner;
import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.masking.SecretMasker;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskRunBuilder;
import io.cta.time.MonotonicClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An attempt whose tests are over, with its journal and what is pushed of it. */
final class PushBench implements AutoCloseable {
  static final String ROOT = "nightly/e/t.1/";

  /** Parts as small as the smallest that a test lets its store take. */
  static final S3Target.Sizes SMALL = new S3Target.Sizes(1000, 1000);

  final PlainCommandRunner commands = new PlainCommandRunner();
  final List<String> lines = commands.lines;
  S3Target.Sizes sizes = SMALL;
  S3Defaults s3;
  InputSecrets secrets = new InputSecrets(Map.of("tok", "the-token"));
  Duration limit = Duration.ofSeconds(30);
  BooleanSupplier stop = () -> false;
  private final Path dir;
  private AgentJournal all;
  TaskJournal journal;

  PushBench(Path dir, S3Defaults s3, Repository... outputs) throws IOException {
    this.dir = dir;
    this.s3 = s3;
    all = new AgentJournal(dir.resolve("tasks"));
    journal =
        all.accept(
            TaskRunBuilder.builder()
                .executionId("e")
                .taskId("t")
                .attempt(1)
                .token("k")
                .mode(RunMode.MONO)
                .scenario("nightly")
                .suite("suite")
                .outputs(List.of(outputs))
                .build());
    journal.status(
        index ->
            StatusReportBuilder.builder()
                .testId("suite/a")
                .name("case")
                .index(index)
                .result(Result.OK)
                .build());
  }

  /** The directory for private keys. */
  Path keys() {
    return dir.resolve("keys");
  }

  void artifact(String test, String path, byte[] content) throws IOException, ArtifactRefused {
    Path file = Files.write(Files.createTempFile(dir, "f", ""), content);
    ArtifactLimits limits =
        new ArtifactLimits(1 << 30, 1 << 30, 1 << 30, 100, 1, Duration.ofMinutes(1));
    new ArtifactStaging(journal, limits, SecretMasker.of(List.of())).take(test, path, file);
  }

  /** Pushes, and returns the warnings so far. */
  List<String> push() throws IOException {
    OutputSpool spool = new OutputSpool(journal.dir(), journal.run(), 1 << 20, 0);
    new OutputPusher(s3, sizes, FetchSettings.defaults(keys()), MonotonicClock.system())
        .push(
            journal,
            secrets,
            new JsonObject().put("state", "finished"),
            new AttemptWarnings(journal, spool, SecretMasker.of(List.of())),
            limit,
            stop,
            commands);
    return journal.warnings();
  }

  /** As if the agent had been started again. */
  void reopen() throws IOException {
    close();
    all = new AgentJournal(dir.resolve("tasks"));
    journal = all.recover().get(0);
  }

  @Override
  public void close() throws IOException {
    journal.close();
    all.close();
  }
}
