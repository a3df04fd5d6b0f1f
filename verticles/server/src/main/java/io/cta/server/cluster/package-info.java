/**
 * What a server does to be one of several: passes announcements on to the other nodes and theirs to
 * this one, finds in the store what was announced and not heard, knows which nodes are there, and
 * holds duties that only one of them may have. Knows the event bus and the store, no cluster
 * manager and none of the services.
 */
package io.cta.server.cluster;
