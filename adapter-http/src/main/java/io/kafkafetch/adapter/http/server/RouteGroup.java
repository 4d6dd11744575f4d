package io.kafkafetch.adapter.http.server;

/** Routes that belong together. Adding a group to the API needs no change to the server. */
public interface RouteGroup {
  /** Adds its routes. */
  void register(Router router);

  /**
   * The name of its part of the API's description: the resource {@code openapi/<name>.json} beside
   * {@code docs}, with the {@code paths} and {@code components} of these routes.
   */
  String description();
}
