package io.cta.server;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import io.cta.domain.AccessRole;
import io.cta.server.access.AuthenticatedPrincipal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The steps by which a credential is read from a request, or somebody's role is decided on. */
final class AccessCalls {
  private static final Set<String> COOKIES = Set.of("cookies", "getCookie", "getCookies");
  private static final Set<String> COMPARISONS = Set.of("covers", "compareTo", "ordinal");
  private static final Set<String> RIGHTS = Set.of("role", "kind");
  private static final Set<String> NAMES = Set.of("Authorization", "authorization", "X-CSRF-Token");

  /** The tag of a text among the constants of a class file. */
  private static final char TEXT = 1;

  private AccessCalls() {}

  /** Calls that read a credential from a request. */
  static DescribedPredicate<JavaAccess<?>> reading() {
    return DescribedPredicate.describe(
        "read a credential",
        access ->
            on(access, HttpServerRequest.class, COOKIES)
                || on(access, HttpHeaders.class, Set.of("AUTHORIZATION", "COOKIE")));
  }

  /** Calls that look at what a principal may do, or compare roles. */
  static DescribedPredicate<JavaAccess<?>> deciding() {
    return DescribedPredicate.describe(
        "decide on a role",
        access ->
            on(access, AccessRole.class, COMPARISONS)
                || on(access, AuthenticatedPrincipal.class, RIGHTS));
  }

  /** Classes with the name of a credential's header among their constants. */
  static DescribedPredicate<JavaClass> namingAHeader() {
    return DescribedPredicate.describe("name a credential's header", AccessCalls::names);
  }

  private static boolean on(JavaAccess<?> access, Class<?> type, Set<String> members) {
    return access.getTargetOwner().isEquivalentTo(type)
        && members.contains(access.getTarget().getName());
  }

  private static boolean names(JavaClass type) {
    String bytes = bytes(type);
    return NAMES.stream()
        .anyMatch(name -> bytes.contains("" + TEXT + '\0' + (char) name.length() + name));
  }

  private static String bytes(JavaClass type) {
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
