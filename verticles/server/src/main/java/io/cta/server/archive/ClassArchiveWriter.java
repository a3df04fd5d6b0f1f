package io.cta.server.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has Java write the archive of a jar, and puts it beside the jar when it is whole. */
final class ClassArchiveWriter {
  private static final long LIMIT_SECONDS = 120;

  private final Path work;

  ClassArchiveWriter(Path work) {
    this.work = work;
  }

  /** Returns the archive: {@code cta.jsa} of {@code cta.jar}. */
  Path write(Path jar, ClassList classes) throws IOException, InterruptedException {
    Path list = Files.write(work.resolve(jar.getFileName() + ".list"), classes.lines());
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    Path archive = jar.resolveSibling(name + ".jsa");
    // beside the archive: only within a file system a file is replaced at once
    Path made = archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (RehearsedProcess java =
          new RehearsedProcess(
              // the one collector with which an archive has objects, too; any may use them
              List.of(
                  "-XX:+UseG1GC",
                  "-Xshare:dump",
                  "-XX:SharedClassListFile=" + list,
                  "-XX:SharedArchiveFile=" + made,
                  "-cp",
                  jar.toString()),
              Map.of(),
              work.resolve("dump.log"))) {
        java.succeeds(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      Files.move(
          made, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return archive;
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
