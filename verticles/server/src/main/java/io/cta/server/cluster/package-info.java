/**
 * Makes a server one of several: relays announcements between the nodes, finds missed changes in
 * the store, tracks which nodes are alive, and runs singletons, verticles that only one node may
 * run. Uses the event bus and the store; depends neither on the cluster manager nor on the
 * services.
 */
package io.cta.server.cluster;
