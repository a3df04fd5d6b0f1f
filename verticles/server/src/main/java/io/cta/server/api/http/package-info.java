/**
 * What all operations of the REST API share: the request with parameters and a body of limited
 * size, both checked against the contract, the response, pages of lists, entity tags, and creates
 * that happen only once. Knows no entity.
 */
package io.cta.server.api.http;
