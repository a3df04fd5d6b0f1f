package io.cta.bench;

import java.util.List;

/** The documents of one kind in a filled store, in the order in which they were made. */
record SeededKind(List<String> ids, List<String> names) {
  int size() {
    return ids.size();
  }

  /** Returns the id of the document with this number; the number wraps around after the last. */
  String id(int number) {
    return ids.get(number % size());
  }

  String name(int number) {
    return names.get(number % size());
  }
}
