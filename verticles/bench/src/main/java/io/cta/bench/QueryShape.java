package io.cta.bench;

import java.util.Random;
import java.util.function.Function;

/**
 * A query of the API whose parameters vary.
 *
 * @param name the path, with what varies in braces
 * @param path the path of one request, below {@code /api/v1/}
 */
record QueryShape(String name, Function<Random, String> path) {}
