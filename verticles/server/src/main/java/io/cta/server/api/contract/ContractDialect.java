package io.cta.server.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.DisallowUnknownKeywordFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.Keyword;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidatorTypeCode;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.InputStreamSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the contract's schemas may be written with: the part of JSON Schema 2020-12, the dialect of
 * OpenAPI 3.1, that {@link SchemaErrors} has words for. Anything else fails the start, so that no
 * rule of the contract is passed over.
 */
final class ContractDialect {
  private static final String DOCUMENT = "urn:cta:contract";
  private static final List<ValidatorTypeCode> CHECKED =
      List.of(
          ValidatorTypeCode.REF,
          ValidatorTypeCode.TYPE,
          ValidatorTypeCode.ENUM,
          ValidatorTypeCode.MINIMUM,
          ValidatorTypeCode.MAXIMUM,
          ValidatorTypeCode.MIN_LENGTH,
          ValidatorTypeCode.MAX_LENGTH,
          ValidatorTypeCode.PATTERN,
          ValidatorTypeCode.ITEMS_202012,
          ValidatorTypeCode.MIN_ITEMS,
          ValidatorTypeCode.MAX_ITEMS,
          ValidatorTypeCode.PROPERTIES,
          ValidatorTypeCode.PROPERTYNAMES,
          ValidatorTypeCode.ADDITIONAL_PROPERTIES,
          ValidatorTypeCode.REQUIRED,
          ValidatorTypeCode.MAX_PROPERTIES,
          ValidatorTypeCode.IF_THEN_ELSE);

  /** The last two are those of the document that hold schemas. */
  private static final List<String> SILENT =
      List.of(
          "then",
          "else",
          "description",
          "default",
          "example",
          "readOnly",
          "writeOnly",
          SchemaErrors.WORDING,
          "paths",
          "components");

  private final JsonSchemaFactory factory;
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder()
          .preloadJsonSchema(false)
          .regularExpressionFactory(ContractDialect::pattern)
          .build();

  ContractDialect() {
    Stream<Keyword> silent = SILENT.stream().map(NonValidationKeyword::new);
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(SchemaId.V202012)
            .specification(VersionFlag.V202012)
            .idKeyword("$id")
            .keywords(Stream.concat(CHECKED.stream(), silent).toList())
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();
    factory =
        JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(dialect.getIri())
            .metaSchema(dialect)
            .schemaLoaders(loaders -> loaders.add(ContractDialect::refuse))
            .build();
  }

  /** The contract as a schema, of which those that it has are parts. */
  JsonSchema read(JsonNode contract) {
    return factory.getSchema(SchemaLocation.of(DOCUMENT), contract, config);
  }

  /**
   * In Java a last dollar also stands before a line break at the end, in a contract it does not.
   */
  private static RegularExpression pattern(String written) {
    Pattern pattern = Pattern.compile(written.replaceFirst("(?<!\\\\)\\$$", "\\\\z"));
    return text -> pattern.matcher(text).find();
  }

  /** Instead of the library's own loaders, which would ask the network. */
  private static InputStreamSource refuse(AbsoluteIri elsewhere) {
    throw new IllegalStateException("the contract refers to " + elsewhere);
  }
}
