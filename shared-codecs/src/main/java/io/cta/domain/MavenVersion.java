package io.cta.domain;

/** What the version in Maven coordinates says about the file that it names. Pure. */
public final class MavenVersion {
  private MavenVersion() {}

  /** Whether it may be another file tomorrow. */
  public static boolean isChanging(String version) {
    return version.endsWith("-SNAPSHOT") || isChosen(version);
  }

  /** Whether Maven finds out the version: a range, {@code LATEST} or {@code RELEASE}. */
  public static boolean isChosen(String version) {
    return version.equals("LATEST")
        || version.equals("RELEASE")
        || version.startsWith("[")
        || version.startsWith("(");
  }
}
