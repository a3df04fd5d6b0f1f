package io.cta.agent.report;

/**
 * Collects a text that may be of any length: keeps its beginning and, when it may, its end, with an
 * ellipsis for what was between.
 */
public final class TextBuffer {
  private final int head;
  private final int tail;
  private final StringBuilder begin = new StringBuilder();
  private final StringBuilder end = new StringBuilder();
  private boolean cut;

  /** Keeps the first characters. */
  public TextBuffer(int max) {
    this(max, 0);
  }

  /** Keeps the first {@code head} and the last {@code tail} characters. */
  public TextBuffer(int head, int tail) {
    this.head = head;
    this.tail = tail;
  }

  public TextBuffer append(CharSequence text) {
    int room = Math.max(0, head - begin.length());
    int first = Math.min(room, text.length());
    begin.append(text, 0, first);
    int rest = text.length() - first;
    if (rest > 0) {
      int from = Math.max(first, text.length() - tail);
      cut |= from > first;
      end.append(text, from, text.length());
      if (end.length() > 2 * tail) {
        cut |= end.length() > tail;
        end.delete(0, end.length() - tail);
      }
    }
    return this;
  }

  public boolean isEmpty() {
    return begin.isEmpty() && end.isEmpty();
  }

  /** What is kept; cleaned, and null when it is blank. */
  public String text() {
    if (end.length() > tail) {
      cut = true;
      end.delete(0, end.length() - tail);
    }
    String all = cut ? begin + "…" + end : begin.toString() + end;
    return TextSanitizer.orNull(TextSanitizer.clean(all.strip()));
  }
}
