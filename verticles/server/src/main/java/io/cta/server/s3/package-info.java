/**
 * Speaks to a bucket of an S3 store over the HTTP client of Vert.x: requests and what they answer.
 * Knows nothing of what the objects are for.
 */
package io.cta.server.s3;
