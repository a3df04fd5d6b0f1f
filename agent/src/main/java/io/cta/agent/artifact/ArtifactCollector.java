package io.cta.agent.artifact;

import io.cta.domain.Test;
import io.cta.glob.GlobPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Collects the files of a test after its run: those that its globs match and those that its reports
 * name. What cannot be kept is a warning, never a result. Threads that may block.
 */
public final class ArtifactCollector {
  private static final int MAX_ENTRIES = 1_000_000;

  private final Path workspace;
  private final ArtifactStaging staging;
  private final AttemptWarnings warnings;
  private final int maxFiles;
  private final BooleanSupplier stop;

  /**
   * @param stop asked on the way; once it returns true, the rest is left out with a warning
   */
  public ArtifactCollector(
      Path workspace,
      ArtifactStaging staging,
      AttemptWarnings warnings,
      ArtifactLimits limits,
      BooleanSupplier stop) {
    this.workspace = workspace;
    this.staging = staging;
    this.warnings = warnings;
    this.maxFiles = limits.files() + 1;
    this.stop = stop;
  }

  /**
   * @param attachments files that reports of the test name, below the workspace
   */
  public void collect(Test test, Collection<String> attachments) {
    Set<String> taken = new HashSet<>();
    for (String glob : test.artifacts()) {
      try {
        FoundFiles found = search(GlobPattern.of(glob));
        found.skipped().forEach(text -> warnings.add(test.id(), "artifact not kept: " + text));
        found.files().forEach((name, file) -> take(test, name, file, taken));
      } catch (IllegalArgumentException e) {
        warnings.add(test.id(), "artifacts: the pattern " + glob + " " + e.getMessage());
      } catch (IOException e) {
        warnings.add(test.id(), "artifacts not looked for: the workspace is gone");
      }
    }
    attachments.forEach(name -> attachment(test, name, taken));
  }

  private FoundFiles search(GlobPattern pattern) throws IOException {
    return new ArtifactSearch(workspace, maxFiles, MAX_ENTRIES, stop).find(pattern);
  }

  /** A name in a report counts as a glob without choices: links are treated alike. */
  private void attachment(Test test, String name, Set<String> taken) {
    String relative = belowWorkspace(name);
    if (relative == null || taken.contains(relative)) {
      return;
    }
    try {
      FoundFiles found = search(GlobPattern.of(literal(relative)));
      List<String> troubles = new ArrayList<>(found.skipped());
      for (Map.Entry<String, Path> file : found.files().entrySet()) {
        take(test, file.getKey(), file.getValue(), taken);
      }
      if (found.files().isEmpty() && troubles.isEmpty()) {
        troubles.add(relative + " does not exist, but a report names it");
      }
      troubles.forEach(text -> warnings.add(test.id(), "artifact not kept: " + text));
    } catch (IllegalArgumentException | IOException e) {
      warnings.add(test.id(), "artifact not kept: " + name + ", which a report names");
    }
  }

  /** The path below the workspace; null for an address, and for nothing. */
  private String belowWorkspace(String name) {
    if (name == null || name.isBlank() || name.matches("(?i)[a-z][a-z0-9+.-]+:.*")) {
      return null;
    }
    try {
      Path path = Path.of(name);
      if (!path.isAbsolute()) {
        return name;
      }
      Path real = Files.exists(path) ? path.toRealPath() : path.normalize();
      Path root = workspace.toRealPath();
      return real.startsWith(root)
          ? root.relativize(real).toString().replace('\\', '/')
          : "../" + path.getFileName();
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  private static String literal(String path) {
    return path.replaceAll("([*?\\[\\]{}\\\\])", "[$1]");
  }

  private void take(Test test, String name, Path file, Set<String> taken) {
    if (!taken.add(name)) {
      return;
    }
    if (stop.getAsBoolean()) {
      warnings.add(test.id(), "artifact not kept: " + name + ": the attempt was stopped");
      return;
    }
    try {
      staging.take(test.id(), name, file);
    } catch (ArtifactRefused e) {
      warnings.add(test.id(), "artifact not kept: " + name + ": " + e.getMessage());
    } catch (IOException e) {
      warnings.add(
          test.id(), "artifact not kept: " + name + " cannot be read: " + ArtifactSearch.text(e));
    }
  }
}
