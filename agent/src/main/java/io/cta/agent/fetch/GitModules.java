package io.cta.agent.fetch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The submodules that {@code .gitmodules} of a commit names, from the answer of {@code git config
 * --list -z}, and the checks of its texts, which the repository's author wrote. Source:
 * gitmodules(5). Pure.
 */
final class GitModules {
  private static final int MAX_MODULES = 500;
  private static final String PREFIX = "submodule.";

  /**
   * One submodule.
   *
   * @param path in the checkout, with slashes
   * @param url as it is written, perhaps relative
   */
  record Module(String name, String path, String url) {}

  private GitModules() {}

  /**
   * @throws FetchFailed when a name, path or address is one that must not be given to git
   */
  static List<Module> parse(String listing) throws FetchFailed {
    Map<String, Map<String, String>> modules = new LinkedHashMap<>();
    for (String entry : listing.split("\0")) {
      int end = entry.indexOf('\n');
      String key = end < 0 ? entry : entry.substring(0, end);
      int dot = key.lastIndexOf('.');
      if (key.startsWith(PREFIX) && dot > PREFIX.length()) {
        modules
            .computeIfAbsent(key.substring(PREFIX.length(), dot), name -> new LinkedHashMap<>())
            .put(key.substring(dot + 1), end < 0 ? "" : entry.substring(end + 1));
      }
    }
    if (modules.size() > MAX_MODULES) {
      throw new FetchFailed("a repository has more than " + MAX_MODULES + " submodules");
    }
    List<Module> out = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> one : modules.entrySet()) {
      String path = one.getValue().get("path");
      String url = one.getValue().get("url");
      if (path != null && url != null && !"none".equals(one.getValue().get("update"))) {
        checkName(one.getKey());
        checkPath(one.getKey(), path);
        checkText(one.getKey(), "url", url);
        out.add(new Module(one.getKey(), path, url));
      }
    }
    return out;
  }

  private static void checkName(String name) throws FetchFailed {
    checkText(name, "name", name);
    if (List.of(name.split("[/\\\\]", -1)).contains("..")) {
      throw refused(name, "name");
    }
  }

  private static void checkPath(String name, String path) throws FetchFailed {
    checkText(name, "path", path);
    List<String> parts = List.of(path.split("[/\\\\]", -1));
    boolean git = parts.stream().anyMatch(part -> part.equalsIgnoreCase(".git"));
    boolean odd = parts.contains("..") || parts.contains(".") || parts.contains("");
    if (git || odd || path.matches("[A-Za-z]:.*")) {
      throw refused(name, "path");
    }
  }

  private static void checkText(String name, String field, String text) throws FetchFailed {
    if (text.isBlank() || text.startsWith("-") || text.chars().anyMatch(Character::isISOControl)) {
      throw refused(name, field);
    }
  }

  private static FetchFailed refused(String name, String field) {
    return new FetchFailed(
        "the submodule \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" is refused for its " + field);
  }
}
