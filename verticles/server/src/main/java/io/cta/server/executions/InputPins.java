package io.cta.server.executions;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.MavenVersion;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.ResolvedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decides which inputs may be another thing tomorrow, and holds them to what they were when the
 * first task of an execution fetched them. Pure.
 */
public final class InputPins {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private InputPins() {}

  /** True when an input does not say by itself which content it has. */
  public static boolean needed(List<Repository> inputs) {
    return inputs.stream().anyMatch(InputPins::isOpen);
  }

  /** The inputs as every task gets them once it is known what they are. */
  public static List<Repository> pinned(List<Repository> inputs, List<ResolvedInput> resolved) {
    if (resolved.isEmpty()) {
      return inputs;
    }
    List<Repository> out = new ArrayList<>(inputs);
    for (ResolvedInput one : resolved) {
      if (one.input() >= 0 && one.input() < out.size()) {
        out.set(one.input(), pinned(out.get(one.input()), one));
      }
    }
    return out;
  }

  /**
   * The execution with what its inputs are. The first answer stays: the same instance when it has
   * one already.
   */
  public static Execution fixed(
      Execution e, List<Repository> inputs, List<ResolvedInput> resolved) {
    return e.resolving()
        ? ExecutionBuilder.builder(e)
            .resolving(false)
            .resolvedInputs(resolved)
            .source(source(e.source(), inputs, resolved))
            .reportDue(e.report() == null ? null : e.requestedAt())
            .build()
        : e;
  }

  /** What the first git input says, and for the rest what was said by whoever asked. */
  private static ExecutionSource source(
      ExecutionSource asked, List<Repository> inputs, List<ResolvedInput> resolved) {
    for (ResolvedInput one : resolved) {
      if (one.input() >= 0
          && one.input() < inputs.size()
          && inputs.get(one.input()).type().equals("git")) {
        ExecutionSourceBuilder source =
            asked == null
                ? ExecutionSourceBuilder.builder()
                : ExecutionSourceBuilder.builder(asked);
        String branch = one.branch() == null && asked != null ? asked.branch() : one.branch();
        return source
            .repository(inputs.get(one.input()).url())
            .branch(branch)
            .commit(one.version())
            .author(one.author())
            .subject(one.subject())
            .build();
      }
    }
    return asked;
  }

  private static boolean isOpen(Repository input) {
    return switch (input.type()) {
      case "git" -> input.ref() == null || !COMMIT.matcher(input.ref()).matches();
      case "http" -> input.sha256() == null;
      case "s3" -> input.sha256() == null && input.version() == null;
      case "maven" -> input.sha256() == null && isChanging(input.artifact());
      default -> false; // a directory of a machine has no version
    };
  }

  private static boolean isChanging(String artifact) {
    String[] parts = artifact.split(":", -1);
    return parts.length > 2 && MavenVersion.isChanging(parts[2]);
  }

  private static Repository pinned(Repository r, ResolvedInput to) {
    String ref = r.type().equals("git") && to.version() != null ? to.version() : r.ref();
    String sha256 = to.sha256() != null && r.sha256() == null ? to.sha256() : r.sha256();
    String version = r.type().equals("s3") && to.version() != null ? to.version() : r.version();
    return RepositoryBuilder.builder(r)
        .artifact(artifact(r, to))
        .ref(ref)
        .sha256(sha256)
        .version(version)
        .build();
  }

  /** With the version that Maven has chosen. */
  private static String artifact(Repository r, ResolvedInput to) {
    if (!r.type().equals("maven") || to.version() == null || !isChanging(r.artifact())) {
      return r.artifact();
    }
    String[] parts = r.artifact().split(":", -1);
    parts[2] = to.version();
    return String.join(":", parts);
  }
}
