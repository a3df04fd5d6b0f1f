package io.cta.server.store;

/** A typed document and the version that guards its next replace. */
public record VersionedEntity<T>(T value, long version) {}
