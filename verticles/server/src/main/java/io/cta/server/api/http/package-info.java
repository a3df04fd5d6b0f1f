/**
 * What every operation of the REST API shares: the request with checked parameters and a body of
 * bearable size, the response, pages of lists, entity tags, and creates that happen once. Knows no
 * entity.
 */
package io.cta.server.api.http;
