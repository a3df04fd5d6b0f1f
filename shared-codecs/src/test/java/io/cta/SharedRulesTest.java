package io.cta;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the shared packages may depend on. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SharedRulesTest {
  private static final JavaClasses SHARED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cta");

  @Test
  void knowsNothingOfBrokersServerAndAgent() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cta.broker..", "io.cta.server..", "io.cta.agent..", "io.cta.cli..")
        .check(SHARED);
  }

  @Test
  void domainAndStateAreFreeOfVertxButItsJsonObject() {
    noClasses()
        .that()
        .resideInAnyPackage("io.cta.domain..", "io.cta.state..")
        .should()
        .dependOnClassesThat(vertxOtherThanJsonObject())
        .check(SHARED);
  }

  @Test
  void theFoldsKnowNoClock() {
    noClasses()
        .that()
        .resideInAPackage("io.cta.state..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(SHARED);
  }

  @Test
  void stateDependsOnDomainOnly() {
    classes()
        .that()
        .resideInAPackage("io.cta.state..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.cta.state..", "io.cta.domain..", "java..")
        .check(SHARED);
  }

  @Test
  void theRulesSeeTheClasses() {
    assertTrue(SHARED.size() > 80, "classes found: " + SHARED.size());
    assertTrue(SHARED.contain(io.cta.domain.Status.class));
  }

  private static DescribedPredicate<JavaClass> vertxOtherThanJsonObject() {
    return JavaClass.Predicates.resideInAPackage("io.vertx..")
        .and(DescribedPredicate.not(JavaClass.Predicates.type(JsonObject.class)));
  }
}
