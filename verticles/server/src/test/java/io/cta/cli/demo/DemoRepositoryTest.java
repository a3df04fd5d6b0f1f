package io.cta.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoRepositoryTest {
  @TempDir Path dir;

  @Test
  void eachDemoTestsACommitOfItsOwn() {
    String first = DemoRepository.make(dir.resolve("a b")).commit();
    DemoRepository again = DemoRepository.make(dir.resolve("a b"));
    assertEquals(40, again.commit().length());
    assertNotEquals(first, again.commit());
    assertTrue(Files.exists(again.directory().resolve("greet.sh")));
  }
}
