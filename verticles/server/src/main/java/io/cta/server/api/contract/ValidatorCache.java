package io.cta.server.api.contract;

import io.vertx.core.file.FileSystem;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A repository that keeps its validators. Building one copies every schema of the contract, which
 * costs far more than most validations; a validator has no state. The schemas to keep are given to
 * the constructor, so that the map never changes later.
 */
final class ValidatorCache implements SchemaRepository {
  private final SchemaRepository all;
  private final Map<JsonSchema, Validator> kept = new IdentityHashMap<>();

  ValidatorCache(SchemaRepository all, Iterable<JsonSchema> schemas) {
    this.all = all;
    // equal schemas share a validator: the page parameters of all lists, for example
    Map<String, Validator> made = new HashMap<>();
    schemas.forEach(
        schema ->
            kept.put(
                schema, made.computeIfAbsent(schema.toString(), text -> all.validator(schema))));
  }

  @Override
  public Validator validator(JsonSchema schema) {
    Validator validator = kept.get(schema);
    return validator == null ? all.validator(schema) : validator;
  }

  @Override
  public Validator validator(String ref) {
    return all.validator(ref);
  }

  @Override
  public Validator validator(String ref, JsonSchemaOptions options) {
    return all.validator(ref, options);
  }

  @Override
  public Validator validator(JsonSchema schema, JsonSchemaOptions options, boolean dereference) {
    return all.validator(schema, options, dereference);
  }

  @Override
  public SchemaRepository dereference(JsonSchema schema) {
    throw new UnsupportedOperationException("the contract is read once");
  }

  @Override
  public SchemaRepository dereference(String uri, JsonSchema schema) {
    throw new UnsupportedOperationException("the contract is read once");
  }

  @Override
  public SchemaRepository preloadMetaSchema(FileSystem files) {
    throw new UnsupportedOperationException("the contract is read once");
  }

  @Override
  public SchemaRepository preloadMetaSchema(FileSystem files, Draft draft) {
    throw new UnsupportedOperationException("the contract is read once");
  }

  @Override
  public JsonObject resolve(JsonObject schema) {
    return all.resolve(schema);
  }

  @Override
  public JsonSchema find(String pointer) {
    return all.find(pointer);
  }
}
