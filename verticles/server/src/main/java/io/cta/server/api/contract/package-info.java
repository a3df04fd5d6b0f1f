/**
 * The OpenAPI contract: loads it, finds the operation of a request, validates what the operation
 * takes, and words what is wrong as problem+json. Knows no operation by name.
 */
package io.cta.server.api.contract;
