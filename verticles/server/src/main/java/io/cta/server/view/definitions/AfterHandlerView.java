package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterTrigger;

/**
 * What to do after an execution.
 *
 * @param notification {@code notify} in JSON, which cannot be the name of a record component
 */
public record AfterHandlerView(
    String when,
    AfterTrigger on,
    @JsonProperty("notify") AfterNotificationView notification,
    AfterStartView start,
    AfterBuildView build,
    AfterPushView push,
    AfterReportView report) {
  static AfterHandlerView of(AfterHandler a) {
    return new AfterHandlerView(
        a.when(),
        a.on(),
        AfterNotificationView.of(a.notification()),
        AfterStartView.of(a.start()),
        AfterBuildView.of(a.build()),
        AfterPushView.of(a.push()),
        AfterReportView.of(a.report()));
  }
}
