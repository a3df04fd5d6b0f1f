package io.cta.agent.fetch;

import java.util.Optional;

/**
 * Resolves the address of a submodule: one that begins with {@code ./} or {@code ../} is meant from
 * the address of the repository that has it. Source: gitsubmodules(7), "submodule add" of
 * git-submodule(1). Pure.
 */
final class SubmoduleUrl {
  private SubmoduleUrl() {}

  /**
   * @param base address of the repository that has the submodule
   * @return empty when the address leads above its host
   */
  static Optional<String> resolve(String base, String url) {
    if (!url.startsWith("./") && !url.startsWith("../")) {
      return Optional.of(url);
    }
    String at = base.replaceFirst("/+$", "");
    String rest = url;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        int slash = at.lastIndexOf('/');
        int colon = hostEnd(at);
        if (slash > colon) {
          at = at.substring(0, slash);
        } else if (at.length() > colon + 1 && isScp(at)) {
          at = at.substring(0, colon + 1);
        } else {
          return Optional.empty();
        }
        rest = rest.substring(3);
      } else {
        rest = rest.substring(2);
      }
    }
    boolean absurd = rest.isEmpty() || at.length() <= hostEnd(at) && !isScp(at);
    return absurd
        ? Optional.empty()
        : Optional.of(at.endsWith(":") && isScp(at) ? at + rest : at + "/" + rest);
  }

  /** The last character of scheme and host, which stay. */
  private static int hostEnd(String address) {
    int scheme = address.indexOf("://");
    if (scheme >= 0) {
      int slash = address.indexOf('/', scheme + 3);
      return slash < 0 ? address.length() : slash - 1;
    }
    return isScp(address) ? address.indexOf(':') : -1;
  }

  private static boolean isScp(String address) {
    int colon = address.indexOf(':');
    int slash = address.indexOf('/');
    return colon > 1 && !address.contains("://") && (slash < 0 || colon < slash);
  }
}
