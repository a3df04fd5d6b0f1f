package io.cta.server;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** The steps by which something leaves the server: made JSON text, written to who asked. */
final class OutwardCalls {
  private static final Set<String> MAPPERS =
      Set.of(
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.databind.ObjectWriter",
          "com.fasterxml.jackson.databind.JsonNode",
          "io.cta.json.JsonMapping",
          "io.vertx.core.json.Json",
          "io.vertx.core.json.JsonObject",
          "io.vertx.core.json.JsonArray",
          "io.vertx.core.spi.json.JsonCodec");

  private static final Set<String> ENCODING =
      Set.of(
          "bytes",
          "encode",
          "encodePrettily",
          "encodeToBuffer",
          "toBuffer",
          "toPrettyString",
          "toString",
          "writeToBuffer",
          "writeValue",
          "writeValueAsBytes",
          "writeValueAsString");

  private static final Set<String> WRITING =
      Set.of(
          "end",
          "json",
          "send",
          "sendFile",
          "write",
          "writeBinaryMessage",
          "writeFinalBinaryFrame",
          "writeFinalTextFrame",
          "writeFrame",
          "writeTextMessage");

  /** Views with values of any kind: parts of another view, and settings as people wrote them. */
  private static final Set<String> FREE = Set.of("io.cta.server.view.definitions.FieldChangeView");

  private OutwardCalls() {}

  /** Calls, and references to calls, that make JSON text of anything but a view. */
  static DescribedPredicate<JavaAccess<?>> encoding() {
    return DescribedPredicate.describe("encode JSON", OutwardCalls::encodes);
  }

  /** Calls that write to a client. */
  static DescribedPredicate<JavaAccess<?>> writing() {
    return DescribedPredicate.describe("write to a client", OutwardCalls::writes);
  }

  /** That a field has a plain value, an enum, or another view. */
  static ArchCondition<JavaField> showNoMoreThanItsView() {
    return new ArchCondition<>("hold plain values, enums of the domain and views only") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        for (JavaClass type : field.getType().getAllInvolvedRawTypes()) {
          boolean fine =
              isPlain(type)
                  || isOfTheDomain(type) && type.isEnum()
                  || isView(type)
                  || type.isEquivalentTo(Object.class) && FREE.contains(field.getOwner().getName());
          String text = field.getFullName() + " holds " + type.getName();
          events.add(new SimpleConditionEvent(field, fine, text));
        }
      }
    };
  }

  private static boolean encodes(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    boolean kept =
        access
            .getTarget()
            .getFullName()
            .contains("ApiResponse.of(int, " + JsonObject.class.getName());
    return kept || ENCODING.contains(name) && MAPPERS.stream().anyMatch(owner::isAssignableTo);
  }

  private static boolean writes(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return WRITING.contains(access.getTarget().getName())
        && (owner.isAssignableTo(WriteStream.class) || owner.isAssignableTo(RoutingContext.class));
  }

  private static boolean isPlain(JavaClass type) {
    return type.isPrimitive()
        || Set.of("java.lang", "java.time", "java.util").contains(type.getPackageName())
            && !type.isEquivalentTo(Object.class)
        || type.isEquivalentTo(JsonObject.class);
  }

  private static boolean isOfTheDomain(JavaClass type) {
    return type.getPackageName().equals("io.cta.domain");
  }

  private static boolean isView(JavaClass type) {
    return type.getPackageName().startsWith("io.cta.server.view");
  }
}
