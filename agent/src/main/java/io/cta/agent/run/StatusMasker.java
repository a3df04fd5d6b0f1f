package io.cta.agent.run;

import io.cta.domain.CaseDetails;
import io.cta.domain.CaseDetailsBuilder;
import io.cta.masking.SecretMasker;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes secrets out of the texts of results that tests wrote. Pure. */
final class StatusMasker {
  private final SecretMasker masker;

  StatusMasker(SecretMasker masker) {
    this.masker = masker;
  }

  StatusReport masked(StatusReport s) {
    return masker.isEmpty()
        ? s
        : StatusReportBuilder.builder(s)
            .testName(masker.mask(s.testName()))
            .name(masker.mask(s.name()))
            .message(masker.mask(s.message()))
            .description(masker.mask(s.description()))
            .custom(masker.mask(s.custom()))
            .suite(masker.mask(s.suite()))
            .details(masked(s.details()))
            .build();
  }

  private CaseDetails masked(CaseDetails d) {
    return d == null
        ? null
        : CaseDetailsBuilder.builder(d)
            .file(masker.mask(d.file()))
            .type(masker.mask(d.type()))
            .trace(masker.mask(d.trace()))
            .stdout(masker.mask(d.stdout()))
            .stderr(masker.mask(d.stderr()))
            .properties(masked(d.properties()))
            .attachments(masker.mask(d.attachments()))
            .reruns(masker.mask(d.reruns()))
            .build();
  }

  private Map<String, String> masked(Map<String, String> properties) {
    Map<String, String> out = new LinkedHashMap<>();
    properties.forEach((name, value) -> out.put(masker.mask(name), masker.mask(value)));
    return out;
  }
}
