package io.cta.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcFieldsTest {
  private static final String TEXT =
      """
      Name:\tjava
      VmRSS:\t  123456 kB
      write_bytes: 4096
      voluntary_ctxt_switches:\t17
      Cpus_allowed_list:\t0-1
      """;

  @ParameterizedTest
  @CsvSource({"VmRSS, 123456", "write_bytes, 4096", "voluntary_ctxt_switches, 17", "absent, 0"})
  void a_field_is_the_number_its_line_begins_with(String name, long value) {
    assertEquals(value, ProcFields.parse(TEXT).number(name));
  }
}
