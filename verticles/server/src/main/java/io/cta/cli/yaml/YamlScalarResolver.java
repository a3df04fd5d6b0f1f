package io.cta.cli.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Decides how plain words of a YAML file are read: {@code true}, {@code false}, {@code null} and
 * whole numbers are what they look like, all else is text. So {@code no} is not false, {@code 1.10}
 * stays 1.10 and {@code 2026-11-23} is no date.
 */
final class YamlScalarResolver extends Resolver {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern TRUTH = Pattern.compile("true|false");
  private static final Pattern NOTHING = Pattern.compile("~|null|");
  private static final Pattern MERGE = Pattern.compile("<<");

  /** Longest file as written; no server takes as much. */
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, TRUTH, "tf");
    addImplicitResolver(Tag.INT, WHOLE, "-0123456789");
    addImplicitResolver(Tag.MERGE, MERGE, "<");
    addImplicitResolver(Tag.NULL, NOTHING, "~n\0");
    addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
  }

  static LoaderOptions limits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(1000);
    limits.setNestingDepthLimit(50);
    limits.setAllowRecursiveKeys(false);
    limits.setCodePointLimit(MAX_CHARACTERS);
    return limits;
  }

  static org.yaml.snakeyaml.Yaml reader() {
    DumperOptions unused = new DumperOptions();
    return new org.yaml.snakeyaml.Yaml(
        new ValueConstructor(),
        new Representer(unused),
        unused,
        limits(),
        new YamlScalarResolver());
  }

  /** Turns the nodes of a document into maps, lists and plain values. */
  static final class ValueConstructor extends SafeConstructor {
    ValueConstructor() {
      super(limits());
      setAllowDuplicateKeys(false);
    }

    Object of(Node node) {
      return constructDocument(node);
    }
  }
}
