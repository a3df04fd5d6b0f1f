package io.cta.server.after;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterNotification;
import io.cta.domain.AfterReport;
import io.cta.domain.AfterStart;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.ReportTarget;
import io.cta.server.jenkins.BuildRequest;
import io.cta.server.mail.MailAddress;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that handlers keep by themselves, whatever they refer to. Throws INVALID. */
public final class HandlerRules {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}._/-]([\\p{L}\\p{N} ._/-]{0,98}[\\p{L}\\p{N}._/-])?");

  private HandlerRules() {}

  /**
   * Checks the form of all handlers, and their expressions.
   *
   * @param thread see {@link ConditionThread}
   */
  public static Future<Void> check(WorkerExecutor thread, List<AfterHandler> handlers) {
    for (int i = 0; i < handlers.size(); i++) {
      check("after[" + i + "]", handlers.get(i));
    }
    if (handlers.stream().allMatch(handler -> handler.when() == null)) {
      return Future.succeededFuture();
    }
    return thread.executeBlocking(
        () -> {
          for (int i = 0; i < handlers.size(); i++) {
            if (handlers.get(i).when() != null) {
              ConditionCompiler.check("after[" + i + "].when", handlers.get(i).when());
            }
          }
          return null;
        },
        false);
  }

  private static void check(String at, AfterHandler handler) {
    if (handler.when() != null && handler.on() != null) {
      throw ServiceFailure.invalid(at + ".on", "must not be there together with when");
    }
    long actions =
        Stream.of(
                handler.notification(),
                handler.start(),
                handler.build(),
                handler.push(),
                handler.report())
            .filter(Objects::nonNull)
            .count();
    if (actions != 1) {
      throw ServiceFailure.invalid(
          at,
          "must have exactly one action, notify, start, build, push or report, and has " + actions);
    }
    if (handler.notification() != null) {
      check(at + ".notify", handler.notification());
    } else if (handler.start() != null) {
      check(at + ".start", handler.start());
    } else if (handler.report() != null) {
      check(at + ".report", handler.report());
    } else if (handler.build() != null) {
      BuildRequest.check(at + ".build", handler.build());
      checkTexts(at + ".build.parameters.", handler.build().parameters());
    }
  }

  private static void check(String at, AfterNotification notification) {
    for (int i = 0; i < notification.email().size(); i++) {
      if (!MailAddress.is(notification.email().get(i))) {
        throw ServiceFailure.invalid(
            at + ".email[" + i + "]", "must be an e-mail address such as team@example.org");
      }
    }
    if (notification.channels().isEmpty() && notification.email().isEmpty()) {
      throw ServiceFailure.invalid(
          at + ".channels", "must name at least one channel, or email an address");
    }
  }

  private static void check(String at, AfterStart start) {
    if (start.scenario() == null || start.scenario().isBlank()) {
      throw ServiceFailure.invalid(at + ".scenario", "is required");
    }
    if (start.ref() != null) {
      HandlerText.check(at + ".ref", start.ref());
    }
    checkTexts(at + ".parameters.", start.parameters());
  }

  private static void check(String at, AfterReport report) {
    if (report.project() != null) {
      ReportTarget.checkProject(at + ".project", report.project());
    }
    if (report.name() != null && !NAME.matcher(report.name()).matches()) {
      throw ServiceFailure.invalid(
          at + ".name",
          "must have 1 to " + AfterReport.MAX_NAME + " letters, digits, blanks and ._/-");
    }
  }

  private static void checkTexts(String at, Map<String, String> parameters) {
    parameters.forEach((name, text) -> HandlerText.check(at + name, text));
  }
}
