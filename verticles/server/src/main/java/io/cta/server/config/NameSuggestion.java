package io.cta.server.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Suggests the known name that a mistyped one may stand for. Pure. */
final class NameSuggestion {
  private NameSuggestion() {}

  /** The most similar of the known names, if one is similar enough; ignores case. */
  static Optional<String> to(String name, Collection<String> known) {
    String typed = name.toLowerCase(Locale.ROOT);
    DamerauLevenshteinDistance distance =
        new DamerauLevenshteinDistance(Math.max(2, name.length() / 4));
    return known.stream()
        .map(one -> Map.entry(one, distance.apply(typed, one.toLowerCase(Locale.ROOT))))
        // -1 of those that are further away
        .filter(one -> one.getValue() >= 0)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
