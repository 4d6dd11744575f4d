/** The managed consumer: what is wanted of it, in which state it is, and how it may change. */
@NullMarked
package io.kafkafetch.domain.consumer;

import org.jspecify.annotations.NullMarked;
