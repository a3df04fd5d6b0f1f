package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"run\": \"exit 1\"}",
        "{\"run\": \"exit 1\", \"shell\": \"pwsh\", \"stop\": \"x\"}",
        "{\"run\": [\"prog\", \"a b\"], \"shell\": \"none\", \"stop\": [\"y\"]}",
      })
  void comesOutAsItWentIn(String json) {
    JsonObject in = new JsonObject(json);
    JsonObject out = JsonMapping.toObject(read(json));
    in.forEach(field -> assertEquals(field.getValue(), out.getValue(field.getKey())));
    assertEquals(in.getString("shell"), out.getString("shell"));
  }

  @Test
  void aListNeedsNoShellAndIgnoresTheSuites() {
    assertEquals(ShellKind.NONE, read("{\"run\": [\"prog\"]}").shell());
    assertEquals(ShellKind.NONE, read("{\"run\": [\"prog\"]}").withDefault(ShellKind.BASH).shell());
  }

  @Test
  void theSuitesShellIsForStagesWithoutOne() {
    assertEquals(ShellKind.PYTHON, read("{\"run\": \"x\"}").withDefault(ShellKind.PYTHON).shell());
    assertEquals(
        ShellKind.SH,
        read("{\"run\": \"x\", \"shell\": \"sh\"}").withDefault(ShellKind.PYTHON).shell());
    assertEquals(null, read("{\"run\": \"x\"}").withDefault(null).shell());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"run\": [\"prog\"], \"shell\": \"bash\"}                       | run  | text for bash",
        "{\"run\": \"prog\", \"shell\": \"none\"}                         | run  | must be a list",
        "{\"run\": [\"prog\"], \"stop\": \"x\"}                           | stop | must be a list",
        "{\"run\": []}                                                  | run  | is required",
        "{\"run\": [\" \"]}                                             | run  | is required",
        "{\"run\": [1]}                                                 | run  | list of texts",
        "{\"run\": {\"a\": 1}}                                          | run  | list of texts",
      })
  void whatDoesNotFitTheShellIsRefused(String json, String field, String rule) {
    ServiceFailure e = assertThrows(ServiceFailure.class, () -> read(json));
    assertEquals(field, e.field());
    assertTrue(e.getMessage().contains(rule), e.getMessage());
  }

  @Test
  void aScriptIsEitherATextOrAList() {
    assertThrows(ServiceFailure.class, () -> new StageScript(null, null));
    assertThrows(ServiceFailure.class, () -> new StageScript("x", List.of("y")));
  }

  private static Stage read(String json) {
    return JsonMapping.fromObject(new JsonObject(json), Stage.class);
  }
}
