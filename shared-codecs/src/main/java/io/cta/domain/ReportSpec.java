package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which report files of a test are read after its run: globs below the workspace for each format.
 * Each glob announces a file; a test that writes none for one of them is not ok.
 *
 * @param files globs of files whose format is detected from their content
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record ReportSpec(
    @OneOrMany List<String> junit,
    @OneOrMany List<String> tap,
    @OneOrMany List<String> robot,
    @OneOrMany List<String> cucumber,
    @OneOrMany List<String> trx,
    @OneOrMany List<String> nunit,
    @OneOrMany List<String> xunit,
    @OneOrMany List<String> testng,
    @OneOrMany List<String> ctrf,
    @OneOrMany List<String> gotest,
    @OneOrMany List<String> files) {

  public ReportSpec {
    junit = globs("junit", junit);
    tap = globs("tap", tap);
    robot = globs("robot", robot);
    cucumber = globs("cucumber", cucumber);
    trx = globs("trx", trx);
    nunit = globs("nunit", nunit);
    xunit = globs("xunit", xunit);
    testng = globs("testng", testng);
    ctrf = globs("ctrf", ctrf);
    gotest = globs("gotest", gotest);
    files = globs("files", files);
  }

  /** A report in JUnit XML. */
  public static ReportSpec ofJunit(String... globs) {
    List<String> none = List.of();
    return ReportSpecBuilder.builder()
        .junit(List.of(globs))
        .tap(none)
        .robot(none)
        .cucumber(none)
        .trx(none)
        .nunit(none)
        .xunit(none)
        .testng(none)
        .ctrf(none)
        .gotest(none)
        .files(none)
        .build();
  }

  /** The globs of each key that has any, in the order of the keys. */
  public Map<String, List<String>> globs() {
    Map<String, List<String>> out = new LinkedHashMap<>();
    out.put("junit", junit);
    out.put("tap", tap);
    out.put("robot", robot);
    out.put("cucumber", cucumber);
    out.put("trx", trx);
    out.put("nunit", nunit);
    out.put("xunit", xunit);
    out.put("testng", testng);
    out.put("ctrf", ctrf);
    out.put("gotest", gotest);
    out.put("files", files);
    out.values().removeIf(List::isEmpty);
    return out;
  }

  private static List<String> globs(String key, List<String> globs) {
    return GlobRules.checked("report." + key, globs);
  }
}
