/** The REST API. */
@NullMarked
package io.kafkafetch.adapter.http;

import org.jspecify.annotations.NullMarked;
