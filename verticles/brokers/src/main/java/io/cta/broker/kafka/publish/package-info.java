/**
 * Publishes to topics: a bounded queue for each topic, in order, confirmed by all replicas in sync.
 * Not responsible for making topics.
 */
package io.cta.broker.kafka.publish;
