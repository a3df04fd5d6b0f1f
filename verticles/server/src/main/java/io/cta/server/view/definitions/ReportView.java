package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.ReportSpec;
import java.util.List;

/** Which report files of a test are read; formats without a glob are left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReportView(
    @BareWhenSingle List<String> junit,
    @BareWhenSingle List<String> tap,
    @BareWhenSingle List<String> robot,
    @BareWhenSingle List<String> cucumber,
    @BareWhenSingle List<String> trx,
    @BareWhenSingle List<String> nunit,
    @BareWhenSingle List<String> xunit,
    @BareWhenSingle List<String> testng,
    @BareWhenSingle List<String> ctrf,
    @BareWhenSingle List<String> gotest,
    @BareWhenSingle List<String> files) {
  /** Returns null for null. */
  static ReportView of(ReportSpec r) {
    return r == null
        ? null
        : new ReportView(
            r.junit(),
            r.tap(),
            r.robot(),
            r.cucumber(),
            r.trx(),
            r.nunit(),
            r.xunit(),
            r.testng(),
            r.ctrf(),
            r.gotest(),
            r.files());
  }
}
