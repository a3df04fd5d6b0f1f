/**
 * The OpenAPI contract: loads it, finds the operation of a request, has the validators of its
 * input, and words errors as problem+json. Knows no operation by name.
 */
package io.cta.server.api.contract;
