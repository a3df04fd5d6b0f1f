package io.cta.server.config;

/**
 * What somebody set, or named without a value.
 *
 * @param text null for a key without a value
 * @param source file and line, or variable, for people
 */
record ConfigSetting(String text, String source) {}
