/**
 * Reads definitions in YAML or JSON from files, with the place of each document, and turns them
 * into plain JSON. Sends nothing.
 */
package io.cta.cli.yaml;
