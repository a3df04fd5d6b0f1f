package io.cta.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonContentTest {
  private static final Point POINT = new Point("a", 3);
  private static final String TEXT = "{\"name\":\"a\",\"size\":3}";

  record Point(String name, int size) {}

  private static final class PointContent extends JsonContent {
    PointContent(Object record, byte[] text, JsonObject tree) {
      super(record, text, tree);
    }
  }

  private static final class OtherContent extends JsonContent {
    OtherContent(Object record) {
      super(record, null, null);
    }
  }

  private static List<JsonContent> eachForm() {
    return List.of(ofRecord(), ofText(TEXT), ofTree());
  }

  private static PointContent ofRecord() {
    return new PointContent(POINT, null, null);
  }

  private static PointContent ofText(String text) {
    return new PointContent(null, text.getBytes(StandardCharsets.UTF_8), null);
  }

  private static PointContent ofTree() {
    return new PointContent(null, null, new JsonObject(TEXT));
  }

  @Test
  void everyFormIsReadAsRecordAndAsTree() {
    for (JsonContent content : eachForm()) {
      assertEquals(POINT, content.as(Point.class));
      assertEquals(new JsonObject(TEXT), content.tree());
      assertEquals(TEXT, content.toString());
    }
  }

  @Test
  void everyFormOfTheSameObjectIsEqual() {
    for (JsonContent one : eachForm()) {
      for (JsonContent other : eachForm()) {
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
      }
    }
    assertNotEquals(ofText("{}"), ofTree());
    assertNotEquals(ofRecord(), new OtherContent(POINT));
  }

  @Test
  void aRecordIsHandedOutAsItIsAndNeverBecomesATree() {
    PointContent content = ofRecord();
    assertSame(POINT, content.as(Point.class));
    assertFalse(content.hasTree());
  }

  @Test
  void textIsReadIntoARecordWithoutATree() {
    PointContent content = ofText(TEXT);
    assertEquals(POINT, content.as(Point.class));
    assertFalse(content.hasTree());
  }

  @Test
  void aTreeIsMadeOnce() {
    PointContent content = ofText(TEXT);
    assertSame(content.tree(), content.tree());
    assertTrue(content.hasTree());
  }

  @Test
  void contentThatDoesNotFitIsRefused() {
    for (JsonContent content : List.of(ofText("{\"size\":\"much\"}"), ofText("{"))) {
      assertThrows(ServiceFailure.class, () -> content.as(Point.class));
    }
  }
}
