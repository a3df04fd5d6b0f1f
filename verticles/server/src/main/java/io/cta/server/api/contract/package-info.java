/**
 * The OpenAPI contract: loads it, finds the operation of a request, validates its input, and words
 * errors as problem+json. Knows no operation by name.
 */
package io.cta.server.api.contract;
