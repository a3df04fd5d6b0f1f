/**
 * Reads topics: one reader for each queue of events or commands, hand-over at the consumer's pace,
 * offsets that are committed only when all before them are settled, and dead letters.
 */
package io.cta.broker.kafka.consume;
