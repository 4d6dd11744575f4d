/**
 * {@code file_sink}: writes records to files as lines.
 *
 * <p>{@link FileSinkFactory} is the door. A {@link SharedFile} is the at-least-once writer of a
 * file.
 */
@NullMarked
package io.kafkafetch.adapter.processors.file;

import org.jspecify.annotations.NullMarked;
