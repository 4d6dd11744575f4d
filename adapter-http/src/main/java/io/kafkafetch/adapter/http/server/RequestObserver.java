package io.kafkafetch.adapter.http.server;

/** Is told of every request, those that were refused at the gate included. Safe for any thread. */
public interface RequestObserver {
  /** Takes no notice. */
  RequestObserver NOBODY =
      new RequestObserver() {
        @Override
        public void begun() {}

        @Override
        public void ended(String method, String route, int status, long nanos) {}
      };

  /** A request has come. */
  void begun();

  /**
   * A request is over. The values of every text are few, whatever clients send.
   *
   * @param method a method that HTTP knows, or {@code other}
   * @param route the template of the address, such as {@code /consumers/{consumer_id}}; {@code
   *     none} where no route was found
   * @param nanos since it came
   */
  void ended(String method, String route, int status, long nanos);
}
