package io.cta.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapReaderTest {
  @ParameterizedTest
  @CsvSource({
    "' garbage-first heap   total 262144K, used 2048K [0x01)\n  region size 2048K', 2097152",
    "'def new generation   total 9K, used 1K [0)\ntenured generation   total 8K, used 2K [0)', 3072",
    "'nothing of the kind',",
  })
  void generations_are_summed(String info, Long bytes) {
    assertEquals(Optional.ofNullable(bytes), HeapReader.used(info));
  }
}
