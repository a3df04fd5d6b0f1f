package io.cta.bench;

import java.util.List;

/** Documents of one kind in a filled store, in the order in which they were made. */
record SeededKind(List<String> ids, List<String> names) {
  int size() {
    return ids.size();
  }

  /** The id of the document of a number; numbers begin again after the last. */
  String id(int number) {
    return ids.get(number % size());
  }

  String name(int number) {
    return names.get(number % size());
  }
}
