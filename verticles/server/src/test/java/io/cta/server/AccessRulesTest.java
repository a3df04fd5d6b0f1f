package io.cta.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One room finds out who is asking and decides what they may do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AccessRulesTest {
  private static final String ROOM = "io.cta.server.access..";

  /** It shows people their own role. */
  private static final String SHOWS_A_ROLE = "SessionResource";

  /** They send one: to a forge, to a Jenkins, and with results that are pushed. */
  private static final Set<String> SEND_A_HEADER =
      Set.of("GitHubRequests", "JenkinsSession", "AddressTarget");

  private static JavaClasses server;

  @BeforeAll
  static void read() {
    server =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cta.server");
  }

  @Test
  void onlyTheRoomReadsCredentials() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOM)
        .should()
        .accessTargetWhere(AccessCalls.reading())
        .check(server);
    classes()
        .that(AccessCalls.namingAHeader())
        .and()
        .haveNameNotMatching(".*\\.(" + String.join("|", SEND_A_HEADER) + ")")
        .should()
        .resideInAPackage(ROOM)
        .because("a header with a credential is read by RequestCredential")
        .check(server);
  }

  @Test
  void onlyTheRoomDecidesOnRoles() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOM)
        .and()
        .doNotHaveSimpleName(SHOWS_A_ROLE)
        .should()
        .accessTargetWhere(AccessCalls.deciding())
        .check(server);
  }

  @Test
  void theRulesSeeABreach() {
    assertTrue(breaks(AccessCalls.reading(), "RequestCredential"));
    assertTrue(breaks(AccessCalls.deciding(), "AccessDecision"));
    assertTrue(breaks(AccessCalls.deciding(), SHOWS_A_ROLE));
    Set<String> wanted = new HashSet<>(SEND_A_HEADER);
    wanted.add("RequestAuthenticator");
    assertEquals(
        wanted,
        server.stream()
            .filter(AccessCalls.namingAHeader())
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet()));
  }

  private static boolean breaks(DescribedPredicate<JavaAccess<?>> calls, String name) {
    return noClasses()
        .that()
        .haveSimpleName(name)
        .should()
        .accessTargetWhere(calls)
        .evaluate(server)
        .hasViolation();
  }
}
