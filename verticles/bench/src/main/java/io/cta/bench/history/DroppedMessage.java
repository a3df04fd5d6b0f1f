package io.cta.bench.history;

/**
 * A message that a server dead-lettered, or that an agent dropped, as its log tells.
 *
 * @param part whose log
 */
public record DroppedMessage(String part, String line) {}
