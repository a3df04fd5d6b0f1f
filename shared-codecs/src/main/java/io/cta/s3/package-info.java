/**
 * The protocol of S3 without a client: addresses, signatures, and what answers say. Pure, for
 * programs that send by a client of their own. Source: "Amazon Simple Storage Service API
 * Reference", 2006-03-01.
 */
package io.cta.s3;
