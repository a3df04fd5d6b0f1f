package io.cta.agent.run;

import io.cta.agent.fetch.CommandRunner;
import io.cta.agent.process.GroupedProcess;
import io.cta.masking.MaskedInput;
import io.cta.masking.SecretMasker;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs git, Maven and other programs for an attempt, and ends them when it is to stop. */
final class AttemptCommandRunner implements CommandRunner {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(AttemptCommandRunner.class);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int MAX_OUTPUT_CHARS = 2_000;

  private final AttemptContext attempt;
  private final Map<String, String> env;
  private final Executor threads;
  private final SecretMasker secrets;

  AttemptCommandRunner(
      AttemptContext attempt,
      Map<String, String> env,
      Executor threads,
      MonotonicClock ticker,
      SecretMasker secrets) {
    this.secrets = secrets;
    this.ticker = ticker;
    this.attempt = attempt;
    this.env = env;
    this.threads = threads;
  }

  @Override
  public CommandOutcome run(List<String> command, Path cwd)
      throws IOException, InterruptedException {
    check();
    GroupedProcess process = GroupedProcess.start(command, cwd, env, attempt.owner());
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(
            () -> last(MaskedInput.of(process.output(), secrets)), threads);
    try {
      boolean ended = StageTimeouts.either(process.exit(), attempt.stop().asked(), LIMIT);
      if (!process.exit().isDone()) {
        SignalEscalation.end(process, GRACE, ticker);
      }
      check();
      StageTimeouts.done(output, GRACE);
      String text = output.getNow("");
      return ended
          ? new CommandOutcome(process.exit().join(), text)
          : new CommandOutcome(-1, "not done after " + LIMIT.toMinutes() + " minutes\n" + text);
    } finally {
      process.tree().kill();
    }
  }

  @Override
  public void check() throws InterruptedException {
    if (attempt.stop().isAsked()) {
      throw new InterruptedException("the attempt is to stop");
    }
  }

  @Override
  public void pause(Duration length) throws InterruptedException {
    StageTimeouts.done(attempt.stop().asked(), length);
    check();
  }

  @Override
  public void say(String line) {
    byte[] bytes = (secrets.mask(line) + "\n").getBytes(StandardCharsets.UTF_8);
    attempt.spool().write(null, bytes, 0, bytes.length);
  }

  private static String last(InputStream in) {
    StringBuilder out = new StringBuilder();
    byte[] bytes = new byte[8192];
    try (in) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        out.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        if (out.length() > 2 * MAX_OUTPUT_CHARS) {
          out.delete(0, out.length() - MAX_OUTPUT_CHARS);
        }
      }
    } catch (IOException closed) {
      out.append("\n(output cut off)");
    }
    return out.length() > MAX_OUTPUT_CHARS
        ? out.substring(out.length() - MAX_OUTPUT_CHARS)
        : out.toString();
  }
}
