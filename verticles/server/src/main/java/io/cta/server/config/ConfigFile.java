package io.cta.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML file into texts by path, each exactly as written: {@code 0100} stays {@code 0100};
 * null for a key without a value.
 */
final class ConfigFile {
  private static final YAMLFactory YAML = new YAMLFactory();

  final Map<String, ConfigSetting> settings = new LinkedHashMap<>();
  private final String name;
  private final List<String> errors;

  private ConfigFile(String name, List<String> errors) {
    this.name = name;
    this.errors = errors;
  }

  static ConfigFile read(Path file, List<String> errors) {
    ConfigFile out = new ConfigFile(file.toString(), errors);
    try (JsonParser in = YAML.createParser(Files.readString(file))) {
      out.document(in);
    } catch (NoSuchFileException e) {
      errors.add(file + " does not exist");
    } catch (JsonProcessingException e) {
      errors.add(at(file.toString(), e.getLocation()) + ": malformed YAML: " + firstLine(e));
    } catch (IOException e) {
      errors.add(file + " cannot be read: " + e);
    }
    return out;
  }

  private void document(JsonParser in) throws IOException {
    JsonToken first = in.nextToken();
    if (first == JsonToken.START_OBJECT) {
      section(in, "");
      if (in.nextToken() != null) {
        errors.add(here(in) + ": more than one document");
      }
    } else if (first != null && first != JsonToken.VALUE_NULL) {
      errors.add(here(in) + ": must be sections and keys");
    }
  }

  private void section(JsonParser in, String prefix) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + in.currentName();
      String source = here(in);
      switch (in.nextToken()) {
        case START_OBJECT -> section(in, path + ".");
        case START_ARRAY -> {
          in.skipChildren();
          errors.add(source + ": " + path + " must not be a list");
        }
        case VALUE_NULL -> put(path, new ConfigSetting(null, source));
        default -> put(path, new ConfigSetting(in.getText(), source));
      }
    }
  }

  private void put(String path, ConfigSetting setting) {
    if (settings.put(path, setting) != null) {
      errors.add(setting.source() + ": " + path + " is set twice");
    }
  }

  private String here(JsonParser in) {
    return at(name, in.currentTokenLocation());
  }

  private static String at(String name, JsonLocation location) {
    return location == null ? name : name + ":" + location.getLineNr();
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }
}
