package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The records of a pax header, {@code length key=value\n}, where the length counts all bytes of the
 * record. Source: POSIX.1-2017, pax, "pax Extended Header". Pure.
 */
final class PaxRecords {
  private PaxRecords() {}

  /**
   * @throws IOException when they are malformed
   */
  static Map<String, String> parse(byte[] content) throws IOException {
    Map<String, String> out = new HashMap<>();
    int at = 0;
    while (at < content.length && content[at] != 0) {
      int blank = at;
      long length = 0;
      while (blank < content.length && content[blank] >= '0' && content[blank] <= '9') {
        length = Math.min(length * 10 + content[blank] - '0', Integer.MAX_VALUE);
        blank++;
      }
      long end = at + length;
      if (blank >= content.length
          || content[blank] != ' '
          || end > content.length
          || end <= blank + 1) {
        throw new ArchiveDamaged("a pax header in the archive is malformed");
      }
      String record = new String(content, blank + 1, (int) end - blank - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        out.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at = (int) end;
    }
    return out;
  }
}
