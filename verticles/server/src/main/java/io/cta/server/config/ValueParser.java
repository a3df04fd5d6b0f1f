package io.cta.server.config;

import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.cta.s3.S3Address;
import io.cta.s3.S3Endpoint;
import io.cta.server.http.AddressRange;
import io.cta.server.mail.MailAddress;
import io.cta.server.outgoing.OutgoingAllow;
import io.cta.server.secrets.SecretKeys;
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
 * Parses a key's text to its value.
 *
 * @param rule what the text must be, worded to follow "must be"
 * @param read returns the value; throws IllegalArgumentException when the text breaks the rule
 */
record ValueParser<T>(String rule, Function<String, T> read) {
  private static final Pattern AMQP =
      Pattern.compile(
          "amqps?://([^@/:\\s]*(:[^@/\\s]*)?@)?[^@/?#,\\s]+(,[^@/?#,\\s]+)*(/[^/?#\\s]*)?");

  /** Leaves room for the rest of a key. */
  private static final int MAX_PREFIX = 800;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  /**
   * Excludes the server's own paths, which would be ambiguous behind a proxy that cuts the path.
   */
  private static final Pattern PUBLIC_PATH =
      Pattern.compile(
          "(?!/(api|badges|feeds|health|eventbus|components|pages|styles)(/|$))(?!.*/\\.\\.?(/|$))"
              + "(/[A-Za-z0-9._~-]+)*");

  static ValueParser<String> host() {
    return new ValueParser<>(
        "a host name or address", text -> require(text, text.matches("[^\\s/]+")));
  }

  static ValueParser<String> name() {
    return new ValueParser<>(
        "a name of letters, digits, - and _, at most 63",
        text -> require(text, NAME.matcher(text).matches()));
  }

  static ValueParser<Path> path() {
    return new ValueParser<>("a path", text -> Path.of(require(text, !text.isBlank())));
  }

  static ValueParser<Path> absolutePath() {
    return new ValueParser<>(
        "an absolute path",
        text -> {
          Path path = Path.of(text);
          require(text, path.isAbsolute());
          return path;
        });
  }

  static ValueParser<Path> file() {
    return new ValueParser<>(
        "a file that can be read",
        text -> {
          Path path = Path.of(text);
          require(text, Files.isRegularFile(path) && Files.isReadable(path));
          return path;
        });
  }

  static ValueParser<String> text(int max) {
    return new ValueParser<>(
        "a text of at most " + max + " characters without blanks at the ends",
        text -> require(text, text.length() <= max && text.equals(text.strip())));
  }

  static ValueParser<Boolean> flag() {
    return new ValueParser<>(
        "true or false",
        text -> require(text, text.equals("true") || text.equals("false")).equals("true"));
  }

  static ValueParser<Integer> number(int min, int max) {
    return new ValueParser<>(
        "a whole number from " + min + " to " + max,
        text -> {
          int number = Integer.parseInt(text);
          require(text, number >= min && number <= max);
          return number;
        });
  }

  static ValueParser<Duration> duration(String min, String max) {
    Duration least = DurationFormat.parse("min", min);
    Duration most = DurationFormat.parse("max", max);
    return new ValueParser<>(
        "a duration from " + min + " to " + max + ", such as " + min,
        text -> {
          try {
            Duration duration = DurationFormat.parse("value", text);
            require(text, duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
            return duration;
          } catch (ServiceFailure e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  static ValueParser<Long> size(String min, String max) {
    long least = SizeParser.parse(min);
    long most = SizeParser.parse(max);
    return new ValueParser<>(
        "a size from " + min + " to " + max + ", such as " + min,
        text -> {
          long size = SizeParser.parse(text);
          require(text, size >= least && size <= most);
          return size;
        });
  }

  static <E extends Enum<E>> ValueParser<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(ValueParser::written)
            .collect(Collectors.joining(" or "));
    return new ValueParser<>(
        names,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(e -> written(e).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  static ValueParser<String> url() {
    return new ValueParser<>(
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

  static ValueParser<SecretValue> amqpUrl() {
    return new ValueParser<>(
        "a RabbitMQ address such as amqp://user:password@host:5672/vhost, or amqps:// for TLS",
        text -> new SecretValue(require(text, AMQP.matcher(text).matches())));
  }

  static ValueParser<String> hosts() {
    return new ValueParser<>(
        "addresses such as host:9092, separated by commas",
        text -> require(text, text.matches("[^\\s,/:]+:\\d{1,5}(,[^\\s,/:]+:\\d{1,5})*")));
  }

  static ValueParser<List<AddressRange>> addresses() {
    return new ValueParser<>(
        "addresses such as 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32, separated by commas",
        text -> text.isEmpty() ? List.of() : AddressRange.parseAll(text));
  }

  static ValueParser<OutgoingAllow> outgoing() {
    return new ValueParser<>(
        "host names, addresses or ranges such as hooks.internal, 10.0.0.7 or 10.0.0.0/8, separated"
            + " by commas",
        OutgoingAllow::parse);
  }

  static ValueParser<String> mailAddress() {
    return new ValueParser<>(
        "an e-mail address such as cta@example.org", text -> require(text, MailAddress.is(text)));
  }

  static ValueParser<SecretValue> mongoUrl() {
    return new ValueParser<>(
        "a MongoDB connection string that begins with mongodb:// or mongodb+srv://",
        text -> new SecretValue(require(text, text.matches("mongodb(\\+srv)?://\\S+"))));
  }

  static ValueParser<SecretValue> secret(int min, int max) {
    return new ValueParser<>(
        min + " to " + max + " characters without blanks at the ends",
        text -> {
          require(text, text.length() >= min && text.length() <= max);
          return new SecretValue(require(text, text.equals(text.strip())));
        });
  }

  static ValueParser<SecretValue> token(int min, int max) {
    return new ValueParser<>(
        min + " to " + max + " visible ASCII characters",
        text -> new SecretValue(require(text, text.matches("[!-~]{" + min + "," + max + "}"))));
  }

  static ValueParser<String> visible(int min, int max) {
    return new ValueParser<>(
        min + " to " + max + " visible ASCII characters without / and ,",
        text -> require(text, text.matches("[!-~&&[^/,]]{" + min + "," + max + "}")));
  }

  static ValueParser<S3Address> bucket() {
    return new ValueParser<>(
        "s3://bucket/ or s3://bucket/prefix/, at most " + MAX_PREFIX + " characters",
        text -> {
          require(text, text.length() <= MAX_PREFIX && text.matches("[ -~]+"));
          S3Address address = S3Address.parse(text).orElseThrow(IllegalArgumentException::new);
          require(text, address.isPrefix());
          return address;
        });
  }

  static ValueParser<String> s3Endpoint() {
    return new ValueParser<>(
        S3Endpoint.RULE.replaceFirst("must be ", ""),
        text -> require(text, S3Endpoint.isAddress(text)));
  }

  static ValueParser<String> s3Region() {
    return new ValueParser<>(
        "the name of a region, such as eu-central-1",
        text -> require(text, S3Endpoint.isRegion(text)));
  }

  static ValueParser<SecretValue> secretKeys() {
    return new ValueParser<>(
        "keys of 32 bytes in base64, separated by commas, the newest first",
        text -> {
          SecretKeys.parse(text);
          return new SecretValue(text);
        });
  }

  /** The same parser, with an empty text as absent. */
  ValueParser<Optional<T>> optional() {
    return new ValueParser<>(
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
