package io.cta.agent.artifact;

/** A file is not kept; the message says why, for people, and continues the file's name. */
public final class ArtifactRefused extends Exception {
  ArtifactRefused(String message) {
    super(message);
  }
}
