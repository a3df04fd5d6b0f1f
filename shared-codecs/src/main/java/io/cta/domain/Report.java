package io.cta.domain;

/**
 * Which report files of a test are read after its run.
 *
 * @param junit glob below the workspace of JUnit XML files, or null
 */
public record Report(String junit) {}
