/**
 * Reads topics: one reader for each queue of events or commands, hand-over at the consumers' pace,
 * offsets that are committed only when all before them are settled, dead letters, and deletion of
 * processed records. Not responsible for who of a group takes which message.
 */
package io.cta.broker.kafka.consume;
