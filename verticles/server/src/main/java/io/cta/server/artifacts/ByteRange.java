package io.cta.server.artifacts;

/**
 * A part of a content.
 *
 * @param from its first byte, from 0
 * @param length in bytes, more than 0
 */
public record ByteRange(long from, long length) {
  /** The last byte of it. */
  public long last() {
    return from + length - 1;
  }
}
