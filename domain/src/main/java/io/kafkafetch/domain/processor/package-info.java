/**
 * What a processor is: it takes batches of records of one partition and says what became of them.
 *
 * <p>This package is all that somebody needs who writes a processor of their own.
 */
@NullMarked
package io.kafkafetch.domain.processor;

import org.jspecify.annotations.NullMarked;
