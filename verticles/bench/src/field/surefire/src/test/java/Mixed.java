import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mixed {
  @Test
  void ok() {}

  @Test
  void fails() {
    assertEquals("]]>", "\u001b[31m<b>");
  }

  @Test
  void error() {
    throw new IllegalStateException("broken");
  }

  @Test
  @Disabled("not today")
  void skipped() {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void isNotTwo(int n) {
    assertEquals(true, n != 2);
  }
}
