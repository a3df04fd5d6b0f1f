/**
 * Defines what leaves the server: for each thing that REST and the live feed show, a record with
 * exactly the fields that others may see. Its factory copies them from the domain record field by
 * field, so a new field of the store stays inside until somebody adds it to a view and to the
 * contract. The subpackages are those of the API, and {@code live} for what only the feed shows.
 *
 * <p>A view decides nothing and reads nothing. It holds plain values, enums of the domain and other
 * views, never a domain record.
 */
package io.cta.server.view;
