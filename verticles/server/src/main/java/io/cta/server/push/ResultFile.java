package io.cta.server.push;

import java.nio.file.Path;

/**
 * Results as a file that is ready to be sent.
 *
 * @param name below the place of the execution
 * @param bytes its size, more than 0
 * @param sha256 in hex
 */
record ResultFile(String name, String contentType, Path path, long bytes, String sha256) {}
