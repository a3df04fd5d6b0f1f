package io.cta.agent.journal;

import io.cta.agent.workspace.DirectoryRemover;
import io.cta.domain.AttemptRef;
import io.cta.message.TaskRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of all active attempts, a directory each. Any thread that may block. */
public final class AgentJournal {
  private static final Logger log = LoggerFactory.getLogger(AgentJournal.class);

  private final Path dir;
  private final CompletedAttempts done;

  public AgentJournal(Path dir) throws IOException {
    this.dir = Files.createDirectories(dir);
    this.done = new CompletedAttempts(dir.resolve("done"));
  }

  public TaskJournal accept(TaskRun run) throws IOException {
    Path task = dir.resolve(run.ref().fileName());
    DirectoryRemover.delete(task);
    return TaskJournal.accept(Files.createDirectories(task), run);
  }

  /**
   * Opens the journals that an earlier process left; deletes an attempt whose acceptance was not
   * written to its end.
   */
  public List<TaskJournal> recover() throws IOException {
    List<TaskJournal> out = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(dir, Files::isDirectory)) {
      for (Path task : tasks) {
        TaskJournal journal = TaskJournal.open(task);
        if (journal.run() == null) {
          log.warn("forgetting an attempt that was never taken [dir: {}]", task);
          journal.close();
          DirectoryRemover.delete(task);
        } else {
          out.add(journal);
        }
      }
    }
    return out;
  }

  public boolean isDone(AttemptRef key) {
    return done.contains(key);
  }

  /** Deletes the journal of an attempt that the server has confirmed; only its key is kept. */
  public void forget(TaskJournal journal) throws IOException {
    done.add(journal.run().ref());
    journal.close();
    DirectoryRemover.delete(journal.dir());
  }

  public void close() throws IOException {
    done.close();
  }
}
