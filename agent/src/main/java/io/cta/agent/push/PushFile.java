package io.cta.agent.push;

import java.nio.file.Path;

/**
 * A file to push.
 *
 * @param name its path below the place of the output, with slashes
 * @param content where it is
 * @param size in bytes
 * @param sha256 of the content, in small hex digits
 */
record PushFile(String name, Path content, long size, String sha256) {}
