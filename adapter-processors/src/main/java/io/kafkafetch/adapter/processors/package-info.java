/** The processors that ship with the server. */
@NullMarked
package io.kafkafetch.adapter.processors;

import org.jspecify.annotations.NullMarked;
