package io.cta.agent.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the variables of the agent's own environment that tests see: those that say where and who
 * a process is, and those that the operator names. All others, such as secrets, stay hidden.
 * agent/README.md has the list.
 */
public final class InheritedVariables {
  /** A {@code *} at the end stands for any further letters. */
  private static final List<String> ALWAYS =
      List.of(
          "PATH HOME USER LOGNAME SHELL TERM LANG LANGUAGE LC_* TZ TMPDIR TMP TEMP",
          "DISPLAY WAYLAND_DISPLAY XAUTHORITY XDG_* DBUS_SESSION_BUS_ADDRESS",
          "HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY",
          "http_proxy https_proxy ftp_proxy all_proxy no_proxy",
          "SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE NODE_EXTRA_CA_CERTS",
          "GIT_SSL_CAINFO AWS_CA_BUNDLE PIP_CERT",
          "JAVA_HOME JAVA_HOME_* JDK_HOME M2_HOME MAVEN_HOME GRADLE_HOME ANDROID_HOME",
          "ANDROID_SDK_ROOT CARGO_HOME RUSTUP_HOME GOPATH GOROOT NVM_DIR PYENV_ROOT VIRTUAL_ENV",
          "LD_LIBRARY_PATH DYLD_LIBRARY_PATH CUDA_VISIBLE_DEVICES DOCKER_HOST");

  private static final List<String> ON_WINDOWS =
      List.of(
          "SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS PUBLIC COMPUTERNAME USERNAME",
          "USERDOMAIN USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA ALLUSERSPROFILE",
          "PROGRAMDATA PROGRAMFILES* PROGRAMW6432 COMMONPROGRAM* PROCESSOR_* NUMBER_OF_PROCESSORS",
          "PSMODULEPATH");

  private final boolean windows;
  private final Set<String> names;
  private final List<String> beginnings;

  /**
   * @param more names that the operator adds; {@code *} alone adds all but the agent's own
   */
  public InheritedVariables(List<String> more) {
    this(more, OperatingSystem.CURRENT);
  }

  InheritedVariables(List<String> more, OperatingSystem operatingSystem) {
    windows = operatingSystem == OperatingSystem.WINDOWS;
    List<String> all = new ArrayList<>(words(ALWAYS));
    all.addAll(windows ? words(ON_WINDOWS) : List.of());
    all.addAll(more);
    names =
        all.stream().filter(name -> !name.endsWith("*")).map(this::key).collect(Collectors.toSet());
    beginnings =
        all.stream()
            .filter(name -> name.endsWith("*"))
            .map(name -> key(name.substring(0, name.length() - 1)))
            .toList();
  }

  /** Whether tests see the variable. */
  public boolean includes(String name) {
    String key = key(name);
    return !isAgents(name)
        && (names.contains(key) || beginnings.stream().anyMatch(key::startsWith));
  }

  /** The variables that tests do not see, sorted, without those that configure the agent. */
  public List<String> withheld(Collection<String> environment) {
    return environment.stream().filter(n -> !isAgents(n) && !includes(n)).sorted().toList();
  }

  /** Whether the variable configures an agent; some of these hold its tokens. */
  public static boolean isAgents(String name) {
    return name.toUpperCase(Locale.ROOT).startsWith("CTA_AGENT_");
  }

  private static List<String> words(List<String> lines) {
    return lines.stream().flatMap(line -> Stream.of(line.split(" "))).toList();
  }

  /** The name for comparison: Windows ignores case. */
  private String key(String name) {
    return windows ? name.toUpperCase(Locale.ROOT) : name;
  }
}
