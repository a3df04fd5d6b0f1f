package io.cta.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A mapping of a YAML file; what is not there fails by its name. */
record DeployYaml(Map<?, ?> map) {
  static List<DeployYaml> read(String name) throws IOException {
    return of(JarOptionsCheck.conf().resolve("deploy").resolve(name));
  }

  /** The documents of a file; a key that is there twice is refused. */
  static List<DeployYaml> of(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<DeployYaml> out = new ArrayList<>();
    new Yaml(new SafeConstructor(options))
        .loadAll(Files.readString(file))
        .forEach(document -> out.add(new DeployYaml((Map<?, ?>) document)));
    return out;
  }

  boolean has(String key) {
    return map.containsKey(key);
  }

  Set<String> keys() {
    return texts().keySet();
  }

  DeployYaml at(String key) {
    return new DeployYaml((Map<?, ?>) there(key));
  }

  String text(String key) {
    return there(key).toString();
  }

  List<?> list(String key) {
    return has(key) ? (List<?>) there(key) : List.of();
  }

  List<DeployYaml> all(String key) {
    List<DeployYaml> out = new ArrayList<>();
    list(key).forEach(item -> out.add(new DeployYaml((Map<?, ?>) item)));
    return out;
  }

  DeployYaml first(String key) {
    return all(key).get(0);
  }

  Map<String, String> texts() {
    Map<String, String> out = new TreeMap<>();
    map.forEach((key, value) -> out.put(key.toString(), String.valueOf(value)));
    return out;
  }

  /** A container's variables; those whose value comes from elsewhere have it as text. */
  Map<String, String> env() {
    Map<String, String> out = new TreeMap<>();
    for (DeployYaml variable : all("env")) {
      String key = variable.has("value") ? "value" : "valueFrom";
      out.put(variable.text("name"), variable.text(key));
    }
    return out;
  }

  private Object there(String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + map.keySet());
    }
    return value;
  }
}
