package io.cta.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessToken;
import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Group;
import io.cta.domain.LogChunk;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.domain.TestSuite;
import io.cta.domain.User;
import io.cta.json.JsonMapping;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.view.FilledRecords;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record has the same fields, to a store, as its JSON. */
@Timeout(30)
class RecordFieldsTest {
  static Stream<Arguments> repositories() {
    return Stream.of(
        Arguments.of(StoreCollections.USERS, User.class),
        Arguments.of(StoreCollections.GROUPS, Group.class),
        Arguments.of(StoreCollections.MACHINES, Machine.class),
        Arguments.of(StoreCollections.TESTS, io.cta.domain.Test.class),
        Arguments.of(StoreCollections.CONFIGURATIONS, Configuration.class),
        Arguments.of(StoreCollections.TESTSUITES, TestSuite.class),
        Arguments.of(StoreCollections.SCENARIOS, Scenario.class),
        Arguments.of(StoreCollections.SCHEDULES, Schedule.class),
        Arguments.of(StoreCollections.EXECUTION_SPECS, ExecutionSpec.class),
        Arguments.of(StoreCollections.EXECUTIONS, Execution.class),
        Arguments.of(StoreCollections.TASKS, Task.class),
        Arguments.of(StoreCollections.STATUSES, Status.class),
        Arguments.of(StoreCollections.LOGS, LogChunk.class),
        Arguments.of(StoreCollections.TOKENS, AccessToken.class));
  }

  @ParameterizedTest
  @MethodSource("repositories")
  <T> void everyDeclaredFieldIsThatOfTheJson(CollectionSpec collection, Class<T> type) {
    RecordFields fields = RecordFields.of(collection, type);
    for (int seed = 0; seed < FilledRecords.SEEDS; seed++) {
      T record = new FilledRecords(seed).of(type);
      JsonObject tree = new JsonObject(JsonMapping.encode(record));
      assertEquals(FieldValues.all(collection, tree), fields.values(record));
      DocumentContent content = DocumentContent.ofRecord(record, fields);
      assertEquals(tree, new JsonObject(new String(content.text("x"))));
      assertEquals(content, DocumentContent.ofTree(tree));
      assertEquals(record, DocumentContent.ofText(content.text("x")).as(type));
      assertEquals(record, restored(collection, tree, content).as(type));
    }
  }

  /** What a store has that keeps the id and the plain fields apart from the rest. */
  private static DocumentContent restored(
      CollectionSpec collection, JsonObject tree, DocumentContent content) {
    JsonObject whole = new JsonObject(new String(content.remainder(collection)));
    assertTrue(whole.fieldNames().stream().noneMatch(collection.plain()::contains));
    whole.put("id", tree.getString("id"));
    collection.plain().stream()
        .filter(tree::containsKey)
        .forEach(name -> whole.put(name, tree.getValue(name)));
    return DocumentContent.ofText(whole.encode().getBytes(UTF_8));
  }

  record Inner(Integer count) {}

  record Outer(String id, Inner inner) {}

  @Test
  void aFieldMayBeInsideAnotherRecordOrAbsent() {
    CollectionSpec spec =
        new CollectionSpec(
            "outers", List.of(new Field("inner.count", Type.NUMBER)), List.of(), List.of());
    RecordFields fields = RecordFields.of(spec, Outer.class);
    assertEquals(List.of(7), fields.values(new Outer("o", new Inner(7))));
    assertEquals(null, fields.values(new Outer("o", null)).get(0));
    assertEquals(null, fields.values(new Outer("o", new Inner(null))).get(0));
  }

  @Test
  void aFieldThatTheRecordDoesNotHaveIsAMistakeAtOnce() {
    CollectionSpec spec =
        new CollectionSpec("outers", List.of(new Field("other", Type.TEXT)), List.of(), List.of());
    IllegalArgumentException mistake =
        assertThrows(IllegalArgumentException.class, () -> RecordFields.of(spec, Outer.class));
    assertTrue(mistake.getMessage().contains("other"), mistake.getMessage());
  }
}
