package io.cta.cli.yaml;

import io.vertx.core.json.JsonObject;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A definition and where it was written.
 *
 * @param number 1 for the first document of its file
 */
public record SourceDocument(String file, int number, JsonObject content, Node node) {

  /**
   * {@code file:line, document n}; the line is that of the field, or of the innermost part of it
   * that exists.
   */
  public String place(String field) {
    Node at = node;
    for (String step : field.replace("[", ".[").split("\\.")) {
      Node next = step.isEmpty() ? at : child(at, step);
      if (next == null) {
        break;
      }
      at = next;
    }
    return file + ":" + (at.getStartMark().getLine() + 1) + ", document " + number;
  }

  private static Node child(Node parent, String step) {
    if (parent instanceof SequenceNode list && step.matches("\\[\\d{1,6}]")) {
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      return index < list.getValue().size() ? list.getValue().get(index) : null;
    }
    if (parent instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }
}
