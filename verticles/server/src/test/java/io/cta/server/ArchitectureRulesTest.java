package io.cta.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cta.broker.TimeCalls;
import io.cta.server.view.OutwardView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directions between the rooms of the house. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ArchitectureRulesTest {
  private static final List<String> SERVICES =
      List.of(
          "registration",
          "dispatch",
          "tracking",
          "aggregation",
          "schedule",
          "api",
          "gateway",
          "live",
          "ingress",
          "notify",
          "retention");

  /** Those of REST and the live feed that make JSON text of other things than views. */
  private static final Map<String, String> ENCODERS =
      Map.of(
          "ContractFileReader", "the contract",
          "ContractPage", "the contract",
          "IdempotencyHandler", "a digest of a request",
          "LiveMessage", "a topic's name",
          "MachineRules", "a digest for an entity tag");

  /** Those of REST and the live feed that write to a client. */
  private static final Map<String, String> WRITERS =
      Map.of(
          "ArtifactSender", "files of tests",
          "ContractPage", "the contract",
          "ExportResource", "views in the format of other programs",
          "LogResource", "output of tests",
          "LogStreamer", "output of tests",
          "OperationRegistry", "the bytes of a response",
          "SharedLinkRoutes", "badges and feeds",
          "SockJsViewer", "the text of a message",
          "WebSocketViewer", "the text of a message");

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.cta");
  }

  static Stream<String> services() {
    return SERVICES.stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void aServiceKnowsNoOtherService(String service) {
    String[] others =
        SERVICES.stream()
            .filter(other -> !other.equals(service))
            .map(other -> "io.cta.server." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.cta.server." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(house);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.cta.server.(**)", "io.cta.cli.(**)", "io.cta.broker.(**)"})
  void packagesFormNoCycles(String packages) {
    slices().matching(packages).should().beFreeOfCycles().check(house);
  }

  @Test
  void onlyTheCommandLineKnowsAdmin() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.cta.server.admin..", "io.cta.server.launch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.cta.server.admin..")
        .check(house);
  }

  @Test
  void onlyLaunchKnowsLaunch() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.cta.server.launch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.cta.server.launch..")
        .check(house);
  }

  @Test
  void sqlStaysInItsStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cta.server.store.sqlite..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..")
        .check(house);
  }

  @Test
  void mongoStaysInItsStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cta.server.store.mongo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.ext.mongo..", "com.mongodb..")
        .check(house);
  }

  @Test
  void theClientOfRabbitMqStaysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cta.broker.rabbitmq..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.rabbitmq..", "com.rabbitmq..")
        .check(house);
  }

  @Test
  void theClusterManagerStaysInLaunch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cta.server.launch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..")
        .check(house);
  }

  @Test
  void kafkaStaysInItsBroker() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cta.broker.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.kafka..", "org.apache.kafka..")
        .check(house);
  }

  @Test
  void whatMakesAClusterKnowsNoService() {
    String[] services =
        SERVICES.stream().map(service -> "io.cta.server." + service + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.cta.server.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(services)
        .check(house);
  }

  @Test
  void theServerKnowsNoAgentAndTheLowerFloorsKnowNoServer() {
    noClasses().should().dependOnClassesThat().resideInAPackage("io.cta.agent..").check(house);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.cta.server..", "io.cta.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.cta.server..")
        .check(house);
  }

  @Test
  void timeIsMadeAtTheEntriesAndHandedOn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.cta.time..", "io.cta.server.launch..", "io.cta.server.admin..", "io.cta.cli..")
        .and()
        .doNotHaveFullyQualifiedName("io.cta.message.MessageEnvelope")
        .and()
        .doNotHaveFullyQualifiedName("io.cta.domain.IdGenerator")
        .should()
        .accessTargetWhere(TimeCalls.any())
        .because(
            "a jump of the wall clock must not reach what waits: a program's entry makes the one"
                + " TimeSource; messages and ids stamp themselves, for people; the commands of a terminal"
                + " are entries, each of a process of its own")
        .check(house);
  }

  @Test
  void theRuleOfTimeSeesABreach() {
    assertFalse(
        noClasses()
            .should()
            .accessTargetWhere(TimeCalls.any())
            .evaluate(house)
            .getFailureReport()
            .isEmpty());
  }

  @Test
  void aViewIsARecordOfTheRoomForViews() {
    classes()
        .that()
        .implement(OutwardView.class)
        .should()
        .beRecords()
        .andShould()
        .resideInAPackage("io.cta.server.view..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("io.cta.server.view..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.cta.server..")
                .and(DescribedPredicate.not(resideInAPackage("io.cta.server.view.."))))
        .check(house);
  }

  @Test
  void aViewHoldsNothingThatCouldGrowUnseen() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.cta.server.view..")
        .should(OutwardCalls.showNoMoreThanItsView())
        .check(house);
  }

  @Test
  void onlyViewsAreEncodedForWhoAsks() {
    noClasses()
        .that(mayOnlyAnswerViews(ENCODERS.keySet()))
        .should()
        .accessTargetWhere(OutwardCalls.encoding())
        .because("what leaves the server is a view; the others encode " + ENCODERS)
        .check(house);
  }

  @Test
  void onlyAFewWriteToWhoAsks() {
    noClasses()
        .that(mayOnlyAnswerViews(WRITERS.keySet()))
        .should()
        .accessTargetWhere(OutwardCalls.writing())
        .because("what leaves the server is a view; the others write " + WRITERS)
        .check(house);
  }

  @Test
  void theRulesOfViewsSeeABreach() {
    for (String exempt : ENCODERS.keySet()) {
      assertTrue(breaks(exempt, OutwardCalls.encoding()), exempt + " needs no exemption");
    }
    for (String exempt : WRITERS.keySet()) {
      assertTrue(breaks(exempt, OutwardCalls.writing()), exempt + " needs no exemption");
    }
    assertTrue(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleName("ExecutionChanged")
            .should(OutwardCalls.showNoMoreThanItsView())
            .evaluate(house)
            .hasViolation());
  }

  private static boolean breaks(String name, DescribedPredicate<JavaAccess<?>> calls) {
    return noClasses()
        .that()
        .haveSimpleName(name)
        .should()
        .accessTargetWhere(calls)
        .evaluate(house)
        .hasViolation();
  }

  /** The classes of REST and the live feed, without some. */
  private static DescribedPredicate<JavaClass> mayOnlyAnswerViews(Set<String> exempt) {
    return resideInAnyPackage("io.cta.server.api..", "io.cta.server.live..")
        .and(DescribedPredicate.describe("are not exempt", c -> !exempt.contains(outer(c))));
  }

  private static String outer(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureRulesTest::outer).orElse(type.getSimpleName());
  }

  @Test
  void theRulesSeeTheHouseAndABreachOfIt() {
    assertTrue(house.size() > 100, "classes found: " + house.size());
    assertFalse(
        classes()
            .that()
            .resideInAPackage("io.cta.server.store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAPackage("java.lang..")
            .evaluate(house)
            .getFailureReport()
            .isEmpty());
  }
}
