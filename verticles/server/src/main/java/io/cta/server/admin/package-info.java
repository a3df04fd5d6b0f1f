/**
 * What an operator does to stores while no server runs: spread a database over shards, move one
 * store into another. The commands, and the moving. Knows stores, never what is in them.
 */
package io.cta.server.admin;
