package io.cta.server.launch;

import picocli.CommandLine.IVersionProvider;

/** Provides the version that the build wrote into the jar. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"cta " + text()};
  }

  static String text() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
