/**
 * The port to stored data, the collections behind it and their typed repositories, and what every
 * implementation shares: declared fields, checks of queries, keyset paging. Knows no database.
 */
package io.cta.server.store;
