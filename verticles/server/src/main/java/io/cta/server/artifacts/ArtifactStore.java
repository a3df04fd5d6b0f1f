package io.cta.server.artifacts;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stores contents by their SHA-256, in small hex digits. Its methods may be called from any event
 * loop and never block it.
 */
public interface ArtifactStore {
  /** Whether the whole content is there. */
  Future<Boolean> has(String sha256);

  /**
   * Takes over a file whose digest was checked. When this completes the content cannot be lost any
   * more and the file is gone; when it fails the file is still there. Fails with UNAVAILABLE when
   * it may be done later.
   */
  Future<Void> keep(String sha256, Path file);

  /**
   * Opens a content; fails with NOT_FOUND when it is not there.
   *
   * @param part within it, or null for all of it
   */
  Future<StoredContent> open(String sha256, ByteRange part);

  /**
   * Removes a content unless something refers to it. A reference that is made meanwhile keeps it,
   * or whoever made it sees by {@link #has} afterwards that the content is gone.
   *
   * @param referred asks whether something refers to it
   */
  Future<Void> remove(String sha256, Supplier<Future<Boolean>> referred);

  /**
   * Digests of contents that were not written since {@code before}; of a part of all of them, so
   * that a call is short. Called again with the next number it answers the next part.
   *
   * @param turn any number from 0
   */
  Future<List<String>> older(Instant before, int turn);
}
