package io.cta.server.config;

import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.server.http.AddressRange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a key's text becomes its value.
 *
 * @param rule what the text must be, in words that follow "must be"
 * @param read the value, or an IllegalArgumentException when the text breaks the rule
 */
record Kind<T>(String rule, Function<String, T> read) {
  private static final Pattern AMQP =
      Pattern.compile(
          "amqps?://([^@/:\\s]*(:[^@/\\s]*)?@)?[^@/?#,\\s]+(,[^@/?#,\\s]+)*(/[^/?#\\s]*)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  /** Not what a proxy that takes the path away could be asked for, too. */
  private static final Pattern PUBLIC_PATH =
      Pattern.compile(
          "(?!/(api|health|eventbus|components|pages|styles)(/|$))(?!.*/\\.\\.?(/|$))"
              + "(/[A-Za-z0-9._~-]+)*");

  static Kind<String> host() {
    return new Kind<>("a host name or address", text -> require(text, text.matches("[^\\s/]+")));
  }

  static Kind<String> name() {
    return new Kind<>(
        "a name of letters, digits, - and _, at most 63",
        text -> require(text, NAME.matcher(text).matches()));
  }

  static Kind<Path> path() {
    return new Kind<>("a path", text -> Path.of(require(text, !text.isBlank())));
  }

  static Kind<Path> file() {
    return new Kind<>(
        "a file that can be read",
        text -> {
          Path path = Path.of(text);
          require(text, Files.isRegularFile(path) && Files.isReadable(path));
          return path;
        });
  }

  static Kind<String> text(int max) {
    return new Kind<>(
        "a text of at most " + max + " characters without blanks at the ends",
        text -> require(text, text.length() <= max && text.equals(text.strip())));
  }

  static Kind<Boolean> flag() {
    return new Kind<>(
        "true or false",
        text -> require(text, text.equals("true") || text.equals("false")).equals("true"));
  }

  static Kind<Integer> number(int min, int max) {
    return new Kind<>(
        "a whole number from " + min + " to " + max,
        text -> {
          int number = Integer.parseInt(text);
          require(text, number >= min && number <= max);
          return number;
        });
  }

  static Kind<Duration> duration(String min, String max) {
    Duration least = Durations.parse("min", min);
    Duration most = Durations.parse("max", max);
    return new Kind<>(
        "a duration from " + min + " to " + max + ", such as " + min,
        text -> {
          try {
            Duration duration = Durations.parse("value", text);
            require(text, duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
            return duration;
          } catch (ServiceFailure e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  static Kind<Long> size(String min, String max) {
    long least = Sizes.parse(min);
    long most = Sizes.parse(max);
    return new Kind<>(
        "a size from " + min + " to " + max + ", such as " + min,
        text -> {
          long size = Sizes.parse(text);
          require(text, size >= least && size <= most);
          return size;
        });
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(Kind::written)
            .collect(Collectors.joining(" or "));
    return new Kind<>(
        names,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(e -> written(e).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  static Kind<String> url() {
    return new Kind<>(
        "an http or https URL such as https://cta.example.org or https://example.org/cta, whose path"
            + " does not begin with one of the server's own",
        text -> {
          URI uri = URI.create(text);
          require(text, "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
          require(text, uri.getHost() != null && uri.getUserInfo() == null);
          require(text, uri.getQuery() == null && uri.getFragment() == null);
          String path = uri.getPath().replaceAll("/+$", "");
          require(text, PUBLIC_PATH.matcher(path).matches());
          return text.replaceAll("/+$", "");
        });
  }

  static Kind<Secret> amqpUrl() {
    return new Kind<>(
        "a RabbitMQ address such as amqp://user:password@host:5672/vhost, or amqps:// for TLS",
        text -> new Secret(require(text, AMQP.matcher(text).matches())));
  }

  static Kind<String> hosts() {
    return new Kind<>(
        "addresses such as host:9092, separated by commas",
        text -> require(text, text.matches("[^\\s,/:]+:\\d{1,5}(,[^\\s,/:]+:\\d{1,5})*")));
  }

  static Kind<List<AddressRange>> addresses() {
    return new Kind<>(
        "addresses such as 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32, separated by commas",
        text -> text.isEmpty() ? List.of() : AddressRange.parseAll(text));
  }

  static Kind<Secret> mongoUrl() {
    return new Kind<>(
        "a MongoDB connection string that begins with mongodb:// or mongodb+srv://",
        text -> new Secret(require(text, text.matches("mongodb(\\+srv)?://\\S+"))));
  }

  static Kind<Secret> secret(int min, int max) {
    return new Kind<>(
        min + " to " + max + " characters without blanks at the ends",
        text -> {
          require(text, text.length() >= min && text.length() <= max);
          return new Secret(require(text, text.equals(text.strip())));
        });
  }

  static Kind<Secret> token(int min, int max) {
    return new Kind<>(
        min + " to " + max + " visible ASCII characters",
        text -> new Secret(require(text, text.matches("[!-~]{" + min + "," + max + "}"))));
  }

  /** The same, and absent when the text is empty. */
  Kind<Optional<T>> optional() {
    return new Kind<>(
        rule, text -> text.isEmpty() ? Optional.empty() : Optional.of(read.apply(text)));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String require(String text, boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
