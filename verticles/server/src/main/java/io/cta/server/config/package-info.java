/**
 * What an operator decides: the keys, where their values come from, and every fault of them at
 * once. Reads one file and the environment it is given; knows nothing of the parts that use the
 * values.
 */
package io.cta.server.config;
