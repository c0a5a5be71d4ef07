package dev.carillon.functions.api.recipients;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.recipient.RecipientId;

/** Whom the path of a call names: {@code users/{id}} or {@code objects/{collection}/{id}}. */
public final class RecipientPath {
  private static final String COLLECTION = "collection";

  private RecipientPath() {}

  /**
   * The object where the route has a collection, else the user.
   *
   * @throws dev.carillon.edge.ApiException when an id breaks the rules, or the collection is none
   *     of objects
   */
  public static RecipientId of(HttpRequest request) {
    return request.pathParameters().containsKey(COLLECTION)
        ? new RecipientId(collection(request), request.pathId("id"))
        : RecipientId.user(request.pathId("id"));
  }

  /**
   * A collection of objects; that of the tenants is one.
   *
   * @throws dev.carillon.edge.ApiException when it is that of the users, or breaks the rules of ids
   */
  public static String collection(HttpRequest request) {
    String collection = request.pathId(COLLECTION);
    if (collection.equals(RecipientId.USERS)) {
      throw ErrorCode.INVALID_PARAMS.at(COLLECTION, "is that of users, who are no objects");
    }
    return collection;
  }
}
