package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.fetch.ArchiveLimits;
import io.cta.agent.fetch.FetchSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What inputs may do is read from variables and options, and mistakes are named. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FetchSettingsParserTest {
  private final Map<String, String> given = new HashMap<>();
  private final List<String> errors = new ArrayList<>();

  @Test
  void withoutAnyTheDefaultsCount() {
    assertEquals(FetchSettings.defaults(null), parser().settings(0));
    assertEquals(0, parser().cacheLimit());
    assertEquals(List.of(), errors);
  }

  @Test
  void eachIsRead() {
    given.putAll(
        Map.of(
            "GIT_PROTOCOLS", "https, ssh",
            "MAX_DOWNLOAD", "2GB",
            "MAX_UNPACKED", "3MB",
            "MAX_ENTRY", "2MB",
            "MAX_ENTRIES", "7",
            "MAX_DEPTH", "9",
            "CACHE_LIMIT", "5GB"));
    FetchSettings settings = parser().settings(42);
    assertEquals(List.of("https", "ssh"), settings.gitProtocols());
    assertEquals(2L << 30, settings.maxDownloadBytes());
    assertEquals(new ArchiveLimits(3 << 20, 2 << 20, 7, 9), settings.archives());
    assertEquals(42, settings.minFreeBytes());
    assertEquals(5L << 30, parser().cacheLimit());
    assertEquals(List.of(), errors);
  }

  @ParameterizedTest
  @CsvSource({
    "GIT_PROTOCOLS,'https,ext',--git-protocols",
    "GIT_PROTOCOLS,fd,--git-protocols",
    "GIT_PROTOCOLS,',',--git-protocols",
    "MAX_DOWNLOAD,much,--max-download",
    "MAX_UNPACKED,0,--max-unpacked",
    "MAX_ENTRY,-1,--max-entry",
    "MAX_ENTRIES,0,--max-entries",
    "MAX_ENTRIES,1e9,--max-entries",
    "MAX_DEPTH,5000,--max-depth",
    "CACHE_LIMIT,x,--cache-limit"
  })
  void aMistakeIsNamed(String variable, String value, String option) {
    given.put(variable, value);
    parser().settings(0);
    parser().cacheLimit();
    assertEquals(1, errors.size());
    assertTrue(errors.get(0).startsWith(option + " must be"), errors.get(0));
  }

  private FetchSettingsParser parser() {
    return new FetchSettingsParser(
        new AgentOptions(), (option, variable) -> given.get(variable), errors);
  }
}
