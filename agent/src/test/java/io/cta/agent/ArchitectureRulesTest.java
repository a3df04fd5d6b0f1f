package io.cta.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cta.broker.TimeCalls;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which parts of the agent may depend on which. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ArchitectureRulesTest {
  private static JavaClasses agent;

  @BeforeAll
  static void read() {
    agent =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.cta.agent");
  }

  @Test
  void theAgentKnowsNoServerAndNoStore() {
    assertTrue(agent.size() > 50, "classes found: " + agent.size());
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cta.server..", "io.cta.cli..", "java.sql..", "io.vertx.ext..")
        .check(agent);
  }

  @Test
  void itsPartsHaveNoCycles() {
    slices().matching("io.cta.agent.(*)..").should().beFreeOfCycles().check(agent);
  }

  @Test
  void processesAndReportsKnowNothingOfMessages() {
    noClasses()
        .that()
        .resideInAnyPackage("io.cta.agent.process..", "io.cta.agent.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cta.message..", "io.cta.broker..", "io.vertx..")
        .check(agent);
  }

  @Test
  void onlyTheLinkKnowsWhichBrokerItIs() {
    classes()
        .that()
        .resideOutsideOfPackage("io.cta.agent")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "io.cta.broker.websocket..",
            "io.cta.broker.embedded..",
            "io.cta.broker.rabbitmq..",
            "io.cta.broker.kafka..")
        .check(agent);
  }

  @Test
  void timeIsMadeAtTheEntryAndHandedOn() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.cta.agent.AgentRunner")
        .should()
        .accessTargetWhere(TimeCalls.any())
        .because(
            "a jump of the wall clock must not reach what waits: the program makes the one"
                + " TimeSource")
        .check(agent);
  }
}
