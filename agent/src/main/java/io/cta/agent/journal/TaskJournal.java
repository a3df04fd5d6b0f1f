package io.cta.agent.journal;

import io.cta.domain.ResolvedInput;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import io.cta.message.TaskRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The journal of one attempt. Its size is limited, and it is deleted as a whole once the server has
 * confirmed all of it. Any thread that may block; never an event loop.
 */
public final class TaskJournal implements Closeable {
  public static final int MAX_STATUSES = 100_000;
  private static final long MAX_BYTES = 256L * 1024 * 1024;
  private static final String FILE = "journal";

  private final Path dir;
  private final LineFile file;
  private final JournalState journalState;
  private Runnable changed = () -> {};

  private TaskJournal(Path dir, LineFile file, JournalState journalState) {
    this.dir = dir;
    this.file = file;
    this.journalState = journalState;
  }

  /**
   * Creates the journal of an accepted attempt with its first event; both are on disk when this
   * returns.
   */
  static TaskJournal accept(Path dir, TaskRun run) throws IOException {
    TaskJournal journal = open(dir);
    journal.append(JournalEntry.accepted(run));
    journal.append(JournalEntry.event(AttemptEvent.ACKED));
    journal.file.sync();
    return journal;
  }

  static TaskJournal open(Path dir) throws IOException {
    JournalState journalState = new JournalState();
    return new TaskJournal(dir, LineFile.open(dir.resolve(FILE), journalState::read), journalState);
  }

  /**
   * Sets the listener, which is called after every recorded event, on the thread that recorded it.
   */
  public synchronized void onEvent(Runnable listener) {
    changed = listener;
  }

  /** Records what the inputs were. */
  public void resolved(List<ResolvedInput> inputs) throws IOException {
    record(AttemptEvent.of(inputs));
  }

  public void started() throws IOException {
    record(AttemptEvent.STARTED);
  }

  /**
   * Records a status under the next index, and returns the index.
   *
   * @throws ServiceFailure TOO_MANY when the journal is full
   */
  public int status(IntFunction<StatusReport> status) throws IOException {
    synchronized (this) {
      if (journalState.statuses >= MAX_STATUSES || file.size() > MAX_BYTES) {
        throw new ServiceFailure(
            ErrorCode.TOO_MANY,
            "an attempt keeps at most " + MAX_STATUSES + " results of " + MAX_BYTES + " bytes");
      }
    }
    return ownStatus(status);
  }

  /** Records a status of the agent itself, to which the limit does not apply. */
  public int ownStatus(IntFunction<StatusReport> status) throws IOException {
    int index;
    synchronized (this) {
      index = journalState.statuses + 1;
      append(JournalEntry.event(AttemptEvent.of(status.apply(index))));
    }
    notifyListener();
    return index;
  }

  /** Records the end; {@code ended} is given the number of statuses. */
  public void end(IntFunction<TaskEnded> ended) throws IOException {
    synchronized (this) {
      appendLast(JournalEntry.event(AttemptEvent.of(ended.apply(journalState.statuses))));
      file.sync();
    }
    notifyListener();
  }

  public synchronized void step(StageProgress step, boolean sync) throws IOException {
    append(JournalEntry.step(step));
    if (sync) {
      file.sync();
    }
  }

  /** The next events that the server has not confirmed, the oldest first; at most {@code max}. */
  public synchronized List<AttemptEvent> unconfirmed(int max) throws IOException {
    List<AttemptEvent> out = new ArrayList<>();
    Iterator<Long> positions = journalState.unconfirmed.iterator();
    while (out.size() < max && positions.hasNext()) {
      out.add(file.read(positions.next(), JournalEntry.class).event());
    }
    return out;
  }

  /** Passes on every status of the attempt in the order of their indexes; nothing may be added. */
  public synchronized void forEachStatus(Consumer<StatusReport> each) throws IOException {
    file.readAll(
        (position, json) -> {
          AttemptEvent event = JsonMapping.decode(json, JournalEntry.class).event();
          if (event != null && event.status() != null) {
            each.accept(event.status());
          }
        });
  }

  /** Whether the attempt has ended and the server has confirmed every event of it. */
  public synchronized boolean allConfirmed() {
    return journalState.ended && journalState.unconfirmed.isEmpty();
  }

  /** Records that the server has confirmed the oldest {@code count} of the unconfirmed events. */
  public synchronized void confirm(int count) throws IOException {
    appendLast(JournalEntry.events(journalState.confirmed() + count));
  }

  public synchronized void confirmLogs(int chunks) throws IOException {
    appendLast(JournalEntry.logs(chunks));
  }

  /** Records a file to send; its content is on disk. */
  public synchronized void artifact(StagedArtifact artifact) throws IOException {
    append(JournalEntry.artifact(artifact));
    file.sync();
  }

  /** Records that an artifact is sent, or given up. */
  public synchronized void settled(StagedArtifact artifact) throws IOException {
    append(JournalEntry.settled(artifact.index()));
  }

  /** The artifacts that are still to be sent, the oldest first. */
  public synchronized List<StagedArtifact> staged() {
    return List.copyOf(journalState.staged.values());
  }

  /** How many artifacts the attempt has had so far. */
  public synchronized int artifacts() {
    return journalState.artifacts;
  }

  /** Their bytes. */
  public synchronized long artifactBytes() {
    return journalState.artifactBytes;
  }

  /** Records what is no result of a test, but somebody should know; whoever calls bounds it. */
  public synchronized void warning(String text) throws IOException {
    append(JournalEntry.warning(text));
  }

  public synchronized List<String> warnings() {
    return List.copyOf(journalState.warnings);
  }

  public synchronized TaskRun run() {
    return journalState.run;
  }

  public synchronized boolean hasStarted() {
    return journalState.started;
  }

  public synchronized boolean hasEnded() {
    return journalState.ended;
  }

  public synchronized StageProgress lastStep() {
    return journalState.step;
  }

  public synchronized int statuses() {
    return journalState.statuses;
  }

  public synchronized int logsConfirmed() {
    return journalState.logs;
  }

  /** Whether the test has reported a result by the result API. */
  public synchronized boolean selfReported(String testId) {
    return journalState.selfReported.contains(testId);
  }

  /** Where the attempt's files are. */
  public Path dir() {
    return dir;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  private void record(AttemptEvent event) throws IOException {
    synchronized (this) {
      append(JournalEntry.event(event));
    }
    notifyListener();
  }

  private void append(JournalEntry journalEntry) throws IOException {
    journalState.apply(file.append(journalEntry), journalEntry);
  }

  private void appendLast(JournalEntry journalEntry) throws IOException {
    journalState.apply(file.appendLast(journalEntry), journalEntry);
  }

  private void notifyListener() {
    Runnable listener;
    synchronized (this) {
      listener = changed;
    }
    listener.run();
  }
}
