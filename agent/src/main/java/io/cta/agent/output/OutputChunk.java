package io.cta.agent.output;

/**
 * Where a chunk of output is on disk.
 *
 * @param seq 0, 1, 2… per attempt
 * @param offset bytes of output before it
 * @param size bytes of output it stands for
 * @param position of its compressed bytes in the data file; of a gap, 0
 * @param length of its compressed bytes; of a gap, 0
 */
record OutputChunk(
    int seq, long offset, int size, boolean gap, String testId, long position, int length) {
  OutputChunk next() {
    return new OutputChunk(seq + 1, offset + size, 0, false, testId, 0, 0);
  }
}
