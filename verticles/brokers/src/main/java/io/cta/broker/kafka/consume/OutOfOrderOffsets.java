package io.cta.broker.kafka.consume;

import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Offsets that were settled before others in front of them, as ranges: {@code 12-17,19}. They are
 * stored in the metadata of a commit, of which brokers take 4,096 bytes; offsets that do not fit
 * are left out, and their messages processed again.
 */
final class OutOfOrderOffsets {
  static final OutOfOrderOffsets NONE = new OutOfOrderOffsets(new TreeMap<>());

  private static final int MAX_CHARS = 3_000;

  private final TreeMap<Long, Long> ranges;

  private OutOfOrderOffsets(TreeMap<Long, Long> ranges) {
    this.ranges = ranges;
  }

  boolean contains(long offset) {
    Map.Entry<Long, Long> range = ranges.floorEntry(offset);
    return range != null && offset <= range.getValue();
  }

  /** Encodes offsets that come in ascending order. */
  static String encode(LongStream offsets) {
    StringBuilder text = new StringBuilder();
    PrimitiveIterator.OfLong each = offsets.iterator();
    long first = -1;
    long last = -1;
    while (each.hasNext() && text.length() < MAX_CHARS) {
      long offset = each.nextLong();
      if (first >= 0 && offset > last + 1) {
        append(text, first, last);
        first = offset;
      }
      first = first < 0 ? offset : first;
      last = offset;
    }
    if (first >= 0) {
      append(text, first, last);
    }
    return text.toString();
  }

  /** Decodes what a reader has committed; text of any other form is read as no offsets. */
  static OutOfOrderOffsets decode(String text) {
    if (text == null || !text.matches("[0-9]{1,18}(-[0-9]{1,18})?(,[0-9]{1,18}(-[0-9]{1,18})?)*")) {
      return NONE;
    }
    TreeMap<Long, Long> ranges = new TreeMap<>();
    for (String range : text.split(",")) {
      String[] ends = range.split("-");
      ranges.put(Long.valueOf(ends[0]), Long.valueOf(ends[ends.length - 1]));
    }
    return new OutOfOrderOffsets(ranges);
  }

  private static void append(StringBuilder text, long first, long last) {
    text.append(text.isEmpty() ? "" : ",").append(first);
    if (last > first) {
      text.append('-').append(last);
    }
  }
}
