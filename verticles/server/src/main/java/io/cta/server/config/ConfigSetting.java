package io.cta.server.config;

/**
 * A key's text from the file or the environment.
 *
 * @param text null for a key without a value
 * @param source file and line, or variable, for error texts
 */
record ConfigSetting(String text, String source) {}
