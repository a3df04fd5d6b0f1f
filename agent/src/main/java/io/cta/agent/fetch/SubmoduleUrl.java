package io.cta.agent.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the address of a submodule: one that begins with {@code ./} or {@code ../} is meant from
 * the address of the repository that has it. Source: gitsubmodules(7), "submodule add" of
 * git-submodule(1). Pure.
 */
final class SubmoduleUrl {
  /** What stays: scheme and host, {@code user@host:} or the beginning of a path; then the rest. */
  private static final Pattern BASE =
      Pattern.compile("([a-z]+://[^/]*/|[^/:]{2,}:/?|[A-Za-z]:[/\\\\]|/)(.*)");

  private SubmoduleUrl() {}

  /**
   * @param base address of the repository that has the submodule
   * @return empty when the address leads above its host
   */
  static Optional<String> resolve(String base, String url) {
    if (!url.startsWith("./") && !url.startsWith("../")) {
      return Optional.of(url);
    }
    Matcher m = BASE.matcher(base.replaceFirst("/+$", ""));
    if (!m.matches()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(List.of(m.group(2).split("/")));
    for (String part : url.split("/")) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(m.group(1) + String.join("/", parts));
  }
}
