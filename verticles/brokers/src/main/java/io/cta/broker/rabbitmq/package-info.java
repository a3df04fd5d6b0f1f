/**
 * RabbitMQ as the broker: durable quorum queues, confirmed publishes, manual acks. Only this
 * package sees the client. Not responsible for what the messages mean: here they are bytes.
 *
 * <p>All state lives on the context that made the {@link io.cta.broker.rabbitmq.RabbitBroker}. The
 * client blocks, so each call to it happens on a worker of the bounded pool {@code cta-rabbitmq},
 * in order where order matters ({@link io.cta.broker.rabbitmq.connection.SequentialExecutor}); its
 * callbacks come to the context through {@link io.cta.broker.rabbitmq.connection.CallbackQueue}.
 *
 * <h2>What it makes on the server</h2>
 *
 * <pre>
 * queue     every one that is declared: quorum, reject-publish at its capacity
 * exchange  cta.dead-letter, fanout, to the queue of the same name
 * exchange  cta.delay, by the header cta-delay, to the queues cta.delay.10 to cta.delay.30000,
 *           whose messages go on to cta.requeue when their time is over
 * exchange  cta.requeue, by queue name; to cta.dead-letter when the queue is gone
 * </pre>
 *
 * <p>Messages carry {@code cta-tries} and {@code cta-postponed} once they were put back; dead
 * letters {@code cta-reason}, {@code cta-queue}, {@code cta-at} and {@code cta-deliveries}.
 */
package io.cta.broker.rabbitmq;
