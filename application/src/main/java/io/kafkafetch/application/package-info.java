/** Use cases, ports and the delivery engine. */
@NullMarked
package io.kafkafetch.application;

import org.jspecify.annotations.NullMarked;
