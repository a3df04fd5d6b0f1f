package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A usage error has an exit code of its own, so that nobody takes it for failed tests. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UsageErrorHandlerTest {
  @ParameterizedTest
  @CsvSource({
    "run nightly --nonsense, --nonsense",
    "run, SCENARIO",
    "log task --follow=perhaps, perhaps",
    "serve --nonsense, --nonsense"
  })
  void whatIsWrongIsNamedAndTheExitCodeIsNoResult(String words, String named) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err));
    assertEquals(64, line.execute(words.split(" ")));
    assertTrue(err.toString().contains(named), err.toString());
  }
}
