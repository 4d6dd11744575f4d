/**
 * Workflow events: what a workflow engine tells the world, as typed values that are always valid.
 */
@NullMarked
package io.kafkafetch.domain.event;

import org.jspecify.annotations.NullMarked;
