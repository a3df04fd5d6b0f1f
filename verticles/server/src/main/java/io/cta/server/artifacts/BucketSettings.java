package io.cta.server.artifacts;

import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import io.cta.time.TimeSource;

/**
 * The bucket that has the contents.
 *
 * @param address of the bucket, and the prefix of all keys
 * @param region of the bucket
 * @param time for signatures and for what takes too long
 */
public record BucketSettings(
    S3Address address,
    S3Endpoint endpoint,
    String region,
    S3Credentials credentials,
    TimeSource time) {}
