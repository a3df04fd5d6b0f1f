package io.cta.server.artifacts;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Supplier;

/**
 * The content of an artifact or a part of it, opened for reading. Whoever opened it closes it, also
 * when reading it failed.
 *
 * @param size of all of it, in bytes
 * @param bytes paused until it is read
 */
public record StoredContent(long size, ReadStream<Buffer> bytes, Supplier<Future<Void>> close) {}
