package io.cta.agent.fetch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a ref of an input is on the server, found in the answer of {@code git ls-remote --symref}.
 * Pure.
 *
 * @param commit that it names
 * @param name the whole name, such as {@code refs/heads/main}
 */
record RemoteRef(String commit, String name) {
  private static final String BRANCHES = "refs/heads/";
  private static final String HEAD = "HEAD";
  private static final String PEELED = "^{}";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64})\t(\\S+)");
  private static final Pattern SYMBOLIC = Pattern.compile("ref: (\\S+)\tHEAD");

  /** Whether a ref is a whole commit id, which needs no question. */
  static boolean isCommit(String ref) {
    return COMMIT.matcher(ref).matches();
  }

  /** The names to ask for: a branch before a tag, then anything below refs, all by whole names. */
  static List<String> names(String ref) {
    if (ref.equals(HEAD)) {
      return List.of(HEAD);
    }
    return ref.startsWith("refs/")
        ? List.of(ref)
        : List.of(BRANCHES + ref, "refs/tags/" + ref, "refs/" + ref);
  }

  /** The patterns for the command: a tag with a message is an object that names the commit. */
  static List<String> patterns(String ref) {
    return names(ref).stream()
        .flatMap(
            name ->
                name.equals(HEAD)
                    ? java.util.stream.Stream.of(name)
                    : java.util.stream.Stream.of(name, name + PEELED))
        .toList();
  }

  /** The ref, if the server has one of the names. */
  static Optional<RemoteRef> find(String ref, String output) {
    Map<String, String> refs = new LinkedHashMap<>();
    String head = null;
    for (String line : output.split("\n")) {
      Matcher m = LINE.matcher(line.strip());
      if (m.matches()) {
        refs.put(m.group(2), m.group(1));
      }
      Matcher symbolic = SYMBOLIC.matcher(line.strip());
      head = symbolic.matches() ? symbolic.group(1) : head;
    }
    for (String name : names(ref)) {
      String commit = refs.getOrDefault(name + PEELED, refs.get(name));
      if (commit != null) {
        return Optional.of(new RemoteRef(commit, name.equals(HEAD) && head != null ? head : name));
      }
    }
    return Optional.empty();
  }

  /** The branch, or null when it is something else. */
  String branch() {
    return name.startsWith(BRANCHES) ? name.substring(BRANCHES.length()) : null;
  }
}
