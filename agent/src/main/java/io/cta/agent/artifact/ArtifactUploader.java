package io.cta.agent.artifact;

import io.cta.agent.identity.AgentSecret;
import io.cta.agent.identity.RetryPause;
import io.cta.agent.journal.StagedArtifact;
import io.cta.agent.journal.TaskJournal;
import io.cta.domain.AttemptRef;
import io.cta.time.MonotonicClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the artifacts of an attempt to the server, one after the other. What the server has is not
 * sent again; what breaks off goes on where it ended; what cannot be sent in time is a warning.
 * Each artifact is settled in the journal, so an agent that was killed goes on with the rest.
 * Blocks; each attempt's own thread, so that there are as many uploads at a time as the agent has
 * slots.
 */
public final class ArtifactUploader {
  private static final Logger log = LoggerFactory.getLogger(ArtifactUploader.class);

  /** What proxies take that nobody has told otherwise. */
  private static final int PART_BYTES = 1 << 20;

  private static final int MAX_TRIES = 30;

  /** Refusals of one file; those of others may be taken. */
  private static final List<Integer> OF_FILE = List.of(400, 413, 415);

  /** Answers that may be others later. */
  private static final List<Integer> PASSING = List.of(408, 429);

  private static final int STALE_OFFSET = 412;

  /** Another server would have to get all of it again. */
  private static final String STORING = "the server is still storing it";

  private final List<URI> servers;
  private final Supplier<String> token;
  private final MonotonicClock ticker;

  /**
   * @param servers equivalent ones: when one does not answer, the next is asked
   * @param token the agent's own
   */
  public ArtifactUploader(List<URI> servers, Supplier<String> token, MonotonicClock ticker) {
    this.servers = servers;
    this.token = token;
    this.ticker = ticker;
  }

  /** Why an upload ended; {@code file} when it concerns one file only. */
  private static final class Refusal extends Exception {
    private final boolean file;

    Refusal(String text, boolean file) {
      super(text);
      this.file = file;
    }
  }

  /**
   * Sends what the journal has; returns when all of it is settled.
   *
   * @param limit for all of it
   * @param stop asked on the way; once it returns true, the rest is given up
   */
  public void send(
      TaskJournal journal, AttemptWarnings warnings, Duration limit, BooleanSupplier stop)
      throws IOException {
    ArtifactHttp http = new ArtifactHttp(servers, token);
    long begun = ticker.nanos();
    BooleanSupplier over = () -> stop.getAsBoolean() || ticker.nanos() - begun > limit.toNanos();
    String given = null;
    for (StagedArtifact artifact : journal.staged()) {
      try {
        if (given != null) {
          throw new Refusal(given, true);
        }
        send(http, journal, artifact, over);
      } catch (Refusal e) {
        given = e.file ? given : e.getMessage();
        warnings.add(
            artifact.testId(), "artifact lost: " + artifact.path() + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      journal.settled(artifact);
      Files.deleteIfExists(ArtifactStaging.content(journal, artifact));
    }
  }

  private void send(
      ArtifactHttp http, TaskJournal journal, StagedArtifact artifact, BooleanSupplier over)
      throws Refusal, InterruptedException {
    AttemptRef attempt = journal.run().ref();
    RetryPause pause = new RetryPause();
    String trouble = "there was no time left";
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (over.getAsBoolean()) {
        throw new Refusal("not sent in time: " + trouble, false);
      }
      try {
        long before = -1;
        while (true) {
          JsonObject progress = accepted(http.offer(attempt, artifact));
          if (progress.getBoolean("complete")) {
            return;
          }
          long offset = progress.getLong("offset");
          tries = offset > before && before >= 0 ? 0 : tries; // it goes on
          if (offset >= artifact.size()) {
            trouble = STORING;
            break;
          }
          if (offset <= before) {
            throw new IOException("the upload does not go on");
          }
          before = offset;
          parts(http, journal, artifact, offset, over);
        }
      } catch (IOException e) {
        trouble = e.getMessage() == null ? e.toString() : e.getMessage();
        log.info("an artifact is not sent yet [path: {}, reason: {}]", artifact.path(), trouble);
        http.next();
      }
      TimeUnit.MILLISECONDS.sleep(pause.next());
    }
    throw new Refusal(trouble, true);
  }

  /** Sends the parts from an offset on; returns early when the server has another idea of it. */
  private static void parts(
      ArtifactHttp http,
      TaskJournal journal,
      StagedArtifact artifact,
      long from,
      BooleanSupplier over)
      throws IOException, Refusal, InterruptedException {
    Path file = ArtifactStaging.content(journal, artifact);
    long offset = from;
    try (FileChannel channel = FileChannel.open(file)) {
      while (offset < artifact.size()) {
        if (over.getAsBoolean()) {
          throw new Refusal("not sent in time", false);
        }
        byte[] part = part(channel, offset, artifact.size());
        ArtifactHttp.Answer answer = http.part(journal.run().ref(), artifact, offset, part);
        if (answer.status() == STALE_OFFSET) {
          return;
        }
        offset = accepted(answer).getLong("offset");
      }
    }
  }

  private static byte[] part(FileChannel channel, long offset, long size) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, size - offset));
    while (part.hasRemaining()) {
      if (channel.read(part, offset + part.position()) < 0) {
        throw new IOException("the copy of the file is cut off");
      }
    }
    return part.array();
  }

  private static JsonObject accepted(ArtifactHttp.Answer answer) throws IOException, Refusal {
    if (answer.status() == 200) {
      return answer.json();
    }
    boolean later =
        answer.status() >= 500
            || answer.status() == STALE_OFFSET
            || PASSING.contains(answer.status())
            || AgentSecret.mayBeRenewed(answer.status());
    if (later) {
      throw new IOException(answer.text());
    }
    throw new Refusal(answer.text(), OF_FILE.contains(answer.status()));
  }
}
