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
    boolean describe = context.describe();
    MavenCoordinates artifact =
        MavenCoordinates.parse(InputSource.required("maven", "artifact", input.artifact()));
    Path target = to.resolve(artifact.fileName());
    Path local = artifact.below(home.repository());
    if (!artifact.changing() && Files.isRegularFile(local)) {
      copy(local, target, input);
      return version(artifact, target, describe);
    }
    return cache.use(
        "maven " + input.artifact(),
        dir -> {
          Path file = dir.resolve(artifact.fileName());
          if (artifact.changing() || !Files.isRegularFile(file)) {
            resolve(artifact, dir, context.commands());
          }
          copy(file, target, input);
          return version(artifact, target, describe);
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
    Path maven =
        ProgramFinder.find("mvn")
            .orElseThrow(
                () ->
                    new FetchFailed(
                        artifact.forPlugin()
                            + " is not in the local repository and there is no mvn on the PATH"));
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
      MavenError error = MavenError.of(commandOutcome.output());
      String text = "mvn cannot get " + artifact.forPlugin() + ": " + error.text();
      throw error.absent() ? new FetchFailed(text) : FetchFailed.retryable(text);
    }
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
