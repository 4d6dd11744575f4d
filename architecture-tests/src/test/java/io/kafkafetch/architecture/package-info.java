/** The rules of the house, and what shows that each of them would be noticed when broken. */
@NullMarked
package io.kafkafetch.architecture;

import org.jspecify.annotations.NullMarked;
