package io.cta.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the known name that a mistyped one may stand for. Pure. */
final class NameSuggestion {
  private NameSuggestion() {}

  /** The most similar of the known names, if one is similar enough. */
  static Optional<String> to(String name, Collection<String> known) {
    int near = Math.max(2, name.length() / 4);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= near)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Edit distance: characters to insert, delete, replace or swap; ignores case. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
