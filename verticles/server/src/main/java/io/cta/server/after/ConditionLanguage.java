package io.cta.server.after;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;

/**
 * CEL with the words of conditions, without macros, and with regular expressions that stay small:
 * of three counted repetitions within each other the library makes a program that fills the memory.
 * Built at its first use, which takes seconds.
 */
final class ConditionLanguage {
  private static final int MAX_NESTING = 50;
  private static final int MAX_PATTERN = 200;
  private static final String MATCHES = "matches";
  private static final String OVERLOAD = "matches_small_pattern";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(ConditionCompiler.MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .build();

  static final CelCompiler COMPILER = compiler();
  static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardFunctions(
              CelStandardFunctions.newBuilder()
                  .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                  .build())
          .addFunctionBindings(
              CelFunctionBinding.from(
                  OVERLOAD, String.class, String.class, ConditionLanguage::matches))
          .build();

  private ConditionLanguage() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .excludeFunctions(CelStandardDeclarations.StandardFunction.MATCHES)
                    .build())
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    MATCHES,
                    CelOverloadDecl.newMemberOverload(
                        OVERLOAD, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)))
            .setResultType(SimpleType.BOOL);
    for (ConditionVariable variable : ConditionVariable.values()) {
      builder.addVar(variable.word(), type(variable.type()));
    }
    return builder.build();
  }

  private static CelType type(ConditionVariable.Type type) {
    return switch (type) {
      case TEXT -> SimpleType.STRING;
      case NUMBER -> SimpleType.INT;
      case FLAG -> SimpleType.BOOL;
      case NUMBERS -> MapType.create(SimpleType.STRING, SimpleType.INT);
    };
  }

  private static boolean matches(String text, String pattern) {
    if (pattern.length() > MAX_PATTERN || pattern.indexOf('{') >= 0) {
      throw new IllegalArgumentException(
          "a pattern of matches() may have " + MAX_PATTERN + " characters, and no {");
    }
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("a pattern of matches() is wrong: " + e.getMessage());
    }
  }
}
