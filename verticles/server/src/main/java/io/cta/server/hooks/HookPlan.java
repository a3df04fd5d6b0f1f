package io.cta.server.hooks;

import io.cta.domain.ExecutionSource;
import io.cta.domain.Hook;
import io.cta.domain.HookTrigger;
import io.cta.domain.ScenarioReport;
import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Decides what a call starts. Pure. */
public final class HookPlan {
  private static final int MAX_VALUE = 8_192;

  private HookPlan() {}

  /** A scenario to start. */
  public record PlannedStart(
      String scenario,
      Map<String, String> parameters,
      String ref,
      ExecutionSource source,
      ScenarioReport report) {}

  /** Empty when no trigger wants it. */
  public static List<PlannedStart> of(Hook hook, HookFacts facts) {
    List<PlannedStart> out = new ArrayList<>();
    for (HookTrigger trigger : hook.triggers()) {
      if (wants(trigger, facts)) {
        out.add(start(hook, trigger, facts));
      }
    }
    return out;
  }

  private static boolean wants(HookTrigger trigger, HookFacts facts) {
    boolean event =
        trigger.events().isEmpty()
            ? facts.event().equals("push")
            : trigger.events().contains(facts.event());
    String name = facts.branch() != null ? facts.branch() : facts.tag();
    return event
        && (trigger.branches().isEmpty()
            || name != null && trigger.branches().stream().anyMatch(one -> matches(one, name)));
  }

  /** True when a name fits a pattern in which {@code *} stands for any characters. */
  static boolean matches(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (String part : pattern.split("\\*+", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*?").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }

  private static PlannedStart start(Hook hook, HookTrigger trigger, HookFacts facts) {
    Map<String, String> values = facts.fields();
    Map<String, String> parameters = new LinkedHashMap<>();
    trigger.parameters().forEach((name, field) -> parameters.put(name, cut(values.get(field))));
    return new PlannedStart(
        trigger.scenario(),
        parameters,
        trigger.checkout() ? facts.commit() : null,
        new ExecutionSource(
            facts.repository(),
            facts.branch() != null ? facts.branch() : facts.tag(),
            facts.commit(),
            facts.author(),
            subject(facts.message()),
            facts.changeRequest(),
            facts.buildNumber(),
            facts.buildLink(),
            facts.pipelineId()),
        report(hook, facts));
  }

  /** The status goes to the project that has the commit, the note to that of the merge request. */
  private static ScenarioReport report(Hook hook, HookFacts facts) {
    if (hook.forge() == null) {
      return null;
    }
    boolean noted = hook.notes() && facts.changeRequest() != null;
    return noted
        ? new ScenarioReport(hook.forge(), facts.project(), true, facts.target())
        : new ScenarioReport(hook.forge(), facts.project());
  }

  private static String subject(String message) {
    return message == null ? null : message.lines().findFirst().orElse(null);
  }

  private static String cut(String text) {
    return TextCut.beginning(text, MAX_VALUE).replace("\0", "");
  }
}
