package io.cta.server.executions;

import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.ReportSpec;
import io.cta.domain.ReportSpecBuilder;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.Test;
import io.cta.domain.TestBuilder;
import io.cta.domain.TimeLimit;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows the fields of a suite and a scenario in which parameters are replaced: of inputs, of tests
 * the environment, the report, the artifacts and the limits, and of a scenario its limits. Scripts
 * are not among them: there a parameter is an environment variable, so that its value is never a
 * part of a program. Pure.
 */
final class ParameterFields {
  private ParameterFields() {}

  /** What becomes of a text, whose field it may name in a failure. */
  @FunctionalInterface
  interface TextChange {
    String of(String field, String text);
  }

  /**
   * @param at where the input is, for example {@code inputs[0]}
   */
  static Repository change(String at, Repository r, TextChange change) {
    return RepositoryBuilder.builder(r)
        .artifact(text(at + ".artifact", r.artifact(), change))
        .url(text(at + ".url", r.url(), change))
        .path(text(at + ".path", r.path(), change))
        .ref(text(at + ".ref", r.ref(), change))
        .sha256(text(at + ".sha256", r.sha256(), change))
        .folder(text(at + ".folder", r.folder(), change))
        .endpoint(text(at + ".endpoint", r.endpoint(), change))
        .version(text(at + ".version", r.version(), change))
        .build();
  }

  /**
   * @param at where the test is, for example {@code tests[0]}
   */
  static Test change(String at, Test test, TextChange change) {
    List<Stage> stages = new ArrayList<>(test.stages().size());
    for (int i = 0; i < test.stages().size(); i++) {
      stages.add(change(at + ".stages[" + i + "]", test.stages().get(i), change));
    }
    return TestBuilder.builder(test)
        .stages(stages)
        .env(texts(at + ".env", test.env(), change))
        .timeout(limit(at + ".timeout", test.timeout(), change))
        .report(report(at + ".report", test.report(), change))
        .artifacts(texts(at + ".artifacts", test.artifacts(), change))
        .build();
  }

  /**
   * @param at where the limits are: {@code timeouts}
   */
  static ExecutionTimeouts change(String at, ExecutionTimeouts limits, TextChange change) {
    return new ExecutionTimeouts(
        limit(at + ".pending", limits.pending(), change),
        limit(at + ".running", limits.running(), change));
  }

  private static Stage change(String at, Stage stage, TextChange change) {
    try {
      return StageBuilder.builder(stage)
          .env(texts(at + ".env", stage.env(), change))
          .timeout(limit(at + ".timeout", stage.timeout(), change))
          .stopTimeout(limit(at + ".stopTimeout", stage.stopTimeout(), change))
          .build();
    } catch (ServiceFailure e) {
      throw e.field() == null || e.field().startsWith(at)
          ? e
          : ServiceFailure.invalid(at + "." + e.field(), e.getMessage());
    }
  }

  private static ReportSpec report(String at, ReportSpec r, TextChange change) {
    return r == null
        ? null
        : ReportSpecBuilder.builder()
            .junit(texts(at + ".junit", r.junit(), change))
            .tap(texts(at + ".tap", r.tap(), change))
            .robot(texts(at + ".robot", r.robot(), change))
            .cucumber(texts(at + ".cucumber", r.cucumber(), change))
            .trx(texts(at + ".trx", r.trx(), change))
            .nunit(texts(at + ".nunit", r.nunit(), change))
            .xunit(texts(at + ".xunit", r.xunit(), change))
            .testng(texts(at + ".testng", r.testng(), change))
            .ctrf(texts(at + ".ctrf", r.ctrf(), change))
            .gotest(texts(at + ".gotest", r.gotest(), change))
            .files(texts(at + ".files", r.files(), change))
            .build();
  }

  private static TimeLimit limit(String field, TimeLimit limit, TextChange change) {
    return limit == null || limit.text() == null
        ? limit
        : TimeLimit.parse(field, change.of(field, limit.text()));
  }

  private static Map<String, String> texts(
      String field, Map<String, String> texts, TextChange change) {
    Map<String, String> out = new LinkedHashMap<>();
    texts.forEach((name, text) -> out.put(name, change.of(field + "." + name, text)));
    return out;
  }

  private static List<String> texts(String field, List<String> texts, TextChange change) {
    List<String> out = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      out.add(change.of(field + "[" + i + "]", texts.get(i)));
    }
    return out;
  }

  private static String text(String field, String text, TextChange change) {
    return text == null ? null : change.of(field, text);
  }
}
