package io.cta.agent.journal;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import io.cta.message.TaskRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One attempt's journal. Any thread that may block; never an event loop. It grows to a limit only,
 * and goes as a whole once the server has confirmed all of it.
 */
public final class TaskJournal implements Closeable {
  public static final int MAX_STATUSES = 100_000;
  private static final long MAX_BYTES = 256L * 1024 * 1024;
  private static final String FILE = "journal";

  private final Path dir;
  private final LineFile file;
  private final Progress progress;
  private Runnable changed = () -> {};

  private TaskJournal(Path dir, LineFile file, Progress progress) {
    this.dir = dir;
    this.file = file;
    this.progress = progress;
  }

  /** Takes an attempt: once this returns it is not forgotten, and its first event is recorded. */
  static TaskJournal accept(Path dir, TaskRun run) throws IOException {
    TaskJournal journal = open(dir);
    journal.append(Line.accepted(run));
    journal.append(Line.event(Event.ACKED));
    journal.file.sync();
    return journal;
  }

  static TaskJournal open(Path dir) throws IOException {
    Progress progress = new Progress();
    return new TaskJournal(dir, LineFile.open(dir.resolve(FILE), progress::read), progress);
  }

  /** Called after every event that is recorded, on the thread that recorded it. */
  public synchronized void onEvent(Runnable listener) {
    changed = listener;
  }

  public void started() throws IOException {
    record(Event.STARTED);
  }

  /**
   * Records a status under the next index, and returns the index.
   *
   * @throws ServiceFailure TOO_MANY when the journal takes no more of them
   */
  public int status(IntFunction<StatusReport> status) throws IOException {
    synchronized (this) {
      if (progress.statuses >= MAX_STATUSES || file.size() > MAX_BYTES) {
        throw new ServiceFailure(
            ErrorCode.TOO_MANY,
            "an attempt keeps at most " + MAX_STATUSES + " results of " + MAX_BYTES + " bytes");
      }
    }
    return ownStatus(status);
  }

  /** Records a status of the agent itself, for which there is room beyond the limit. */
  public int ownStatus(IntFunction<StatusReport> status) throws IOException {
    int index;
    synchronized (this) {
      index = progress.statuses + 1;
      append(Line.event(Event.of(status.apply(index))));
    }
    notifyListener();
    return index;
  }

  /** Records the end; {@code ended} is given the number of statuses. */
  public void end(IntFunction<TaskEnded> ended) throws IOException {
    synchronized (this) {
      appendLast(Line.event(Event.of(ended.apply(progress.statuses))));
      file.sync();
    }
    notifyListener();
  }

  public synchronized void step(Step step, boolean safe) throws IOException {
    append(Line.step(step));
    if (safe) {
      file.sync();
    }
  }

  /** The next events that the server has not confirmed, the oldest first; at most {@code max}. */
  public synchronized List<Event> unconfirmed(int max) throws IOException {
    List<Event> out = new ArrayList<>();
    Iterator<Long> positions = progress.unconfirmed.iterator();
    while (out.size() < max && positions.hasNext()) {
      out.add(file.read(positions.next(), Line.class).event());
    }
    return out;
  }

  /** Whether it has ended and the server has every event of it. */
  public synchronized boolean told() {
    return progress.ended && progress.unconfirmed.isEmpty();
  }

  /** The server has the oldest {@code count} of the unconfirmed events. */
  public synchronized void confirm(int count) throws IOException {
    appendLast(Line.events(progress.confirmed() + count));
  }

  public synchronized void confirmLogs(int chunks) throws IOException {
    appendLast(Line.logs(chunks));
  }

  public synchronized TaskRun run() {
    return progress.run;
  }

  public synchronized boolean hasStarted() {
    return progress.started;
  }

  public synchronized boolean hasEnded() {
    return progress.ended;
  }

  public synchronized Step lastStep() {
    return progress.step;
  }

  public synchronized int statuses() {
    return progress.statuses;
  }

  public synchronized int logsConfirmed() {
    return progress.logs;
  }

  /** Whether the test has reported a result of itself. */
  public synchronized boolean selfReported(String testId) {
    return progress.selfReported.contains(testId);
  }

  /** Where the attempt's files are. */
  public Path dir() {
    return dir;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  private void record(Event event) throws IOException {
    synchronized (this) {
      append(Line.event(event));
    }
    notifyListener();
  }

  private void append(Line line) throws IOException {
    progress.apply(file.append(line), line);
  }

  private void appendLast(Line line) throws IOException {
    progress.apply(file.appendLast(line), line);
  }

  private void notifyListener() {
    Runnable listener;
    synchronized (this) {
      listener = changed;
    }
    listener.run();
  }
}
