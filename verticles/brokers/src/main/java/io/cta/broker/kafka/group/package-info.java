/**
 * Agrees which machine takes which task of a group's topic: claims are records, and the first in
 * the log wins. Not responsible for how records are read and sent.
 */
package io.cta.broker.kafka.group;
