package io.cta.server.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Filter.Op;
import org.junit.jupiter.api.Test;

/** The queries that CTA asks go by the index that finds fewest, in the order asked for. */
class IndexChoiceTest {
  private static String index(CollectionSpec spec, Filter filter, String sort) {
    IndexChoice choice = IndexChoice.of(new Table(spec).indexes, filter, sort);
    String name = choice.index() == null ? null : choice.index().name();
    return choice.split() == null ? name : name + " for each " + choice.split().field();
  }

  @Test
  void statusesOfAnExecutionOrTaskGoByItWhateverNarrowsThem() {
    Filter execution = Filter.eq("executionId", "e");
    assertEquals("executionId id", index(Collections.STATUSES, execution, "id"));
    Filter narrow = Filter.eq("result", "failed").and("executionId", Op.EQ, "e");
    assertEquals("executionId id", index(Collections.STATUSES, narrow, "id"));
    Filter test = Filter.eq("testId", "t").and("executionId", Op.EQ, "e");
    assertEquals("executionId id", index(Collections.STATUSES, test, "id"));
    Filter both = execution.and("taskId", Op.EQ, "t").and("attempt", Op.EQ, 1);
    assertEquals("taskId id", index(Collections.STATUSES, both, "id"));
    assertEquals("executionId id", index(Collections.STATUSES, execution, null));
    assertEquals("testId id", index(Collections.STATUSES, Filter.eq("testId", "t"), "id"));
  }

  @Test
  void aLogIsReadInItsOrder() {
    Filter attempt = Filter.eq("taskId", "t").and("attempt", Op.EQ, 1);
    Filter later = attempt.and("offset", Op.GTE, 9);
    assertEquals("taskId attempt offset", index(Collections.LOGS, later, "offset"));
  }

  @Test
  void severalStatesAreAskedForOneByOneWhenIdsAreTheOrder() {
    Filter active = Filter.ALL.and("state", Op.IN, "pending", "running");
    assertEquals("state id for each state", index(Collections.EXECUTIONS, active, "id"));
    assertEquals("state id for each state", index(Collections.TASKS, active, "id"));
    assertEquals("state id", index(Collections.TASKS, active, null));
    assertNull(index(Collections.EXECUTIONS, active, "requestedAt"));
  }

  @Test
  void aSweepGoesByItsDeadline() {
    Filter passed = Filter.ALL.and("deadline", Op.LTE, "2026");
    assertEquals("deadline id", index(Collections.TASKS, passed, "deadline"));
    assertNull(index(Collections.TASKS, passed, "id"));
  }

  @Test
  void idsAndUniqueFieldsNeedNoAdvice() {
    Filter id = Filter.eq("executionId", "e").and("id", Op.EQ, "s");
    assertNull(index(Collections.STATUSES, id, "id"));
    assertNull(index(Collections.SCENARIOS, Filter.eq("name", "n").and("suite", Op.EQ, "s"), "id"));
    assertNull(index(Collections.STATUSES, Filter.ALL, "id"));
    assertNull(index(Collections.MACHINES, Filter.eq("labels", "l"), "id"));
  }
}
