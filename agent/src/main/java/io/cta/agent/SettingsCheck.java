package io.cta.agent;

import java.net.URI;
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
import java.util.regex.Pattern;

/** Makes settings of options and environment, and collects everything that is wrong with them. */
final class SettingsCheck {
  private static final String PREFIX = "CTA_AGENT_";
  private static final Set<String> VARIABLES =
      Set.of(
          "SERVER",
          "TOKEN",
          "NAME",
          "LABELS",
          "PROPERTY",
          "SLOTS",
          "DATA",
          "LOG_LIMIT",
          "LINK",
          "RABBITMQ",
          "KAFKA",
          "KAFKA_TLS",
          "KAFKA_MECHANISM",
          "KAFKA_USER",
          "KAFKA_PASSWORD",
          "TRUST");
  private static final Set<String> OF_LAUNCH = Set.of("LOG_LEVEL");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:@ +-]{0,127}");
  private static final long MIN_LOG = 1024;
  private static final long MAX_LOG = 4L << 30;

  private final Options options;
  private final Map<String, String> env;
  private final String hostname;
  private final List<String> errors = new ArrayList<>();

  SettingsCheck(Options options, Map<String, String> env, String hostname) {
    this.options = options;
    this.env = env;
    this.hostname = hostname;
  }

  /** The settings; worth nothing when there are {@link #errors()}. */
  Settings settings() {
    for (String variable : new TreeSet<>(env.keySet())) {
      String key = variable.startsWith(PREFIX) ? variable.substring(PREFIX.length()) : null;
      if (key != null && !VARIABLES.contains(key) && !OF_LAUNCH.contains(key)) {
        errors.add("unknown environment variable " + variable);
      }
    }
    String name = name(given(options.name, "NAME"));
    return new Settings(
        servers(given(options.server, "SERVER")),
        given(options.token, "TOKEN"),
        name,
        list(given(options.labels, "LABELS")),
        properties(),
        slots(given(options.slots, "SLOTS")),
        data(given(options.data, "DATA")),
        logLimit(given(options.logLimit, "LOG_LIMIT")),
        new LinkCheck(options, this::given, errors).settings(name));
  }

  List<String> errors() {
    return errors;
  }

  private String given(String option, String variable) {
    String value = option == null ? env.get(PREFIX + variable) : option;
    return value == null || value.isBlank() ? null : value.strip();
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
      // said below
    }
    errors.add("--server must be an address such as http://cta.example.org:8080, not " + text);
    return null;
  }

  private String name(String text) {
    String name = text == null ? hostname : text;
    if (!NAME.matcher(name).matches()) {
      errors.add(
          "--name must be 1 to 128 letters, digits, spaces or ._:@+- and start with a letter or"
              + " digit, not "
              + name);
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
      // said below
    }
    errors.add("--slots must be a number from 1 to 1000, not " + text);
    return 1;
  }

  private Path data(String text) {
    try {
      return text == null ? Path.of(System.getProperty("user.home"), ".cta-agent") : Path.of(text);
    } catch (InvalidPathException e) {
      errors.add("--data is not a path: " + text);
      return null;
    }
  }

  private long logLimit(String text) {
    long limit = text == null ? 16 << 20 : Sizes.parse(text);
    if (limit < MIN_LOG || limit > MAX_LOG) {
      errors.add("--log-limit must be a size from 1KB to 4GB, such as 16MB, not " + text);
    }
    return limit;
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
