/**
 * What leaves the server: for each thing that REST and the live feed answer, a record of exactly
 * the fields that others may see. A view is made by its factory from the domain record, field by
 * field; so a field that is new in the store stays inside until somebody adds it to a view and to
 * the contract. The rooms are those of the API, and {@code live} for what only the feed says.
 *
 * <p>A view decides nothing and reads nothing. It holds plain values, enums of the domain and other
 * views, never a domain record.
 */
package io.cta.server.view;
