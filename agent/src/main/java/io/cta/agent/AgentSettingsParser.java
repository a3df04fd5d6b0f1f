package io.cta.agent;

import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.process.InheritedVariables;
import io.cta.disk.HomeDirectory;
import io.cta.domain.NameRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Parses the settings from options and environment variables, and collects every error. */
final class AgentSettingsParser {
  private static final String PREFIX = "CTA_AGENT_";
  private static final Set<String> VARIABLES =
      Set.of(
          "SERVER",
          "TOKEN",
          "TOKEN_FILE",
          "NAME",
          "LABELS",
          "PROPERTY",
          "SLOTS",
          "DATA",
          "LOG_LIMIT",
          "MIN_FREE",
          "PASS_ENV",
          "LEGACY_RESULTS",
          "GIT_PROTOCOLS",
          "MAX_DOWNLOAD",
          "MAX_UNPACKED",
          "MAX_ENTRY",
          "MAX_ENTRIES",
          "MAX_DEPTH",
          "CACHE_LIMIT",
          "ARTIFACT_LIMIT",
          "ARTIFACT_TEST_LIMIT",
          "ARTIFACT_TASK_LIMIT",
          "ARTIFACT_FILES",
          "ARTIFACT_UPLOAD_TIME",
          "LINK",
          "RABBITMQ",
          "KAFKA",
          "KAFKA_TLS",
          "KAFKA_MECHANISM",
          "KAFKA_USER",
          "KAFKA_PASSWORD",
          "TRUST");
  private static final Set<String> READ_ELSEWHERE = Set.of("LOG_LEVEL");
  private static final long MIN_LOG_BYTES = 1024;
  private static final long MAX_LOG_BYTES = 4L << 30;
  private static final long MAX_MIN_FREE_BYTES = 1L << 40;

  private final AgentOptions options;
  private final Map<String, String> env;
  private final String hostname;
  private final List<String> errors = new ArrayList<>();

  AgentSettingsParser(AgentOptions options, Map<String, String> env, String hostname) {
    this.options = options;
    this.env = env;
    this.hostname = hostname;
  }

  /** The settings; invalid when there are {@link #errors()}. */
  AgentSettings settings() {
    for (String variable : new TreeSet<>(env.keySet())) {
      String key = variable.startsWith(PREFIX) ? variable.substring(PREFIX.length()) : null;
      if (key != null && !VARIABLES.contains(key) && !READ_ELSEWHERE.contains(key)) {
        errors.add("unknown environment variable " + variable);
      }
    }
    String chosen = given(options.name, "NAME");
    String name = name(chosen);
    long minFree = minFree(given(options.minFree, "MIN_FREE"));
    FetchSettingsParser inputs = new FetchSettingsParser(options, this::given, errors);
    FetchSettings fetch = inputs.settings(minFree);
    long cacheLimit = inputs.cacheLimit();
    return AgentSettingsBuilder.builder()
        .servers(servers(given(options.server, "SERVER")))
        .token(token())
        .name(name)
        .named(chosen != null)
        .labels(list(given(options.labels, "LABELS")))
        .properties(properties())
        .slots(slots(given(options.slots, "SLOTS")))
        .data(data(given(options.data, "DATA")))
        .logLimit(logLimit(given(options.logLimit, "LOG_LIMIT")))
        .minFree(minFree)
        .passEnv(passEnv(list(given(options.passEnv, "PASS_ENV"))))
        .legacyResults(flag("--legacy-results", given(options.legacyResults, "LEGACY_RESULTS")))
        .fetch(fetch)
        .cacheLimit(cacheLimit)
        .artifacts(new ArtifactLimitsParser(options, this::given, errors).limits(minFree))
        .link(new LinkSettingsParser(options, this::given, errors).settings(name))
        .build();
  }

  List<String> errors() {
    return errors;
  }

