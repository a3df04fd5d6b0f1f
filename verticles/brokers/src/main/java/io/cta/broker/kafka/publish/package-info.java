/** Publishes: a bounded queue for each topic, in order, confirmed by all replicas. */
package io.cta.broker.kafka.publish;
