package io.kafkafetch.domain.processor;

/**
 * Something outside that a processor writes to, so that two consumers do not spoil it for each
 * other.
 *
 * @param resource names it the same way for every processor, such as {@code file:/var/log/a.log}
 * @param exclusive whether nobody else may claim it, not even shared
 */
public record ResourceClaim(String resource, boolean exclusive) {
  /** Whether both may hold their claims at once. */
  public boolean agreesWith(ResourceClaim other) {
    return !resource.equals(other.resource) || !(exclusive || other.exclusive);
  }
}
