package io.cta.server.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.StoreCollections;
import org.junit.jupiter.api.Test;

/** CTA's queries use the index that finds the fewest documents, in sort order. */
class IndexChoiceTest {
  private static String index(CollectionSpec spec, DocumentFilter filter, String sort) {
    IndexChoice choice = IndexChoice.of(new CollectionTable(spec).indexes, filter, sort);
    String name = choice.index() == null ? null : choice.index().name();
    return choice.split() == null ? name : name + " for each " + choice.split().field();
  }

  @Test
  void statusesOfAnExecutionOrTaskAreARangeOfIdsWhateverNarrowsThem() {
    DocumentFilter execution = DocumentFilter.eq("executionId", "e");
    assertNull(index(StoreCollections.STATUSES, execution, "id"));
    assertNull(index(StoreCollections.STATUSES, execution, null));
    assertNull(index(StoreCollections.STATUSES, execution.and("result", Op.EQ, "failed"), "id"));
    DocumentFilter both = execution.and("taskId", Op.EQ, "t").and("attempt", Op.EQ, 1);
    assertNull(index(StoreCollections.STATUSES, both, "id"));
    assertNull(index(StoreCollections.STATUSES, execution.and("testId", Op.EQ, "t"), "id"));
    assertNull(index(StoreCollections.TASKS, execution.and("machineId", Op.EQ, "m"), "id"));
  }

  @Test
  void aLogIsReadInItsOrder() {
    DocumentFilter attempt = DocumentFilter.eq("taskId", "t").and("attempt", Op.EQ, 1);
    DocumentFilter later = attempt.and("offset", Op.GTE, 9);
    assertEquals("taskId attempt offset", index(StoreCollections.LOGS, later, "offset"));
  }

  @Test
  void severalStatesAreAskedForOneByOneWhenIdsAreTheOrder() {
    DocumentFilter active = DocumentFilter.ALL.and("state", Op.IN, "pending", "running");
    assertEquals("state id for each state", index(StoreCollections.EXECUTIONS, active, "id"));
    assertEquals("state id for each state", index(StoreCollections.TASKS, active, "id"));
    assertEquals("state id", index(StoreCollections.TASKS, active, null));
    assertNull(index(StoreCollections.EXECUTIONS, active, "requestedAt"));
  }

  @Test
  void aSweepGoesByItsDeadline() {
    DocumentFilter passed = DocumentFilter.ALL.and("deadline", Op.LTE, "2026");
    assertEquals("deadline id", index(StoreCollections.TASKS, passed, "deadline"));
    assertNull(index(StoreCollections.TASKS, passed, "id"));
  }

  @Test
  void idsAndUniqueFieldsNeedNoAdvice() {
    DocumentFilter id = DocumentFilter.eq("executionId", "e").and("id", Op.EQ, "s");
    assertNull(index(StoreCollections.STATUSES, id, "id"));
    assertNull(
        index(
            StoreCollections.SCENARIOS,
            DocumentFilter.eq("name", "n").and("suite", Op.EQ, "s"),
            "id"));
    assertNull(index(StoreCollections.STATUSES, DocumentFilter.ALL, "id"));
    assertNull(index(StoreCollections.MACHINES, DocumentFilter.eq("labels", "l"), "id"));
  }
}
