package io.cta.agent.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class AgentSecretTest {
  @TempDir Path dir;

  @Test
  void whereATokenIsUnknownTheOnesBeforeItAreTriedInTurn() throws Exception {
    try (DataDirectory data = DataDirectory.open(dir)) {
      AgentSecret secret = new AgentSecret(data, new AgentIdentity("m", "a", null, null));
      secret.tryNext();
      assertEquals("a", secret.token());
      secret.keep("b");
      secret.keep("c");
      List<String> tried = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tried.add(secret.token());
        secret.tryNext();
      }
      assertEquals(List.of("c", "b", "a", "c"), tried);
      secret.keep("d");
      assertEquals("d", secret.token());
    }
  }

  @Test
  void tenEarlierTokensAreKept() throws Exception {
    try (DataDirectory data = DataDirectory.open(dir)) {
      AgentSecret secret = new AgentSecret(data, new AgentIdentity("m", "t0", null, null));
      for (int i = 1; i <= 20; i++) {
        secret.keep("t" + i);
      }
      AgentIdentity kept = data.identity().orElseThrow();
      assertEquals("t20", kept.token());
      assertEquals(10, kept.earlier().size());
      assertEquals("t10", kept.earlier().get(9));
    }
  }
}
