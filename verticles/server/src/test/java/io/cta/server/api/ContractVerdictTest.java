package io.cta.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.contract.ContractFileReader;
import io.cta.server.api.contract.FieldError;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict on random bodies is the one that a plain reading of the contract gives. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ContractVerdictTest {
  private static final int VALUES = 3_000;
  private static final long SEED =
      Long.parseLong(System.getenv().getOrDefault("CTA_TEST_SEED", "20261128"));

  private static final JsonObject WRITTEN = ContractFileReader.read();
  private static ApiContract contract;

  @BeforeAll
  static void load() {
    contract = ContractLoader.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Apply",
        "Configuration",
        "Enrolment",
        "ExecutionOrder",
        "Group",
        "Login",
        "Machine",
        "NewPassword",
        "Pin",
        "Rerun",
        "Scenario",
        "Schedule",
        "SecretRenewal",
        "Test",
        "TestSuite",
        "TokenOrder",
        "User",
        "Welcome"
      })
  void aRandomBodyIsJudgedAsTheContractIsWritten(String name) {
    JsonObject schema =
        WRITTEN.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    SchemaValues values = new SchemaValues(new Random(SEED), WRITTEN, List.of("a", "b-1", "c\n"));
    PlainSchemaCheck plain = new PlainSchemaCheck(WRITTEN);
    int good = 0;
    int bad = 0;
    for (int i = 0; i < VALUES; i++) {
      if (values.of(schema, 0, 1 + i % 60) instanceof JsonObject body) {
        List<FieldError> errors = contract.errors(name, body);
        boolean follows = plain.follows(schema, body);
        assertEquals(follows, errors.isEmpty(), () -> body.encode() + " " + errors);
        good += follows ? 1 : 0;
        bad += follows ? 0 : 1;
      }
    }
    assertTrue(good > 20 && bad > 20, "good " + good + ", bad " + bad);
  }
}
