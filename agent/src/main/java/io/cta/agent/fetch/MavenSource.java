package io.cta.agent.fetch;

import io.cta.agent.process.OnPath;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Maven artifacts: from the machine's local repository when they are there, else by the machine's
 * own Maven, so that its mirrors and credentials apply.
 */
final class MavenSource implements Source {
  private final Cache cache;
  private final MavenHome home;

  MavenSource(Cache cache, MavenHome home) {
    this.cache = cache;
    this.home = home;
  }

  @Override
  public void fetch(Repository input, Path to, Commands commands)
      throws FetchFailed, InterruptedException {
    Coordinates artifact =
        Coordinates.parse(Source.required("maven", "artifact", input.artifact()));
    Path target = to.resolve(artifact.fileName());
    Path local = artifact.below(home.repository());
    if (!artifact.changing() && Files.isRegularFile(local)) {
      copy(local, target, input);
      return;
    }
    cache.use(
        "maven " + input.artifact(),
        dir -> {
          Path file = dir.resolve(artifact.fileName());
          if (artifact.changing() || !Files.isRegularFile(file)) {
            resolve(artifact, dir, commands);
          }
          copy(file, target, input);
        });
  }

  /** Brings what the local repository lacks there, all in one run of Maven. */
  void prepare(List<Repository> inputs, Commands commands, FetchProgress progress)
      throws InterruptedException {
    List<Coordinates> missing = new ArrayList<>();
    for (Repository input : inputs) {
      try {
        if ("maven".equals(input.type())) {
          Coordinates artifact = Coordinates.parse(String.valueOf(input.artifact()));
          if (!artifact.changing() && !Files.isRegularFile(artifact.below(home.repository()))) {
            missing.add(artifact);
          }
        }
      } catch (FetchFailed malformed) {
        return; // said when it is its turn, before anything else is fetched in vain
      }
    }
    if (missing.size() > 1 && OnPath.find("mvn").isPresent()) {
      progress.say(missing.size() + " Maven artifacts");
      new MavenBatch(cache, home).run(missing, commands);
    }
  }

  private void resolve(Coordinates artifact, Path dir, Commands commands)
      throws IOException, FetchFailed, InterruptedException {
    Path maven =
        OnPath.find("mvn")
            .orElseThrow(
                () ->
                    new FetchFailed(
                        artifact.forPlugin()
                            + " is not in the local repository and there is no mvn on the PATH"));
    Commands.Done done =
        commands.run(
            home.command(
                maven.toString(),
                List.of(
                    "dependency:copy",
                    "-Dartifact=" + artifact.forPlugin(),
                    "-DoutputDirectory=" + dir,
                    "-Dmdep.useBaseVersion=true",
                    "-Dmdep.overWriteSnapshots=true")),
            dir);
    if (done.exit() != 0 || !Files.isRegularFile(dir.resolve(artifact.fileName()))) {
      MavenComplaint complaint = MavenComplaint.of(done.output());
      String text = "mvn cannot get " + artifact.forPlugin() + ": " + complaint.text();
      throw complaint.absent() ? new FetchFailed(text) : FetchFailed.passing(text);
    }
  }

  private static void copy(Path from, Path to, Repository input) throws FetchFailed {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      Digest.check(to, input.sha256(), input.artifact());
    } catch (IOException e) {
      throw new FetchFailed("cannot copy " + from, e);
    }
  }
}
