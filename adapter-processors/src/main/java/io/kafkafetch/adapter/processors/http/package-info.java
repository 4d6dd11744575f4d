/** {@code streaming_forwarder}: records become HTTP requests. */
@NullMarked
package io.kafkafetch.adapter.processors.http;

import org.jspecify.annotations.NullMarked;
