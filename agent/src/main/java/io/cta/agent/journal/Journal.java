package io.cta.agent.journal;

import io.cta.agent.workspace.Trees;
import io.cta.message.TaskRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts that this agent answers for: a directory each. Any thread that may block. */
public final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Path dir;
  private final DoneTasks done;

  public Journal(Path dir) throws IOException {
    this.dir = Files.createDirectories(dir);
    this.done = new DoneTasks(dir.resolve("done"));
  }

  public TaskJournal accept(TaskRun run) throws IOException {
    Path task = dir.resolve(Key.of(run).dir());
    Trees.delete(task);
    return TaskJournal.accept(Files.createDirectories(task), run);
  }

  /** What an agent before this one left; an attempt whose acceptance is torn is forgotten. */
  public List<TaskJournal> recover() throws IOException {
    List<TaskJournal> out = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(dir, Files::isDirectory)) {
      for (Path task : tasks) {
        TaskJournal journal = TaskJournal.open(task);
        if (journal.run() == null) {
          log.warn("forgetting an attempt that was never taken [dir: {}]", task);
          journal.close();
          Trees.delete(task);
        } else {
          out.add(journal);
        }
      }
    }
    return out;
  }

  public boolean isDone(Key key) {
    return done.contains(key);
  }

  /** The server has all of it: only its key is kept. */
  public void forget(TaskJournal journal) throws IOException {
    done.add(Key.of(journal.run()));
    journal.close();
    Trees.delete(journal.dir());
  }

  public void close() throws IOException {
    done.close();
  }
}
