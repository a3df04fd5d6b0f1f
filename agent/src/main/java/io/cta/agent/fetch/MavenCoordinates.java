package io.cta.agent.fetch;

import io.cta.domain.MavenVersion;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A Maven artifact, written {@code group:artifact:version[:classifier[:packaging]]}. Its version
 * may be a range such as {@code [1.2,2)}, {@code LATEST} or {@code RELEASE}.
 */
record MavenCoordinates(
    String group, String artifact, String version, String classifier, String packaging) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");
  private static final Pattern RANGE = Pattern.compile("[\\[(][A-Za-z0-9._+,-]*[\\])]");
  private static final int VERSION = 2;

  static MavenCoordinates parse(String text) throws FetchFailed {
    String[] parts = text.split(":", -1);
    if (parts.length < 3 || parts.length > 5) {
      throw malformed(text);
    }
    for (int i = 0; i < parts.length; i++) {
      boolean none = i == 3 && parts[i].isEmpty();
      boolean range = i == VERSION && RANGE.matcher(parts[i]).matches();
      if (!none && !range && !PART.matcher(parts[i]).matches()) {
        throw malformed(text);
      }
    }
    return new MavenCoordinates(
        parts[0],
        parts[1],
        parts[VERSION],
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

  /** Whether it may be another file tomorrow. */
  boolean changing() {
    return MavenVersion.isChanging(version);
  }

  /** Whether Maven is to find out the version. */
  boolean open() {
    return MavenVersion.isChosen(version);
  }

  /** The same of the version that a file of Maven's is of. Fails if it is another artifact's. */
  MavenCoordinates ofFile(String name) throws FetchFailed {
    String begin = artifact + "-";
    String end = (classifier.isEmpty() ? "" : "-" + classifier) + "." + packaging;
    if (!name.startsWith(begin)
        || !name.endsWith(end)
        || name.length() <= begin.length() + end.length()) {
      throw new FetchFailed("mvn brought " + name + " for " + forPlugin());
    }
    String found = name.substring(begin.length(), name.length() - end.length());
    return new MavenCoordinates(group, artifact, found, classifier, packaging);
  }

  private static FetchFailed malformed(String text) {
    return new FetchFailed(
        "not a Maven artifact, group:artifact:version[:classifier[:packaging]]: " + text);
  }
}
