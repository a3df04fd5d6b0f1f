/** Speaks to stores of S3 over Java's own client of HTTP. */
package io.cta.agent.s3;
