package io.cta.server.artifacts;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one attempt has sent. Event loop only. */
final class AttemptUsage {
  private final ArtifactSettings settings;
  private final Map<String, Long> contents = new HashMap<>();
  private final Set<String> artifacts = new HashSet<>();
  private long bytes;

  AttemptUsage(ArtifactSettings settings) {
    this.settings = settings;
  }

  /** Adds a content that is sent; throws TOO_LARGE when that is more than an attempt may send. */
  void addContent(String sha256, long size) {
    if (size > settings.maxFileBytes()) {
      throw tooLarge("size", "is more than the " + settings.maxFileBytes() + " bytes of a file");
    }
    if (contents.containsKey(sha256)) {
      return;
    }
    if (bytes + size > settings.maxTaskBytes()) {
      throw tooLarge(
          "size",
          "is more than is left of the " + settings.maxTaskBytes() + " bytes of an attempt");
    }
    if (contents.size() >= settings.maxFiles()) {
      throw tooMany();
    }
    contents.put(sha256, size);
    bytes += size;
  }

  /** Adds an artifact; throws TOO_LARGE when there are too many. */
  void addArtifact(String id) {
    if (!artifacts.contains(id) && artifacts.size() >= settings.maxFiles()) {
      throw tooMany();
    }
    artifacts.add(id);
  }

  /** Notes one that is there already. */
  void known(String id, String sha256, long size) {
    artifacts.add(id);
    if (contents.put(sha256, size) == null) {
      bytes += size;
    }
  }

  private ServiceFailure tooMany() {
    return tooLarge("path", "is one more than the " + settings.maxFiles() + " files of an attempt");
  }

  private static ServiceFailure tooLarge(String field, String rule) {
    return ServiceFailure.ofField(ErrorCode.TOO_LARGE, field, rule);
  }
}
