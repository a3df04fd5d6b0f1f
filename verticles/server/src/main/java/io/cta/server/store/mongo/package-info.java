/**
 * The store for servers on several machines: documents in a MongoDB-compatible database, changed by
 * compare-and-set on single documents. The only place that knows MongoDB. Does not know what the
 * collections mean.
 */
package io.cta.server.store.mongo;
