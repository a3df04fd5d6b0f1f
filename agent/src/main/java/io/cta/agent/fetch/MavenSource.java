package io.cta.agent.fetch;

import io.cta.agent.process.ProgramFinder;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fetches Maven artifacts: from the machine's local repository when they are there, else by the
 * machine's own Maven, so that its mirrors and credentials apply.
 */
final class MavenSource implements InputSource {
  private final InputCache cache;
  private final MavenHome home;

  MavenSource(InputCache cache, MavenHome home) {
    this.cache = cache;
    this.home = home;
  }

  @Override
  public FetchedVersion fetch(Repository input, Path to, FetchContext context)
      throws FetchFailed, InterruptedException {
    MavenCoordinates artifact =
        MavenCoordinates.parse(InputSource.required("maven", "artifact", input.artifact()));
    Path target = to.resolve(artifact.fileName());
    Path local = artifact.below(home.repository());
    if (!artifact.changing() && Files.isRegularFile(local)) {
      copy(local, target, input);
      return version(artifact, target, context.describe());
    }
    return artifact.open()
        ? chosen(input, artifact, to, context)
        : cached(input, artifact, target, context);
  }

  /** Maven chooses the version anew each time; the cache holds what it brought only meanwhile. */
  private FetchedVersion chosen(
      Repository input, MavenCoordinates artifact, Path to, FetchContext context)
      throws FetchFailed, InterruptedException {
    return cache.use(
        "maven " + input.artifact(),
        dir -> {
          Path file = new MavenRange(home).fetch(artifact, dir, context.commands());
          MavenCoordinates found = artifact.ofFile(file.getFileName().toString());
          Path target = to.resolve(file.getFileName());
          copy(file, target, input);
          return version(found, target, context.describe());
        });
  }

  private FetchedVersion cached(
      Repository input, MavenCoordinates artifact, Path target, FetchContext context)
      throws FetchFailed, InterruptedException {
    return cache.use(
        "maven " + input.artifact(),
        dir -> {
          Path file = dir.resolve(artifact.fileName());
          if (artifact.changing() || !Files.isRegularFile(file)) {
            resolve(artifact, dir, context.commands());
          }
          copy(file, target, input);
          return version(artifact, target, context.describe());
        });
  }

  /** Fetches all artifacts that the local repository lacks in one run of Maven. */
  void prepare(List<Repository> inputs, CommandRunner commands, FetchProgress progress)
      throws InterruptedException {
    List<MavenCoordinates> missing = new ArrayList<>();
    for (Repository input : inputs) {
      try {
        if ("maven".equals(input.type())) {
          MavenCoordinates artifact = MavenCoordinates.parse(String.valueOf(input.artifact()));
          if (!artifact.changing() && !Files.isRegularFile(artifact.below(home.repository()))) {
            missing.add(artifact);
          }
        }
      } catch (FetchFailed malformed) {
        return; // reported when this input is fetched; to fetch others first is useless
      }
    }
    if (missing.size() > 1 && ProgramFinder.find("mvn").isPresent()) {
      progress.say(missing.size() + " Maven artifacts");
      new MavenBatch(cache, home).run(missing, commands);
    }
  }

  private void resolve(MavenCoordinates artifact, Path dir, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    Path maven = program(artifact);
    CommandRunner.CommandOutcome commandOutcome =
        commands.run(
            home.command(
                maven.toString(),
                List.of(
                    "dependency:copy",
                    "-Dartifact=" + artifact.forPlugin(),
                    "-DoutputDirectory=" + dir,
                    "-Dmdep.useBaseVersion=true",
                    "-Dmdep.overWriteSnapshots=true")),
            dir,
            Map.of());
    if (commandOutcome.exit() != 0 || !Files.isRegularFile(dir.resolve(artifact.fileName()))) {
      throw failure(artifact, commandOutcome);
    }
  }

  static Path program(MavenCoordinates artifact) throws FetchFailed {
    return ProgramFinder.find("mvn")
        .orElseThrow(
            () ->
                new FetchFailed(
                    artifact.forPlugin()
                        + " is not in the local repository and there is no mvn on the PATH"));
  }

  static FetchFailed failure(MavenCoordinates artifact, CommandRunner.CommandOutcome outcome) {
    MavenError error = MavenError.of(outcome.output());
    String text = "mvn cannot get " + artifact.forPlugin() + ": " + error.text();
    return error.absent() ? new FetchFailed(text) : FetchFailed.retryable(text);
  }

  private static FetchedVersion version(MavenCoordinates artifact, Path file, boolean describe)
      throws FetchFailed {
    try {
      return describe
          ? FetchedVersion.file(artifact.version(), FileDigest.of(file))
          : FetchedVersion.NONE;
    } catch (IOException e) {
      throw new FetchFailed("cannot read " + file, e);
    }
  }

  private static void copy(Path from, Path to, Repository input) throws FetchFailed {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      FileDigest.check(to, input.sha256(), input.artifact());
    } catch (IOException e) {
      throw new FetchFailed("cannot copy " + from, e);
    }
  }
}
