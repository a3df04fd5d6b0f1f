/**
 * Apache Kafka as the broker. A queue is a topic, of one of four {@link
 * io.cta.broker.kafka.connection.TopicKind kinds}:
 *
 * <ul>
 *   <li>events ({@code cta.states} and their like): several partitions, shared out among the
 *       servers by a consumer group; an execution's events are in one partition, in order;
 *   <li>a machine's commands: one partition, one reader, no group to join;
 *   <li>a group's tasks: one partition that every machine reads whole. The machines agree in the
 *       topic itself who takes which task: a claim is a record, and the first of several in the log
 *       wins. See {@link io.cta.broker.kafka.group.ClaimRegistry};
 *   <li>dead letters: one partition, read by a consumer group.
 * </ul>
 *
 * All state lives on the broker's own context. Kafka's consumers and producer block, so they run on
 * threads that the Vert.x client makes for them. Not responsible for what messages mean.
 */
package io.cta.broker.kafka;
