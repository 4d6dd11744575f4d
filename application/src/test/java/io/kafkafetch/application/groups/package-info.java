@NullMarked
package io.kafkafetch.application.groups;

import org.jspecify.annotations.NullMarked;
