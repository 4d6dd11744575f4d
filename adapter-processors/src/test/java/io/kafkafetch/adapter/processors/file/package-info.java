/** Tests of {@code file_sink} on real file systems. */
@NullMarked
package io.kafkafetch.adapter.processors.file;

import org.jspecify.annotations.NullMarked;
