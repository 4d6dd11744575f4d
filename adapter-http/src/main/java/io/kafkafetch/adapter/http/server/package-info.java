/**
 * Everything that holds for each request, whatever it asks for: checks, limits, routing, answering.
 */
@NullMarked
package io.kafkafetch.adapter.http.server;

import org.jspecify.annotations.NullMarked;
