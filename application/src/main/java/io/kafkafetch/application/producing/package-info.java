/** Writing records. */
@NullMarked
package io.kafkafetch.application.producing;

import org.jspecify.annotations.NullMarked;
