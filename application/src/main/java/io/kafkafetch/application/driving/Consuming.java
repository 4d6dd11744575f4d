package io.kafkafetch.application.driving;

/** Reading as a member of a group that is kept warm between calls. */
public interface Consuming {
  /**
   * Reads records that nobody else in the group is reading. Waits for them as the request says, and
   * some 20 s for the group before that.
   *
   * <p>With a token, an answer is committed only when the next call carries its {@link
   * Loan#nextToken}; the same token again reads the same records again.
   *
   * @throws Refusal.NotFound when there is no such topic
   * @throws Refusal.Conflict when the token is an older one, or its partitions were lost
   * @throws Refusal.Forbidden when the cluster does not let us read
   * @throws Refusal.TooMany when as many groups are being read as there is room for
   * @throws Refusal.Unavailable when Kafka cannot be reached or does not assign partitions
   */
  Loan read(GroupRead request);
}
