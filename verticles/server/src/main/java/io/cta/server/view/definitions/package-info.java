/** Views of definitions, of machines, and of what applying definitions changed. */
package io.cta.server.view.definitions;
