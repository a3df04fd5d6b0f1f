package io.cta.broker.kafka.group;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows which member has which message of a group's queue. Everybody folds the same log in the same
 * order and so comes to the same answer: a message is free, held by the first who claimed it in a
 * term, or done. A claim names the term that it begins, so of several that saw the same state one
 * wins. Time plays no part in the fold; it only tells a member when to claim what a silent member
 * holds.
 */
final class ClaimRegistry {
  private final TreeMap<Long, Entry> open = new TreeMap<>();
  private final TreeSet<String> members = new TreeSet<>();
  private final Map<String, Integer> silentTicks = new HashMap<>();
  private long end;

  /** A message that is not done. */
  static final class Entry {
    final long offset;
    final Buffer body;
    String holder;
    int term;
    int deliveries;

    private Entry(long offset, Buffer body) {
      this.offset = offset;
      this.body = body;
    }
  }

  /** Adds a message that was read. */
  void message(long offset, Buffer body) {
    open.put(offset, new Entry(offset, body));
    end = offset + 1;
  }

  /**
   * Applies a claim record that was read; returns the entry whose holder it changed, or null when
   * it changed none.
   */
  Entry apply(long offset, ClaimRecord record) {
    end = offset + 1;
    silentTicks.put(record.member(), 0);
    members.add(record.member());
    Entry entry = open.get(record.offset());
    return switch (record.what()) {
      case CLAIM -> entry != null && record.term() == entry.term + 1 ? hold(entry, record) : null;
      case FREE -> entry != null && isHeld(entry, record) ? free(entry, record.deliveries()) : null;
      case DONE -> open.remove(record.offset());
      case HERE -> null;
    };
  }

  /** Counts one more tick of silence for every member. */
  void tick() {
    silentTicks.replaceAll((member, ticks) -> ticks + 1);
  }

  /** Sets the silence of all members to zero, because nobody could be heard for a while. */
  void resetSilence() {
    silentTicks.replaceAll((member, ticks) -> 0);
  }

  /**
   * Forgets members that were silent for so long and hold nothing: they have left without saying
   * so.
   */
  void expire(int ticks) {
    List<String> expired = new ArrayList<>();
    silentTicks.forEach(
        (member, silent) -> {
          if (silent >= ticks && open.values().stream().noneMatch(e -> member.equals(e.holder))) {
            expired.add(member);
          }
        });
    members.removeAll(expired);
    silentTicks.keySet().removeAll(expired);
  }

  /**
   * The messages that a member could claim, the best first: free ones, and those whose holder was
   * silent for {@code ticks}. With several members each begins at another message, so that they do
   * not all claim the same.
   */
  List<Entry> claimable(String member, int ticks) {
    List<Entry> free =
        open.values().stream()
            .filter(e -> e.holder == null || silent(e.holder, ticks) && !e.holder.equals(member))
            .toList();
    int newMembers = members.contains(member) ? 0 : 1;
    int step = Math.max(1, members.size() + newMembers);
    int rank = members.headSet(member).size();
    List<Entry> ordered = new ArrayList<>(free.size());
    for (int first = 0; first < step; first++) {
      for (int i = (first + rank) % step; i < free.size(); i += step) {
        ordered.add(free.get(i));
      }
    }
    return ordered;
  }

  /** The term of a message, or 0 when the message is done. */
  int term(long offset) {
    Entry entry = open.get(offset);
    return entry == null ? 0 : entry.term;
  }

  List<Entry> heldBy(String member) {
    return open.values().stream().filter(e -> member.equals(e.holder)).toList();
  }

  /** All messages before this offset are done. */
  long lowWater() {
    return open.isEmpty() ? end : open.firstKey();
  }

  private boolean silent(String member, int ticks) {
    return silentTicks.getOrDefault(member, ticks) >= ticks;
  }

  private Entry hold(Entry entry, ClaimRecord record) {
    if (entry.holder != null) {
      // the last holder went away while it had the message
      entry.deliveries++;
    }
    entry.holder = record.member();
    entry.term = record.term();
    return entry;
  }

  private static boolean isHeld(Entry entry, ClaimRecord record) {
    return record.member().equals(entry.holder) && record.term() == entry.term;
  }

  private static Entry free(Entry entry, int deliveries) {
    entry.holder = null;
    entry.deliveries = deliveries;
    return entry;
  }
}
