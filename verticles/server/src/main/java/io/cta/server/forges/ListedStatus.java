package io.cta.server.forges;

/** A status that a forge has, in its own words. */
public record ListedStatus(String state, String link, String description) {}
