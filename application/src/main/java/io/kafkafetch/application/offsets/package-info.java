/** The use cases around one consumer's offsets: where it is, and moving it. */
@NullMarked
package io.kafkafetch.application.offsets;

import org.jspecify.annotations.NullMarked;
