package io.cta.server.executions;

import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives inputs the refs and versions that a request asks for: one ref for the suite's only git
 * input, or one for each input by its name. Pure.
 */
final class InputVersions {
  private static final int MAVEN_VERSION = 2;

  private InputVersions() {}

  /**
   * Throws INVALID, naming the field, when a name fits no input, or several.
   *
   * @param ref for the only git input, or null
   * @param named refs and versions by the names of inputs
   */
  static List<Repository> of(List<Repository> inputs, String ref, Map<String, String> named) {
    if (ref == null && named.isEmpty()) {
      return inputs;
    }
    List<Repository> out = new ArrayList<>(inputs);
    named.forEach((name, version) -> set(out, name, version));
    if (ref != null) {
      int at = onlyGit(inputs);
      out.set(at, withRef(out.get(at), "ref", ref));
    }
    return out;
  }

  /** What an input is called: its name, else the last part of its address. */
  static String nameOf(Repository input) {
    if (input.name() != null) {
      return input.name();
    }
    String address =
        switch (input.type()) {
          case "maven" -> artifactId(input);
          case "local" -> input.path();
          default -> input.url();
        };
    String path = String.valueOf(address).replaceFirst("[?#].*$", "").replaceFirst("[/\\\\]+$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return last.endsWith(".git") ? last.substring(0, last.length() - ".git".length()) : last;
  }

  private static void set(List<Repository> inputs, String name, String version) {
    String field = "inputs." + name;
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (nameOf(inputs.get(i)).equals(name)) {
        found.add(i);
      }
    }
    if (found.size() != 1) {
      String rule = found.isEmpty() ? "names no input" : "names several inputs: give them names";
      throw ServiceFailure.invalid(field, rule + "; there are " + names(inputs));
    }
    int at = found.get(0);
    Repository input = inputs.get(at);
    inputs.set(
        at,
        switch (input.type()) {
          case "git" -> withRef(input, field, version);
          case "maven" -> withVersion(input, field, version);
          case "s3" -> withObjectVersion(input, field, version);
          default ->
              throw ServiceFailure.invalid(
                  field, "has no version that could be chosen: it is of type " + input.type());
        });
  }

  private static int onlyGit(List<Repository> inputs) {
    List<Integer> git = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type().equals("git")) {
        git.add(i);
      }
    }
    if (git.size() != 1) {
      throw ServiceFailure.invalid(
          "ref",
          git.isEmpty()
              ? "has no input to apply to: the suite has none of type git"
              : "fits several inputs: say inputs.NAME, of " + names(inputs));
    }
    return git.get(0);
  }

  private static Repository withRef(Repository r, String field, String ref) {
    checkVersion(field, ref);
    return RepositoryBuilder.builder(r).ref(ref).build();
  }

  private static Repository withVersion(Repository r, String field, String version) {
    checkVersion(field, version);
    if (version.indexOf(':') >= 0) {
      throw ServiceFailure.invalid(field, "must not have a colon");
    }
    String[] parts = r.artifact().split(":", -1);
    parts[MAVEN_VERSION] = version;
    return RepositoryBuilder.builder(r)
        .artifact(String.join(":", parts))
        .sha256(null) // the digest is that of another version
        .build();
  }

  private static Repository withObjectVersion(Repository r, String field, String version) {
    checkVersion(field, version);
    return RepositoryBuilder.builder(r)
        .version(version)
        .sha256(null) // the digest is that of another version
        .build();
  }

  private static void checkVersion(String field, String version) {
    boolean plain =
        !version.isBlank()
            && !version.startsWith("-")
            && version.chars().noneMatch(c -> Character.isISOControl(c) || c == ' ');
    if (!plain) {
      throw ServiceFailure.invalid(
          field, "must not be empty, begin with -, or have blanks or control characters");
    }
  }

  private static String artifactId(Repository input) {
    String[] parts = String.valueOf(input.artifact()).split(":");
    return parts.length > 1 ? parts[1] : parts[0];
  }

  private static String names(List<Repository> inputs) {
    return inputs.isEmpty()
        ? "none"
        : inputs.stream().map(InputVersions::nameOf).collect(Collectors.joining(", "));
  }
}
