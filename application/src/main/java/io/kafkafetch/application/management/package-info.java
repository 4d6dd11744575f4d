/** The use cases around managed consumers. */
@NullMarked
package io.kafkafetch.application.management;

import org.jspecify.annotations.NullMarked;
