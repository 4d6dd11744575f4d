/** What the product is about: consumers, records, outcomes, lag. Knows no clock, thread or driver. */
@NullMarked
package io.kafkafetch.domain;

import org.jspecify.annotations.NullMarked;
