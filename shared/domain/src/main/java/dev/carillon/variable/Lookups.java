package dev.carillon.variable;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Where the loaders {@code user}, {@code object}, {@code tenant} and {@code subscriptions} of
 * templates find what they load, as it is when a message is rendered. Reads only, so that asking
 * twice is safe; all of one environment. Templates ask a bounded number of times for each message.
 * What an implementation throws passes through the rendering as it is.
 */
public interface Lookups {

  /** Empty when there is no such user. */
  Optional<Json.Obj> user(String id);

  /** Empty when the collection holds no such object. */
  Optional<Json.Obj> object(String collection, String id);

  /** Empty when there is no such tenant. */
  Optional<Json.Obj> tenant(String id);

  /**
   * The subscriptions of a recipient.
   *
   * @param recipient a user's id as text, or what a template holds of a user or object
   */
  List<Json> subscriptions(Json recipient);

  /** Finds nothing. */
  static Lookups none() {
    return new Lookups() {
      @Override
      public Optional<Json.Obj> user(String id) {
        return Optional.empty();
      }

      @Override
      public Optional<Json.Obj> object(String collection, String id) {
        return Optional.empty();
      }

      @Override
      public Optional<Json.Obj> tenant(String id) {
        return Optional.empty();
      }

      @Override
      public List<Json> subscriptions(Json recipient) {
        return List.of();
      }
    };
  }
}
