package io.cta.server.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads the contract from its files and joins them into one document. */
public final class ContractFileReader {
  private static final String ROOT = "openapi/";
  private static final String PARTS = "x-parts";
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private ContractFileReader() {}

  public static JsonObject read() {
    JsonObject whole = read("openapi");
    JsonArray parts = whole.getJsonArray(PARTS);
    whole.remove(PARTS);
    parts.forEach(part -> join(whole, read((String) part)));
    return whole;
  }

  static String yaml(JsonObject contract) {
    try {
      return YAML.writeValueAsString(DatabindCodec.mapper().<JsonNode>valueToTree(contract));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static JsonObject read(String name) {
    String path = ROOT + name + ".yaml";
    try (InputStream in = ContractFileReader.class.getClassLoader().getResourceAsStream(path)) {
      return new JsonObject((Map<String, Object>) YAML.readValue(in, Map.class)).copy();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** Adds the entries of a part; an entry that is there twice is an error. */
  private static void join(JsonObject whole, JsonObject part) {
    for (String key : part.fieldNames()) {
      Object value = part.getValue(key);
      Object there = whole.getValue(key);
      if (there instanceof JsonObject under && value instanceof JsonObject more) {
        join(under, more);
      } else if (there == null) {
        whole.put(key, value);
      } else {
        throw new IllegalStateException("said twice in the contract: " + key);
      }
    }
  }
}
