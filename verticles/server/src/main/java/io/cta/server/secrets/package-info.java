/**
 * Seals what the store must keep but nobody may read in it: values of secrets, keys of channels.
 */
package io.cta.server.secrets;
