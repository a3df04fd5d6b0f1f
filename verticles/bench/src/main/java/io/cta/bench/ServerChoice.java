package io.cta.bench;

import io.cta.bench.fleet.DirectoryTrees;
import io.cta.bench.fleet.ShippedJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which server is measured and where it keeps its data. */
final class ServerChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server-jar",
      paramLabel = "FILE",
      description =
          "cta.jar to measure, of another commit for example, as long as its agents speak as this"
              + " build's do; default: the one of this build")
  private Path jar;

  @Option(
      names = "--server-java-options",
      paramLabel = "OPTIONS",
      description = "options of the server's JVM, separated by blanks")
  private String javaOptions = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory that gets a data directory for each server and keeps it; default: a new one,"
              + " deleted at the end")
  private Path data;

  private Path used;
  private int made;

  Path jar() {
    return jar == null ? ShippedJars.SERVER : existing(jar);
  }

  /** Returns the jar; fails with an error of usage if it does not exist. */
  Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), "there is no file " + file);
    }
    return file;
  }

  /** Starts a server on a new data directory. */
  BenchServer start(Path jarFile, Map<String, String> env) throws IOException {
    return start(jarFile, env, newDirectory("server"));
  }

  BenchServer start(Path jarFile, Map<String, String> env, Path directory) {
    List<String> options = List.of(javaOptions.trim().split(" +"));
    return new BenchServer(jarFile, javaOptions.isBlank() ? List.of() : options, directory, env);
  }

  /** Returns the path of a new directory for the data of one process. */
  Path newDirectory(String name) throws IOException {
    if (used == null) {
      used = data == null ? Files.createTempDirectory("cta-bench") : Files.createDirectories(data);
    }
    Path directory;
    do {
      directory = used.resolve(name + "-" + ++made);
    } while (Files.exists(directory));
    return directory;
  }

  String describe() {
    return ("Java options " + ServerJvmOptions.describe(jar()) + " " + javaOptions).strip();
  }

  /** Deletes the data directories, unless an option says where they are. */
  void cleanUp() throws IOException {
    if (used != null && data == null) {
      DirectoryTrees.delete(used);
    }
    used = null;
  }
}
