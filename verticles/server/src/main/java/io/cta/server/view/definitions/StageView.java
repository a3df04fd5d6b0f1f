package io.cta.server.view.definitions;

import io.cta.domain.ShellKind;
import io.cta.domain.Stage;
import java.util.List;
import java.util.Map;

/** One command of a test. */
public record StageView(
    String name,
    ScriptView run,
    ScriptView stop,
    String cwd,
    Map<String, String> env,
    String timeout,
    String stopTimeout,
    Boolean mandatory,
    Boolean reboot,
    List<Integer> successCodes,
    ShellKind shell) {
  static StageView of(Stage s) {
    return new StageView(
        s.name(),
        ScriptView.of(s.run()),
        ScriptView.of(s.stop()),
        s.cwd(),
        s.env(),
        s.timeout().written(),
        s.stopTimeout().written(),
        s.mandatory(),
        s.reboot(),
        s.successCodes(),
        s.shell());
  }
}
