/**
 * The broker port: carries messages between server and agents. Not responsible for what they mean.
 * Each implementation has its own package, and only that package uses the broker's client.
 */
package io.cta.broker;
