/**
 * The embedded store: one SQLite file, one writer that commits in groups, a few readers. The only
 * place that knows SQL. Does not know what the collections mean.
 */
package io.cta.server.store.sqlite;
