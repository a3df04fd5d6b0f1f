package io.cta.agent;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class AgentVersion implements IVersionProvider {
  static String text() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"cta-agent " + text()};
  }
}
