package io.cta.bench;

import java.util.Random;
import java.util.function.Function;

/**
 * A query of the API with varying parameters.
 *
 * @param name the path with the varying parts in braces
 * @param path makes the path of one request, below {@code /api/v1/}
 */
record QueryShape(String name, Function<Random, String> path) {}
