package io.cta.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ErrorCodeTest {
  @Test
  void everyStatusLeadsBackToACodeThatHasIt() {
    for (ErrorCode code : ErrorCode.values()) {
      assertEquals(code.status(), ErrorCode.ofStatus(code.status()).status());
    }
    assertEquals(ErrorCode.INTERNAL, ErrorCode.ofStatus(-1));
    assertEquals(ErrorCode.INTERNAL, ErrorCode.ofStatus(418));
  }

  @Test
  void wireNamesAreDistinct() {
    long names = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).distinct().count();
    assertEquals(ErrorCode.values().length, names);
  }

  @Test
  void aFailureSaysWhatAndWhere() {
    ServiceFailure invalid = ServiceFailure.invalid("tests[0].stages", "is required");
    assertEquals("tests[0].stages is required", invalid.getMessage());
    assertEquals("tests[0].stages", invalid.field());
    ServiceFailure missing = ServiceFailure.notFound("task", "1-0");
    assertEquals("no task 1-0", missing.getMessage());
    assertNull(missing.field());
    assertEquals(0, missing.getStackTrace().length);
  }
}
