/** Tests of what sessions promise, without Kafka. */
@NullMarked
package io.kafkafetch.application.sessions;

import org.jspecify.annotations.NullMarked;
