/**
 * Takes what agents say of their tasks, stores it and completes tasks: the only part that ends one.
 * Answers an event once it is stored, and knows neither brokers nor machines' presence nor what an
 * execution comes to.
 */
package io.cta.server.tracking;
