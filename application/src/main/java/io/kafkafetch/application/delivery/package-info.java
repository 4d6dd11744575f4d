/** The delivery engine: batches through processors, with retries, dead letters and progress. */
@NullMarked
package io.kafkafetch.application.delivery;

import org.jspecify.annotations.NullMarked;
