package io.cta.agent.fetch;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A Maven artifact, written {@code group:artifact:version[:classifier[:packaging]]}. */
record MavenCoordinates(
    String group, String artifact, String version, String classifier, String packaging) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

  static MavenCoordinates parse(String text) throws FetchFailed {
    String[] parts = text.split(":", -1);
    if (parts.length < 3 || parts.length > 5) {
      throw malformed(text);
    }
    for (int i = 0; i < parts.length; i++) {
      boolean none = i == 3 && parts[i].isEmpty();
      if (!none && !PART.matcher(parts[i]).matches()) {
        throw malformed(text);
      }
    }
    return new MavenCoordinates(
        parts[0],
        parts[1],
        parts[2],
        parts.length > 3 ? parts[3] : "",
        parts.length > 4 ? parts[4] : "jar");
  }

  /** The name of its file, in a repository and in the workspace. */
  String fileName() {
    String suffix = classifier.isEmpty() ? "" : "-" + classifier;
    return artifact + "-" + version + suffix + "." + packaging;
  }

  Path below(Path repository) {
    return repository
        .resolve(group.replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve(fileName());
  }

  /** As the dependency plugin wants it: the packaging before the classifier. */
  String forPlugin() {
    String base = group + ":" + artifact + ":" + version + ":" + packaging;
    return classifier.isEmpty() ? base : base + ":" + classifier;
  }

  boolean changing() {
    return version.endsWith("-SNAPSHOT");
  }

  private static FetchFailed malformed(String text) {
    return new FetchFailed(
        "not a Maven artifact, group:artifact:version[:classifier[:packaging]]: " + text);
  }
}
