package io.cta.bench.history;

/**
 * A message that a server dead-lettered or that an agent dropped, as a log says.
 *
 * @param part the server or agent whose log it is
 */
public record DroppedMessage(String part, String line) {}
