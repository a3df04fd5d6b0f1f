package io.cta.server.archive;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cta archive}: makes the class archive beside the jar that this program runs from. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = {
      "Make the class archive beside the jar, with which the same Java starts it faster.",
      "Run it again when the jar or Java was replaced. What does not fit is ignored."
    })
public final class ArchiveCommand implements Callable<Integer> {
  private static final int CANNOT_MAKE = 74;

  @Spec private CommandSpec spec;

  @Option(
      names = "--agent",
      paramLabel = "FILE",
      description = "the agent's jar, which gets an archive beside it, too")
  private Path agent;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Path server = ownJar();
      Path work = Files.createTempDirectory("cta-archive");
      try {
        StartRehearsal rehearsal = new StartRehearsal(server, agent, work).run();
        write(server, rehearsal.serverClasses(), work);
        if (agent != null) {
          write(agent, rehearsal.agentClasses(), work);
        }
      } finally {
        DirectoryRemover.remove(work);
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("cta: the archive could not be made: " + e.getMessage());
      return CANNOT_MAKE;
    }
  }

  private void write(Path jar, ClassList classes, Path work)
      throws IOException, InterruptedException {
    Path archive = new ClassArchiveWriter(work).write(jar, classes);
    spec.commandLine().getOut().println(archive + "  " + (Files.size(archive) >> 20) + " MB");
  }

  private static Path ownJar() throws IOException {
    try {
      Path jar =
          Path.of(ArchiveCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar;
      }
      throw new IOException("this program does not run from a jar");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
