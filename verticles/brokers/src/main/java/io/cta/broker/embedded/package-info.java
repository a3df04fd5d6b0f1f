/**
 * The broker inside the JVM: queues in memory, on one context, lost with the process. The server's
 * reconciliation and the agents' journals rebuild what they held. Not responsible for durability or
 * for reaching another node.
 */
package io.cta.broker.embedded;
