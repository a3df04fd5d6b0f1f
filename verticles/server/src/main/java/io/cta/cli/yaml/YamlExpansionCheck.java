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
 * Holds a document against what it would be once every alias is written out: a few lines can stand
 * for more than any memory holds, or for something without end. Makes nothing of it.
 */
final class YamlExpansionCheck {
  static final int MAX_VALUES = 200_000;
  static final int MAX_CHARACTERS = 16 * 1024 * 1024;

  private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;
  private long characters;

  /** A fault, and where it is. */
  static final class LimitExceeded extends RuntimeException {
    final transient Node at;

    LimitExceeded(Node at, String text) {
      super(text, null, false, false);
      this.at = at;
    }
  }

  /** Fails with {@link LimitExceeded}; looks at so much only, whatever the document stands for. */
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
    if (!around.add(node)) {
      throw new LimitExceeded(node, "contains itself");
    }
    children(node).forEach(this::check);
    around.remove(node);
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
