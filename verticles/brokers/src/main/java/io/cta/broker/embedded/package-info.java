/**
 * The broker inside the JVM: queues in memory, confined to one context, lost with the process. What
 * they held is rebuilt by the server's reconciliation and the agents' journals. Not responsible for
 * durability or for reaching another node.
 */
package io.cta.broker.embedded;
