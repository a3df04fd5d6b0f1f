package io.cta.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cta.domain.StageScript;
import io.cta.domain.SuiteEntry;
import io.cta.domain.TimeLimit;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that is stored or sent keeps its JSON form, and cannot be changed from outside. */
@Timeout(30)
class RecordJsonTest {
  /** Written as a text or a list, not as an object. */
  private static final Set<Class<?>> BARE = Set.of(StageScript.class, TimeLimit.class);

  static Stream<Class<? extends Record>> records() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cta.domain", "io.cta.message")
            .stream()
            .filter(JavaClass::isRecord)
            .map(found -> found.reflect().<Record>asSubclass(Record.class));
  }

  @Test
  void theyAreAllFound() {
    assertTrue(records().count() >= 35, () -> "records: " + records().toList());
  }

  @ParameterizedTest
  @MethodSource("records")
  void comesBackFromJsonAsItWas(Class<? extends Record> type) {
    Record value = RecordFixtures.of(type);
    assertEquals(value, JsonMapping.decode(JsonMapping.encode(value), type));
    if (!BARE.contains(type)) {
      assertEquals(value, JsonMapping.fromObject(JsonMapping.toObject(value), type));
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void namesItsFieldsAsTheCodeDoesAndLeavesOutWhatIsNull(Class<? extends Record> type) {
    if (type == SuiteEntry.class || BARE.contains(type)) {
      return; // written as whatever it stands for
    }
    JsonObject json = JsonMapping.toObject(RecordFixtures.of(type));
    for (RecordComponent part : type.getRecordComponents()) {
      JsonProperty named = part.getAccessor().getAnnotation(JsonProperty.class);
      String name = named == null ? part.getName() : named.value();
      assertTrue(json.containsKey(name), () -> name + " in " + json);
    }
    assertTrue(json.stream().noneMatch(entry -> entry.getValue() == null), json::encode);
  }

  @ParameterizedTest
  @MethodSource("records")
  void itsListsCannotBeChanged(Class<? extends Record> type) throws ReflectiveOperationException {
    if (!type.getPackageName().equals("io.cta.domain")) {
      return; // messages are read once and thrown away
    }
    Record value = RecordFixtures.of(type);
    for (RecordComponent part : type.getRecordComponents()) {
      part.getAccessor().setAccessible(true);
      if (part.getAccessor().invoke(value) instanceof Collection<?> many) {
        assertThrows(UnsupportedOperationException.class, many::clear, part.getName());
      }
    }
  }
}
