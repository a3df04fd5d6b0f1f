package io.cta.server.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cta.server.api.contract.ContractFileReader;
import io.cta.server.view.access.CallerView;
import io.cta.server.view.access.EnrolledView;
import io.cta.server.view.access.IssuedTokenView;
import io.cta.server.view.access.OpenedSecretsView;
import io.cta.server.view.access.RenewedSecretView;
import io.cta.server.view.access.SecretView;
import io.cta.server.view.access.TokenView;
import io.cta.server.view.definitions.AppliedView;
import io.cta.server.view.definitions.ChannelView;
import io.cta.server.view.definitions.ConfigurationView;
import io.cta.server.view.definitions.ForgeView;
import io.cta.server.view.definitions.GroupView;
import io.cta.server.view.definitions.HookView;
import io.cta.server.view.definitions.MachineView;
import io.cta.server.view.definitions.ScenarioView;
import io.cta.server.view.definitions.ScheduleView;
import io.cta.server.view.definitions.ScriptView;
import io.cta.server.view.definitions.SharedLinksView;
import io.cta.server.view.definitions.TestSuiteView;
import io.cta.server.view.definitions.TestView;
import io.cta.server.view.definitions.UserView;
import io.cta.server.view.executions.ArtifactProgressView;
import io.cta.server.view.executions.ArtifactView;
import io.cta.server.view.executions.ChainView;
import io.cta.server.view.executions.DeliveryView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.HookAnswerView;
import io.cta.server.view.executions.LogExcerptView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views have exactly the fields of the contract. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ViewContractTest {
  private static final JsonObject CONTRACT = ContractFileReader.read();

  /** Schemas of responses, and the views that they describe. */
  private static final Map<String, Class<? extends Record>> VIEWS =
      Map.ofEntries(
          Map.entry("Applied", AppliedView.class),
          Map.entry("Channel", ChannelView.class),
          Map.entry("Artifact", ArtifactView.class),
          Map.entry("ArtifactProgress", ArtifactProgressView.class),
          Map.entry("Configuration", ConfigurationView.class),
          Map.entry("Delivery", DeliveryView.class),
          Map.entry("Enrolled", EnrolledView.class),
          Map.entry("ExecutionTree", ChainView.class),
          Map.entry("Execution", ExecutionView.class),
          Map.entry("Forge", ForgeView.class),
          Map.entry("Group", GroupView.class),
          Map.entry("Hook", HookView.class),
          Map.entry("HookAnswer", HookAnswerView.class),
          Map.entry("IssuedToken", IssuedTokenView.class),
          Map.entry("LogExcerpt", LogExcerptView.class),
          Map.entry("Machine", MachineView.class),
          Map.entry("Me", CallerView.class),
          Map.entry("OpenedSecrets", OpenedSecretsView.class),
          Map.entry("RenewedSecret", RenewedSecretView.class),
          Map.entry("Scenario", ScenarioView.class),
          Map.entry("Schedule", ScheduleView.class),
          Map.entry("Secret", SecretView.class),
          Map.entry("SharedLinks", SharedLinksView.class),
          Map.entry("Status", StatusView.class),
          Map.entry("Task", TaskView.class),
          Map.entry("Test", TestView.class),
          Map.entry("TestSuite", TestSuiteView.class),
          Map.entry("Token", TokenView.class),
          Map.entry("User", UserView.class));

  /** Records that are not written as JSON objects. */
  private static final Set<Class<?>> NO_OBJECTS = Set.of(ScriptView.class);

  static Set<String> schemas() {
    return VIEWS.keySet();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aViewHasTheFieldsOfItsSchema(String schema) {
    assertEquals(List.of(), new SchemaComparison(CONTRACT).of(schema, VIEWS.get(schema)));
  }

  @Test
  void aPageHasTheFieldsOfItsSchema() {
    for (String name : answers().filter(ViewContractTest::isPage).toList()) {
      JsonObject properties = schema(name).getJsonObject("properties");
      assertEquals(Set.of("items", "next"), properties.fieldNames(), name);
      assertEquals("string", properties.getJsonObject("next").getString("type"), name);
      JsonObject items = properties.getJsonObject("items");
      assertTrue(VIEWS.containsKey(named(items.getJsonObject("items"))), name);
    }
    Stream<String> components =
        Stream.of(PageView.class.getRecordComponents()).map(part -> part.getName());
    assertEquals(Set.of("items", "next"), components.collect(Collectors.toSet()));
  }

  @Test
  void everyResponseHasAView() {
    Set<String> unknown = answers().filter(name -> !isPage(name)).collect(Collectors.toSet());
    unknown.removeAll(VIEWS.keySet());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void noViewIsOutsideTheContract() {
    SchemaComparison comparison = new SchemaComparison(CONTRACT);
    VIEWS.forEach(comparison::of);
    Set<String> unheld =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                    "io.cta.server.view.access",
                    "io.cta.server.view.definitions",
                    "io.cta.server.view.executions")
                .stream()
                .filter(JavaClass::isRecord)
                .map(JavaClass::reflect)
                .filter(view -> !comparison.seen.contains(view) && !NO_OBJECTS.contains(view))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unheld, "neither answered nor part of an answer");
  }

  @Test
  void theComparisonFindsMissingExtraAndDifferingFields() {
    SchemaComparison comparison = new SchemaComparison(CONTRACT);
    assertEquals(
        List.of(
            "Group.createdAt is not in the view",
            "Group.updatedAt is not in the view",
            "Group.secret is not in the contract",
            "Group.name is [number] in the view, [string] in the contract"),
        comparison.of("Group", Wrong.class));
  }

  private record Wrong(String id, int name, String description, String secret) {}

  /** The schemas of all JSON responses except problems. */
  private static Stream<String> answers() {
    return CONTRACT.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .filter(operation -> operation.getValue() instanceof JsonObject)
        .map(operation -> ((JsonObject) operation.getValue()).getJsonObject("responses"))
        .flatMap(responses -> responses.stream())
        .map(response -> ((JsonObject) response.getValue()).getJsonObject("content"))
        .filter(content -> content != null && content.containsKey("application/json"))
        .map(content -> content.getJsonObject("application/json").getJsonObject("schema"))
        .map(ViewContractTest::named);
  }

  private static boolean isPage(String schema) {
    return schema.endsWith("Page");
  }

  private static String named(JsonObject schema) {
    String ref = schema.getString("$ref");
    return ref.substring(ref.lastIndexOf('/') + 1);
  }

  private static JsonObject schema(String name) {
    return CONTRACT.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }
}
