/**
 * Agrees which machine takes which task of a group's topic: claims are records, and the first in
 * the log wins.
 */
package io.cta.broker.kafka.group;
