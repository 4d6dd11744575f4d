package io.kafkafetch.adapter.http.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** Takes the routes of all groups. */
public final class Router {
  /** What a body may have where a route says nothing else: 1 MiB. */
  public static final long DEFAULT_BODY_LIMIT = 1L << 20;

  private final RoutesConfig javalin;
  private final Dispatch dispatch;
  private final List<Route> routes = new ArrayList<>();

  Router(RoutesConfig javalin, Dispatch dispatch) {
    this.javalin = javalin;
    this.dispatch = dispatch;
  }

  /** Answers GET, and HEAD without the body. */
  public Router get(String path, RouteHandler handler) {
    add("HEAD", path, DEFAULT_BODY_LIMIT, handler);
    return add("GET", path, DEFAULT_BODY_LIMIT, handler);
  }

  /** Answers POST with a body of at most 1 MiB. */
  public Router post(String path, RouteHandler handler) {
    return add("POST", path, DEFAULT_BODY_LIMIT, handler);
  }

  /** Answers POST with a body of at most {@code bodyLimit} bytes. */
  public Router post(String path, long bodyLimit, RouteHandler handler) {
    return add("POST", path, bodyLimit, handler);
  }

  /** Answers PUT with a body of at most 1 MiB. */
  public Router put(String path, RouteHandler handler) {
    return add("PUT", path, DEFAULT_BODY_LIMIT, handler);
  }

  /** Answers PATCH with a body of at most 1 MiB. */
  public Router patch(String path, RouteHandler handler) {
    return add("PATCH", path, DEFAULT_BODY_LIMIT, handler);
  }

  /** Answers DELETE. */
  public Router delete(String path, RouteHandler handler) {
    return add("DELETE", path, DEFAULT_BODY_LIMIT, handler);
  }

  /** Every route so far; all of them, once the server has started. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private Router add(String method, String path, long bodyLimit, RouteHandler handler) {
    var route = new Route(method, path, bodyLimit);
    routes.add(route);
    javalin.addHttpHandler(
        HandlerType.findOrCreate(method), path, (Context ctx) -> dispatch.run(ctx, route, handler));
    return this;
  }
}
