package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.cli.yaml.SourceDocument;
import io.cta.cli.yaml.YamlDocumentReader;
import io.cta.domain.Configuration;
import io.cta.domain.Scenario;
import io.cta.domain.SuiteEntry;
import io.cta.domain.TestSuite;
import io.cta.json.JsonMapping;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExamplesTest {
  private static final List<SourceDocument> ALL =
      YamlDocumentReader.read(
          List.of(TopDirectory.path("conf/examples").toString()), InputStream.nullInputStream());

  private static <T> List<T> all(String kind, Class<T> type) {
    return ALL.stream()
        .filter(document -> kind.equals(document.content().getString("kind")))
        .map(document -> JsonMapping.fromObject(document.content(), type))
        .toList();
  }

  @Test
  void everyReferenceOfTheExamplesIsAmongThem() {
    Set<String> suites =
        all("TestSuite", TestSuite.class).stream().map(TestSuite::name).collect(Collectors.toSet());
    Set<String> configurations =
        all("Configuration", Configuration.class).stream()
            .map(Configuration::name)
            .collect(Collectors.toSet());
    List<Scenario> scenarios = all("Scenario", Scenario.class);
    assertTrue(scenarios.size() >= 5);
    for (Scenario scenario : scenarios) {
      assertTrue(suites.contains(scenario.suite()), scenario.name());
      assertTrue(configurations.contains(scenario.configuration()), scenario.name());
    }
    all("TestSuite", TestSuite.class).stream()
        .flatMap(suite -> suite.tests().stream())
        .map(SuiteEntry::suite)
        .filter(name -> name != null)
        .forEach(name -> assertTrue(suites.contains(name), name));
  }

  @Test
  void everyTestWithAReportReadsItsOwnReport() {
    List<io.cta.domain.Test> tests =
        all("TestSuite", TestSuite.class).stream()
            .filter(suite -> suite.name().startsWith("commons"))
            .flatMap(suite -> suite.tests().stream())
            .map(SuiteEntry::test)
            .filter(test -> test != null)
            .toList();
    assertTrue(tests.size() >= 17);
    for (io.cta.domain.Test test : tests) {
      assertEquals(List.of("work/" + test.name() + "/reports/*.xml"), test.report().junit());
      assertTrue(test.env().containsKey("OPTIONS"), test.name());
    }
  }

  @Test
  void theScenariosOfTheDemoExist() throws java.io.IOException {
    String script =
        java.nio.file.Files.readString(TopDirectory.path("verticles/bench/src/script/demo.sh"));
    assertTrue(script.contains("commons-parallel codec-mono"));
    Set<String> names =
        all("Scenario", Scenario.class).stream().map(Scenario::name).collect(Collectors.toSet());
    assertTrue(names.containsAll(Set.of("commons-parallel", "codec-mono", "hello")), names + "");
  }
}
