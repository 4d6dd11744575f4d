/** One class for each question. */
@NullMarked
package io.kafkafetch.benchmarks.question;

import org.jspecify.annotations.NullMarked;
