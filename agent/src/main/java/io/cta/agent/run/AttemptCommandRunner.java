package io.cta.agent.run;

import io.cta.agent.fetch.CommandRunner;
import io.cta.agent.process.GroupedProcess;
import io.cta.json.DurationFormat;
import io.cta.masking.MaskedInput;
import io.cta.masking.SecretMasker;
import io.cta.time.MonotonicClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs git, Maven and other programs for an attempt, and ends them when it is to stop. */
final class AttemptCommandRunner implements CommandRunner {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(AttemptCommandRunner.class);
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final int MAX_OUTPUT_BYTES = 256 << 10;

  /**
   * Variables that lead git to another repository than the one it is called for: an agent that was
   * started by a hook of git has them.
   */
  private static final Set<String> OF_ANOTHER_REPOSITORY =
      Set.of(
          "GIT_DIR",
          "GIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_NAMESPACE",
          "GIT_PREFIX",
          "GIT_CONFIG",
          "GIT_CONFIG_PARAMETERS",
          "GIT_CONFIG_COUNT");

  private final AttemptContext attempt;
  private final CompletableFuture<?> stop;
  private final Supplier<Duration> limit;
  private final Map<String, String> env;
  private final Executor threads;
  private final SecretMasker secrets;

  /** For what goes on until the attempt is to stop. */
  AttemptCommandRunner(
      AttemptContext attempt,
      Map<String, String> env,
      Executor threads,
      MonotonicClock ticker,
      SecretMasker secrets) {
    this(attempt, env, threads, ticker, secrets, attempt.stop().asked(), () -> LIMIT);
  }

  /**
   * @param env variables for all commands
   * @param stop ends what runs when it completes
   * @param limit for the command that begins
   */
  AttemptCommandRunner(
      AttemptContext attempt,
      Map<String, String> env,
      Executor threads,
      MonotonicClock ticker,
      SecretMasker secrets,
      CompletableFuture<?> stop,
      Supplier<Duration> limit) {
    this.stop = stop;
    this.limit = limit;
    this.secrets = secrets;
    this.ticker = ticker;
    this.attempt = attempt;
    this.env = env;
    this.threads = threads;
  }

  @Override
  public CommandOutcome run(List<String> command, Path cwd, Map<String, String> more, Path input)
      throws IOException, InterruptedException {
    check();
    Duration most = limit.get();
    GroupedProcess process =
        GroupedProcess.start(
            command,
            cwd,
            environment(more),
            attempt.owner(),
            name -> !OF_ANOTHER_REPOSITORY.contains(name),
            input,
            null);
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(
            () -> last(MaskedInput.of(process.output(), secrets)), threads);
    try {
      boolean ended = waited(process, most);
      check();
      StageTimeouts.done(output, DRAIN);
      String text = output.getNow("");
      return ended
          ? new CommandOutcome(process.exit().join(), text)
          : new CommandOutcome(-1, "not done after " + DurationFormat.format(most) + "\n" + text);
    } finally {
      process.tree().kill();
    }
  }

  /** Waits for the end; a process that has not ended in time, or must not go on, is ended. */
  private boolean waited(GroupedProcess process, Duration most) throws InterruptedException {
    try {
      boolean ended = StageTimeouts.either(process.exit(), stop, most);
      if (!process.exit().isDone()) {
        SignalEscalation.end(process, GRACE, ticker);
      }
      return ended;
    } catch (InterruptedException stop) {
      SignalEscalation.end(process, GRACE, ticker); // git removes its locks when it gets TERM
      throw stop;
    }
  }

  /** A parameter of the suite must not change what git does: {@code more} says all of that. */
  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> out = new HashMap<>(env);
    out.keySet().removeIf(name -> name.startsWith("GIT_"));
    out.putAll(more);
    return out;
  }

  @Override
  public void check() throws InterruptedException {
    if (stop.isDone()) {
      throw new InterruptedException("the attempt is to stop");
    }
  }

  @Override
  public void pause(Duration length) throws InterruptedException {
    StageTimeouts.done(stop, length);
    check();
  }

  @Override
  public void say(String line) {
    byte[] bytes = (secrets.mask(line) + "\n").getBytes(StandardCharsets.UTF_8);
    attempt.spool().write(null, bytes, 0, bytes.length);
  }

  private static String last(InputStream in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = new byte[8192];
    String cut = "";
    try (in) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        out.write(bytes, 0, n);
        if (out.size() > 2 * MAX_OUTPUT_BYTES) {
          byte[] all = out.toByteArray();
          out.reset();
          out.write(all, all.length - MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES);
        }
      }
    } catch (IOException closed) {
      cut = "\n(output cut off)";
    }
    byte[] all = out.toByteArray();
    int from = Math.max(0, all.length - MAX_OUTPUT_BYTES);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8) + cut;
  }
}
