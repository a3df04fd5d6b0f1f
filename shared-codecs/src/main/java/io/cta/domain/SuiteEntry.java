package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;

/**
 * One line of a suite's list: a test written out in place, or {@code {ref: NAME}} for a stored
 * test, or {@code {suite: NAME}} for all tests of another suite. Exactly one of the three is set.
 *
 * @param ref id or name of a stored test
 * @param suite id or name of another suite
 * @param test a test written out in place
 */
public record SuiteEntry(String ref, String suite, Test test) {
  public SuiteEntry {
    int set = (ref == null ? 0 : 1) + (suite == null ? 0 : 1) + (test == null ? 0 : 1);
    if (set != 1) {
      throw ServiceFailure.invalid("tests", "entries must be a test, {ref: …} or {suite: …}");
    }
  }

  @JsonCreator
  static SuiteEntry read(JsonNode node) {
    if (node.has("ref") || node.has("suite")) {
      return new SuiteEntry(node.path("ref").textValue(), node.path("suite").textValue(), null);
    }
    return new SuiteEntry(null, null, JsonMapping.mapper().convertValue(node, Test.class));
  }

  @JsonValue
  JsonNode write() {
    if (test != null) {
      return JsonMapping.mapper().valueToTree(test);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put(ref == null ? "suite" : "ref", ref == null ? suite : ref);
  }
}
