package io.cta.server.after;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSource;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.error.ServiceFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placeholders in the texts of handlers. */
class HandlerTextTest {
  private static final Execution EXECUTION =
      ExecutionBuilder.builder()
          .id("E1")
          .scenarioName("nightly")
          .state(State.FINISHED)
          .result(Result.PARTIAL)
          .counts(new ResultCounts(1, 2, 0, 0, 0, 0))
          .source(
              new ExecutionSource(
                  "https://example.org/r",
                  "$(x)${execution.id}",
                  "abc",
                  null,
                  null,
                  null,
                  null,
                  null))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id ${execution.id} of ${execution.scenario}; id E1 of nightly",
        "${execution.state}/${execution.result}; finished/partial",
        "${execution.link}; https://cta/E1",
        "${source.repository}@${source.commit}; https://example.org/r@abc",
        "${source.branch}; $(x)${execution.id}",
        "[${source.author}]; []",
        "${counts.failed} of ${counts.total}; 2 of 3",
        "$${execution.id}; ${execution.id}",
        "plain; plain",
      })
  void aPlaceholderStandsForAFact(String text, String meant) {
    HandlerText.check("f", text);
    assertEquals(meant, HandlerText.of(text, EXECUTION, "https://cta/E1"));
  }

  @Test
  void anUnknownFactIsRefusedWithItsField() {
    ServiceFailure failure =
        assertThrows(
            ServiceFailure.class, () -> HandlerText.check("after[0].start.ref", "x ${source.sha}"));
    assertEquals("after[0].start.ref", failure.field());
    assertTrue(failure.getMessage().contains("${source.sha}"), failure.getMessage());
    assertTrue(failure.getMessage().contains("source.commit"), failure.getMessage());
  }
}
