package io.cta.cli.yaml;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Checks how large a document is once every alias is written out: a few lines can stand for more
 * than any memory holds, or contain themselves. Builds nothing.
 */
final class YamlExpansionCheck {
  static final int MAX_VALUES = 200_000;
  static final int MAX_CHARACTERS = 16 * 1024 * 1024;

  private final Set<Node> parents = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;
  private long characters;

  /** What is wrong, and at which node. */
  static final class LimitExceeded extends RuntimeException {
    final transient Node at;

    LimitExceeded(Node at, String text) {
      super(text, null, false, false);
      this.at = at;
    }
  }

  /** Fails with {@link LimitExceeded}; stops at the limits, however large the document is. */
  void check(Node node) {
    if (++values > MAX_VALUES) {
      throw new LimitExceeded(node, "has more than " + MAX_VALUES + " values");
    }
    if (node instanceof ScalarNode scalar) {
      characters += scalar.getValue().length();
      if (characters > MAX_CHARACTERS) {
        throw new LimitExceeded(node, "is larger than " + MAX_CHARACTERS + " characters");
      }
      return;
    }
    if (!parents.add(node)) {
      throw new LimitExceeded(node, "contains itself");
    }
    children(node).forEach(this::check);
    parents.remove(node);
  }

  private static List<? extends Node> children(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    if (node instanceof MappingNode map) {
      return map.getValue().stream()
          .flatMap(entry -> List.of(entry.getKeyNode(), entry.getValueNode()).stream())
          .toList();
    }
    return List.of();
  }
}
