/**
 * Makes the class archives beside the shipped jars, with which Java starts faster: it runs the
 * programs once, as people do, and has Java keep the classes that they loaded. Plain JDK, blocking,
 * in a process of its own. Not responsible for using the archives: {@code ./cta} and the units do.
 */
package io.cta.server.archive;
