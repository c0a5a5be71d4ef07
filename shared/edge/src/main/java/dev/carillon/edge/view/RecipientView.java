package dev.carillon.edge.view;

import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recipient as responses show it: a user's properties stand beside its id, an object's in one.
 */
public final class RecipientView {
  /** What clients expect on every user, known or not. */
  private static final List<String> ALWAYS =
      List.of("name", "email", "avatar", "phone_number", "timezone");

  private static final List<String> NAMING =
      List.of("__typename", "collection", "id", "created_at", "updated_at");

  private RecipientView() {}

  public static Json.Obj of(Recipient recipient) {
    var id = recipient.id();
    if (!id.isUser()) {
      return Json.object()
          .with("__typename", "Object")
          .with("collection", id.collection())
          .with("id", id.id())
          .with("created_at", Times.of(recipient.createdAt()))
          .with("properties", recipient.properties())
          .with("updated_at", Times.of(recipient.updatedAt()));
    }
    var user = Json.object().with("__typename", "User").with("id", id.id());
    for (var property : ALWAYS) {
      user = user.with(property, Json.NULL);
    }
    return user.merged(recipient.properties())
        .with("created_at", Times.of(recipient.createdAt()))
        .with("updated_at", Times.of(recipient.updatedAt()));
  }

  /** What of a recipient is for everybody who sees what it did: how it is called and looks. */
  private static final List<String> PROFILE = List.of("name", "avatar");

  /** As {@link #of(RecipientId, Optional, Instant)}, without addresses and other properties. */
  public static Json.Obj profile(
      RecipientId id, Optional<Recipient> known, Instant otherwiseUpdatedAt) {
    return of(id, known.map(RecipientView::withoutProperties), otherwiseUpdatedAt);
  }

  /** What of a view names somebody, and no properties. */
  public static Json.Obj brief(Json.Obj view) {
    var brief = Json.object();
    for (String name : NAMING) {
      var value = view.get(name);
      if (value.isPresent()) {
        brief = brief.with(name, value.get());
      }
    }
    return brief;
  }

  private static Recipient withoutProperties(Recipient recipient) {
    return new Recipient(
        recipient.id(),
        profile(recipient.properties()),
        Optional.empty(),
        recipient.updatedAt(),
        Map.of(),
        Map.of());
  }

  /** Those of the properties that are no addresses and nobody's secret: name and picture. */
  static Json.Obj profile(Json.Obj properties) {
    var profile = Json.object();
    for (String name : PROFILE) {
      var value = properties.get(name);
      if (value.isPresent()) {
        profile = profile.with(name, value.get());
      }
    }
    return profile;
  }

  /** The recipient, or, when nothing is known of it, its id in the same shape. */
  public static Json.Obj of(RecipientId id, Optional<Recipient> known, Instant otherwiseUpdatedAt) {
    return of(
        known.orElseGet(
            () ->
                new Recipient(
                    id, Json.Obj.EMPTY, Optional.empty(), otherwiseUpdatedAt, Map.of(), Map.of())));
  }
}
