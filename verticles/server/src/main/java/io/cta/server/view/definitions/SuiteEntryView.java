package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cta.domain.SuiteEntry;

/**
 * One entry of a suite's list: {@code {ref}}, {@code {suite}}, or the fields of an inline test.
 *
 * @param test null unless the other two are
 */
public record SuiteEntryView(String ref, String suite, @JsonUnwrapped TestView test) {
  static SuiteEntryView of(SuiteEntry e) {
    return new SuiteEntryView(e.ref(), e.suite(), e.test() == null ? null : TestView.of(e.test()));
  }
}