  private String given(String option, String variable) {
    String value = option == null ? env.get(PREFIX + variable) : option;
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * From the command line, else from the environment; each may give the token itself or its file.
   */
  private String token() {
    boolean byOption = options.token != null || options.tokenFile != null;
    String token = byOption ? options.token : env.get(PREFIX + "TOKEN");
    String file = byOption ? options.tokenFile : env.get(PREFIX + "TOKEN_FILE");
    if (token != null && file != null) {
      errors.add(
          byOption
              ? "--token and --token-file must not be given together"
              : "CTA_AGENT_TOKEN and CTA_AGENT_TOKEN_FILE must not be given together");
      return null;
    }
    String text = file == null ? token : read(file);
    return text == null || text.isBlank() ? null : text.strip();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      errors.add("--token-file (CTA_AGENT_TOKEN_FILE) cannot be read: " + file);
      return null;
    }
  }

  private boolean flag(String option, String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      errors.add(option + " must be true or false, not " + text);
    }
    return "true".equals(text);
  }

  private List<URI> servers(String text) {
    if (text == null || list(text).isEmpty()) {
      errors.add("--server (CTA_AGENT_SERVER) is required");
      return List.of();
    }
    return list(text).stream().map(this::server).filter(Objects::nonNull).toList();
  }

  private URI server(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    errors.add("--server must be an address such as http://cta.example.org:8080, not " + text);
    return null;
  }

  private String name(String text) {
    String name = text == null ? hostname : text;
    if (!NameRules.valid(name)) {
      errors.add("--name must " + NameRules.RULE + ", not " + name);
    }
    return name;
  }

  private int slots(String text) {
    try {
      int slots = text == null ? 1 : Integer.parseInt(text);
      if (slots >= 1 && slots <= 1000) {
        return slots;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    errors.add("--slots must be a number from 1 to 1000, not " + text);
    return 1;
  }

  private Path data(String text) {
    if (text == null) {
      return HomeDirectory.of(env)
          .writable(".cta-agent")
          .orElseGet(
              () -> {
                errors.add(
                    "--data (CTA_AGENT_DATA) is required: this user has no home directory that can"
                        + " be written (HOME is "
                        + (env.get("HOME") == null ? "not set" : env.get("HOME"))
                        + ")");
                return null;
              });
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      errors.add("--data is not a path: " + text);
      return null;
    }
  }

  private long logLimit(String text) {
    long limit = text == null ? 16 << 20 : SizeParser.parse(text);
    if (limit < MIN_LOG_BYTES || limit > MAX_LOG_BYTES) {
      errors.add("--log-limit must be a size from 1KB to 4GB, such as 16MB, not " + text);
    }
    return limit;
  }

  private long minFree(String text) {
    long free = text == null ? 0 : SizeParser.parse(text);
    if (text != null && (free < 1 || free > MAX_MIN_FREE_BYTES)) {
      errors.add("--min-free must be a size from 1 byte to 1024GB, such as 2GB, not " + text);
    }
    return free;
  }

  private List<String> passEnv(List<String> names) {
    for (String name : names) {
      if (!name.matches("[^=*]*\\*?") || InheritedVariables.isAgents(name)) {
        errors.add(
            "--pass-env must be names of variables, or their beginnings and *, and none of "
                + PREFIX
                + "*, not "
                + name);
      }
    }
    return names;
  }

  private Map<String, List<String>> properties() {
    List<String> given =
        options.properties == null ? list(env.get(PREFIX + "PROPERTY")) : options.properties;
    Map<String, List<String>> out = new LinkedHashMap<>();
    for (String property : given) {
      int equals = property.indexOf('=');
      if (equals < 1) {
        errors.add("--property must be KEY=VALUE, not " + property);
      } else {
        out.computeIfAbsent(property.substring(0, equals).strip(), key -> new ArrayList<>())
            .add(property.substring(equals + 1).strip());
      }
    }
    return out;
  }

  private static List<String> list(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
