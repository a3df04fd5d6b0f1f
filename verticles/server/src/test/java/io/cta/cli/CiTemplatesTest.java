package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** What the jobs for CI systems say to those of the results. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CiTemplatesTest {
  @Test
  void aJobOfGitLabHandsItsReportOverWhateverItsEnd() throws IOException {
    Map<String, Map<String, Object>> jobs =
        new Yaml().load(Files.readString(TopDirectory.path("conf/ci/gitlab.yml")));
    assertTrue(jobs.size() >= 2, jobs.keySet().toString());
    jobs.forEach(
        (name, job) -> {
          Map<?, ?> artifacts = (Map<?, ?>) job.get("artifacts");
          assertEquals("always", artifacts.get("when"), name);
          String report = (String) ((Map<?, ?>) artifacts.get("reports")).get("junit");
          assertTrue(report.endsWith(".xml"), report);
          assertTrue(job.get("script").toString().contains(report), name);
        });
  }
}
