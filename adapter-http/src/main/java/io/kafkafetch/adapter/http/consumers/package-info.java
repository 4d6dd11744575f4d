/** Managed consumers over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.consumers;

import org.jspecify.annotations.NullMarked;
