package io.cta.agent.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.TextSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Cucumber's JSON. A feature's name may follow its scenarios, so this reads the file twice
 * and collects the names first.
 */
public final class CucumberReader {
  private static final int MAX_FEATURES = 50_000;

  /** The name and the file of a feature. */
  private static final class Feature {
    private String name;
    private String uri;
  }

  private int features;

  public void read(TextSource source, CaseSink sink) throws IOException, ReportFault {
    List<Feature> names = names(source);
    try (JsonCursor json = new JsonCursor(source.open())) {
      json.nextValue();
      if (!json.isArray()) {
        throw ReportFault.unreadable("it is no list of features");
      }
      json.array(
          () -> {
            if (!json.isObject()) {
              throw new IOException("a feature in it is no object");
            }
            Feature feature = features < names.size() ? names.get(features) : new Feature();
            features++;
            Scenarios scenarios = new Scenarios(feature, sink);
            json.object(field -> scenarios.read(json, field));
          });
    }
  }

  /** The names that could be read; a truncated file is reported when its scenarios are read. */
  private static List<Feature> names(TextSource source) throws IOException {
    List<Feature> out = new ArrayList<>();
    try (JsonCursor json = new JsonCursor(source.open())) {
      json.nextValue();
      json.array(
          () -> {
            Feature feature = new Feature();
            if (out.size() < MAX_FEATURES) {
              out.add(feature);
            }
            json.object(
                field -> {
                  switch (field) {
                    case "name" -> feature.name = json.text();
                    case "uri" -> feature.uri = json.text();
                    default -> json.skip();
                  }
                });
          });
    } catch (JsonProcessingException e) {
      return out;
    }
    return out;
  }

  /** The scenarios of one feature. What failed in a background counts for the next scenario. */
  private static final class Scenarios {
    private final Feature feature;
    private final CaseSink sink;
    private CucumberScenario next = new CucumberScenario();

    Scenarios(Feature feature, CaseSink sink) {
      this.feature = feature;
      this.sink = sink;
    }

    void read(JsonCursor json, String field) throws IOException {
      if (!field.equals("elements")) {
        json.skip();
        return;
      }
      json.array(
          () -> {
            json.object(part -> next.read(json, part));
            if (!next.isBackground()) {
              String suite = feature.name == null ? feature.uri : feature.name;
              sink.take(next.build(suite, feature.uri));
              next = new CucumberScenario();
            }
          });
      if (next.isBackground() && next.hasFailed()) {
        sink.take(next.build(feature.name, feature.uri));
      }
    }
  }
}
