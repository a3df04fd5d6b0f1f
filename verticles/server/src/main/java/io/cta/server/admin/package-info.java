/**
 * Commands for stores on which no server runs: shard a database, copy one store into another. Works
 * with any store and does not interpret the documents.
 */
package io.cta.server.admin;
