/** Offsets of consumer groups, and how far behind they are. */
@NullMarked
package io.kafkafetch.domain.lag;

import org.jspecify.annotations.NullMarked;
