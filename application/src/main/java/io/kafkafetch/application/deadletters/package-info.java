/** The use cases around dead letters: look, give another chance, delete. */
@NullMarked
package io.kafkafetch.application.deadletters;

import org.jspecify.annotations.NullMarked;
